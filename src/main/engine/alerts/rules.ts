/** The rules, what they watch, and what the founder changed about them. */
import { ALERT_RULES, type AlertRuleId } from '../../../shared/contract/alerts.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

export interface AlertRule {
  readonly rule: AlertRuleId;
  readonly title: string;
  readonly description: string;
  readonly enabled: boolean;
  /** Whether a new alert of the rule is shown as a native notification too. */
  readonly notify: boolean;
  /** Whether its alerts stand in the digests of the day and the week. */
  readonly digest: boolean;
  readonly threshold: number | null;
  readonly thresholdUnit: 'fraction' | 'minutes' | null;
}

interface RuleText {
  readonly title: string;
  readonly description: string;
  readonly threshold: { readonly unit: 'fraction' | 'minutes'; readonly preset: number; readonly max: number } | null;
}

const RULES: Readonly<Record<AlertRuleId, RuleText>> = {
  customer_churned: {
    title: 'A customer has left',
    description: 'A customer whose share of MRR was at least the threshold pays nothing any more.',
    threshold: { unit: 'fraction', preset: 0, max: 1 },
  },
  customer_cancelling: {
    title: 'A customer is leaving',
    description:
      'A cancellation is scheduled, so there is time until the period ends. The threshold is the least share of MRR.',
    threshold: { unit: 'fraction', preset: 0, max: 1 },
  },
  payment_failed: {
    title: 'A payment failed',
    description: 'An invoice could not be collected from a customer whose share of MRR is at least the threshold.',
    threshold: { unit: 'fraction', preset: 0.01, max: 1 },
  },
  growth_under_target: {
    title: 'Growth is under target',
    description:
      'MRR growth over the last 30 days misses the growth target by more than the threshold, a share of the target. Raised again only after the target was reached in between.',
    threshold: { unit: 'fraction', preset: 0.1, max: 1 },
  },
  sync_failing: {
    title: 'A source is failing',
    description: 'The last two syncs of a source failed, or its key was refused.',
    threshold: null,
  },
  sync_stale: {
    title: 'A source is out of date',
    description: 'The last complete sync of a source is older than the threshold.',
    threshold: { unit: 'minutes', preset: 1_440, max: 525_600 },
  },
  backup_failing: {
    title: 'The backup fails',
    description: 'The last backup could not be written: a full disk, or a folder that is not there.',
    threshold: null,
  },
};

/** Every rule with its settings: the defaults, overlaid with what was changed. */
export function listRules(db: ReadDb): AlertRule[] {
  const changed = new Map(db.all(db.build.selectFrom('alert_rule').selectAll()).map((row) => [row.rule, row]));
  return ALERT_RULES.map((rule) => {
    const { title, description, threshold } = RULES[rule];
    const row = changed.get(rule);
    return {
      rule,
      title,
      description,
      enabled: row === undefined || row.enabled === 1,
      notify: row === undefined || row.notify === 1,
      digest: row === undefined || row.digest === 1,
      threshold: threshold === null ? null : (row?.threshold ?? threshold.preset),
      thresholdUnit: threshold?.unit ?? null,
    };
  });
}

export function ruleOf(rules: readonly AlertRule[], rule: AlertRuleId): AlertRule {
  const found = rules.find((candidate) => candidate.rule === rule);
  if (!found) throw new AppError('not_found', `There is no alert rule “${rule}”`);
  return found;
}

export interface RuleChange {
  readonly rule: AlertRuleId;
  readonly enabled?: boolean | undefined;
  readonly notify?: boolean | undefined;
  readonly digest?: boolean | undefined;
  readonly threshold?: number | undefined;
}

/**
 * Changes a rule; what is left out stays. It takes effect at the next evaluation; alerts already raised stay.
 * @throws AppError `invalid_input` for a threshold of a rule that has none, or one outside its range.
 */
export function updateRule(db: WriteDb, change: RuleChange): AlertRule {
  const range = RULES[change.rule].threshold;
  if (change.threshold !== undefined) {
    if (range === null) throw new AppError('invalid_input', `“${RULES[change.rule].title}” has no threshold`);
    if (!(change.threshold >= 0 && change.threshold <= range.max))
      throw new AppError('invalid_input', `The threshold must lie between 0 and ${range.max} (${range.unit})`);
  }
  return db.transaction(() => {
    const before = ruleOf(listRules(db), change.rule);
    const next = {
      enabled: Number(change.enabled ?? before.enabled),
      notify: Number(change.notify ?? before.notify),
      digest: Number(change.digest ?? before.digest),
      threshold: change.threshold ?? before.threshold,
    };
    db.run(
      db.build
        .insertInto('alert_rule')
        .values({ rule: change.rule, ...next })
        .onConflict((conflict) => conflict.column('rule').doUpdateSet(next)),
    );
    return ruleOf(listRules(db), change.rule);
  });
}
