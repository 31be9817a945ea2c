/** One evaluation of all rules: what is new is raised, what is over is closed, what deserves it is notified. */
import type { AlertRuleId } from '../../../shared/contract/alerts.ts';
import type { QuietHours } from '../../../shared/contract/workspace.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, type TimeZone } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Clock, EnginePorts } from '../runtime/ports.ts';
import type { WriteDb } from '../store/index.ts';
import { backupReadings } from './backup-health.ts';
import { followBaselines, type Baselines } from './baseline.ts';
import { cancellingCandidates, leavingSubscriptions } from './cancelling.ts';
import type { Candidate, Look } from './candidate.ts';
import { churnedCandidates, returnedCustomers } from './churned.ts';
import { followConditions, type Reading } from './condition.ts';
import { deliverPending } from './deliver.ts';
import { growthReadings } from './growth.ts';
import { companyArrNow } from './ledger-view.ts';
import { failedInvoices, paymentFailedCandidates } from './payment-failed.ts';
import { listRules, ruleOf } from './rules.ts';
import { sentencesOf } from './sentences.ts';
import { syncReadings } from './sync-health.ts';
import { wakeSnoozed } from './wake.ts';

export interface EvaluationContext {
  readonly clock: Pick<Clock, 'now'>;
  readonly zone: TimeZone;
  /** The reporting currency of the ledger. */
  readonly currency: CurrencyCode;
  /** Target growth of MRR per month as a fraction; null: none. */
  readonly growthTarget: number | null;
  /** When this process began to work: a source is not called out of date before it had the time to sync. */
  readonly runningSince: Instant;
  /** Hours without notifications; null: none. */
  readonly quietHours: QuietHours | null;
  readonly notify: EnginePorts['notify'];
}

export interface Evaluation {
  readonly raised: number;
  /** Alerts closed because what they warned of is over. */
  readonly closed: number;
  readonly notified: number;
}

/**
 * Evaluates all rules; to be called after every recompute and every sync, and
 * safe to be called at any time: an event or a spell of a condition is raised
 * once. Database changes are one transaction; notifications go out after it.
 */
export function evaluateAlerts(db: WriteDb, context: EvaluationContext): Evaluation {
  const now = context.clock.now();
  const { raised, closed } = db.transaction(() => {
    wakeSnoozed(db, now);
    const baselines = followBaselines(db, now);
    const look: Look = {
      db,
      now,
      today: dayAt(now, context.zone),
      zone: context.zone,
      currency: context.currency,
      companyArr: companyArrNow(db),
      rules: listRules(db),
      newsSince: (sourceId) => baselines.newsSince(sourceId),
      earliestNews: baselines.earliest,
    };
    const events = evaluateEvents(look);
    const conditions = followConditions(db, readings(look, context), now);
    const candidates = [...events.candidates, ...conditions.begun];
    return {
      closed: close(db, [...events.over, ...conditions.ended], now),
      raised: raise(look, db, candidates, baselines),
    };
  });
  return {
    raised,
    closed,
    notified: deliverPending(db, {
      now,
      quiet: { hours: context.quietHours, zone: context.zone },
      notify: context.notify,
    }),
  };
}

function evaluateEvents(look: Look): { candidates: Candidate[]; over: Ended[] } {
  const leaving = leavingSubscriptions(look);
  const failed = failedInvoices(look);
  const known = keysByRule(look);
  const raised = (rule: AlertRuleId): ReadonlySet<string> => new Set(known(rule).map(({ key }) => key));
  const candidates = [
    ...onlyIf(look, 'customer_churned', () => churnedCandidates(look)),
    ...onlyIf(look, 'customer_cancelling', () => cancellingCandidates(look, leaving, raised('customer_cancelling'))),
    ...onlyIf(look, 'payment_failed', () => paymentFailedCandidates(look, failed, raised('payment_failed'))),
  ];
  const stillLeaving = new Set(leaving.map(({ key }) => key));
  const stillFailed = new Set(failed.map(({ key }) => key));
  const over = [
    ...endedKeys('customer_cancelling', known('customer_cancelling'), (key) => !stillLeaving.has(key)),
    ...endedKeys('payment_failed', known('payment_failed'), (key) => !stillFailed.has(key)),
    ...returnedCustomers(
      look,
      known('customer_churned').filter(({ open }) => open),
    ).map((key) => ({
      rule: 'customer_churned' as const,
      key,
    })),
  ];
  return { candidates, over };
}

function readings(look: Look, context: EvaluationContext): Reading[] {
  const all = [
    ...growthReadings(look, context.growthTarget),
    ...syncReadings(look, context.runningSince),
    ...backupReadings(look),
  ];
  return all.filter(({ rule }) => ruleOf(look.rules, rule).enabled);
}

function onlyIf(look: Look, rule: AlertRuleId, find: () => Candidate[]): Candidate[] {
  return ruleOf(look.rules, rule).enabled ? find() : [];
}

interface Known {
  readonly key: string;
  readonly customerId: number | null;
  readonly open: boolean;
}

function keysByRule(look: Look): (rule: AlertRuleId) => Known[] {
  const statement = look.db.prepare<[string], { dedupe_key: string; customer_id: number | null; state: string }>(
    'SELECT dedupe_key, customer_id, state FROM alert WHERE rule = ?',
  );
  const remembered = new Map<AlertRuleId, Known[]>();
  return (rule) => {
    let known = remembered.get(rule);
    if (!known) {
      known = statement
        .all(rule)
        .map((row) => ({ key: row.dedupe_key, customerId: row.customer_id, open: row.state !== 'done' }));
      remembered.set(rule, known);
    }
    return known;
  };
}

interface Ended {
  readonly rule: AlertRuleId;
  readonly key: string;
}

function endedKeys(rule: AlertRuleId, known: readonly Known[], isOver: (key: string) => boolean): Ended[] {
  return known.filter(({ open, key }) => open && isOver(key)).map(({ key }) => ({ rule, key }));
}

/** Whoever settled an alert before it was over keeps the word: only open and snoozed ones are closed. */
function close(db: WriteDb, ended: readonly Ended[], now: Instant): number {
  const statement = db.prepareWrite<[number, string, string]>(
    `UPDATE alert SET state = 'done', closed_at = ?, closed_by = 'engine', snoozed_until_at = NULL,
       delivery = CASE delivery WHEN 'pending' THEN 'none' ELSE delivery END
     WHERE rule = ? AND dedupe_key = ? AND state <> 'done'`,
  );
  return ended.reduce((closed, { rule, key }) => closed + statement.run(now, rule, key).changes, 0);
}

function raise(look: Look, db: WriteDb, candidates: readonly Candidate[], baselines: Baselines): number {
  let raised = 0;
  const customer = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  for (const candidate of candidates) {
    const { facts, customerId } = candidate;
    const name = customerId === null ? '' : (customer.first(customerId)?.name ?? '');
    const told = sentencesOf(facts, name, look.today);
    const silent =
      !ruleOf(look.rules, candidate.rule).notify ||
      (candidate.sourceId !== null && baselines.isFirstLook(candidate.sourceId));
    raised += db.run(
      db.build
        .insertInto('alert')
        .values({
          rule: candidate.rule,
          dedupe_key: candidate.key,
          severity: candidate.severity,
          title: told.title,
          body: told.body,
          facts: JSON.stringify(facts),
          customer_id: customerId,
          amount_minor: candidate.amountMinor,
          currency: candidate.amountMinor === null ? null : look.currency,
          raised_at: look.now,
          happened_on: candidate.on,
          state: 'open',
          target: candidate.target,
          next_action: told.nextAction,
          delivery: silent ? 'none' : 'pending',
        })
        .onConflict((conflict) => conflict.columns(['rule', 'dedupe_key']).doNothing()),
    ).changes;
  }
  return raised;
}
