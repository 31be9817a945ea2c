/** `retention.survival`: how long customers stay, and what they are worth by it, beside R21. */
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { CohortSplit, SurvivalReport } from '../../../../shared/contract/retention.ts';
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import { followedView } from '../slices/followed-view.ts';
import { snapshot } from '../query/snapshot.ts';
import { groupsBy, type GroupOf } from './groups.ts';
import { ageAtShare, kaplanMeier, restrictedMean, type ObservedLife, type Survival } from './kaplan-meier.ts';
import { eachLife, eachSpells } from './lives.ts';
import { cohortPeriods } from './periods.ts';
import { lengthText } from '../../wording/index.ts';

export interface SurvivalInput {
  readonly asOf?: PlainDay | undefined;
  readonly policy?: PolicyInput | undefined;
  readonly slice?: Slice | undefined;
  readonly by?: CohortSplit | undefined;
  readonly group?: string | undefined;
}

/** Days of the average month, as in R2's factors: 365 ÷ 12. */
const MONTH_DAYS = 365 / 12;

/**
 * A life begins with the first positive MRR and ends on the first day without any, also where the customer comes
 * back (those are counted as `returned`). Whoever still pays at the end of `asOf` is censored there.
 */
export function survival(db: ReadDb, input: SurvivalInput, context: MetricsContext): SurvivalReport {
  const asOf = input.asOf ?? context.today;
  const groupOf = input.by !== undefined && input.group !== undefined ? groupsBy(db, input.by) : null;
  const { view, policy } = followedView(db, input, context);
  const { lives, returned } = livesUntil(view, asOf, groupOf, input.group);
  const estimate = kaplanMeier(lives);
  const company = snapshot(db, { asOf, policy: input.policy, slice: input.slice }, context);
  const arpa =
    groupOf === null
      ? figure(company.arpa, company.reasons['arpa'] ?? NO_LIVES)
      : arpaOf(view, asOf, groupOf, input.group, context);
  const lifetime = lifetimeOf(estimate);
  const worth = arpa.value === null || lifetime.value === null ? null : Math.round(arpa.value * lifetime.value);
  return {
    asOf,
    policy: policy.name,
    currency: context.currency,
    lives: estimate.lives,
    ended: estimate.ended,
    returned,
    longest: estimate.longest,
    steps: estimate.steps.map((step) => ({ ...step })),
    median: medianOf(estimate),
    lifetime,
    arpa,
    ltv: {
      bySurvival: figure(worth, lifetime.reason ?? arpa.reason ?? NO_LIVES),
      byChurn: figure(company.ltvBeforeMargin, company.reasons['ltvBeforeMargin'] ?? NO_LIVES),
    },
  };
}

const NO_LIVES = 'No customer has paid yet';

function livesUntil(
  view: LedgerView,
  asOf: PlainDay,
  groupOf: GroupOf | null,
  group: string | undefined,
): { lives: ObservedLife[]; returned: number } {
  const last = dayNumber(asOf);
  const lives: ObservedLife[] = [];
  let returned = 0;
  eachSpells(view, last, ({ customerId, firstCurrency, turns }) => {
    if (groupOf && groupOf(customerId, firstCurrency) !== group) return;
    const [began = last, left] = turns;
    // Somebody who began today has been seen for one day.
    lives.push({ days: (left ?? last + 1) - began, ended: left !== undefined });
    if (turns.length > 2) returned += 1;
  });
  return { lives, returned };
}

/** Average MRR of a group's paying customers at the end of a day, minor units. */
function arpaOf(
  view: LedgerView,
  asOf: PlainDay,
  groupOf: GroupOf,
  group: string | undefined,
  { currency }: MetricsContext,
): { value: number | null; reason: string | null } {
  let annual = 0;
  let paying = 0;
  eachLife(view, cohortPeriods(asOf, asOf, 'month'), currency, ({ customerId, firstCurrency, values, pays }) => {
    if (pays[0] === 0 || groupOf(customerId, firstCurrency) !== group) return;
    annual += values[0] ?? 0;
    paying += 1;
  });
  if (paying === 0) return figure(null, 'Nobody of the group pays on this day');
  if (Number.isNaN(annual)) return figure(null, 'An exchange rate of this day is missing');
  return figure(Math.round(annual / 12 / paying), '');
}

function medianOf(estimate: Survival): SurvivalReport['median'] {
  const { days, low, high } = ageAtShare(estimate, 0.5);
  const reason =
    estimate.lives === 0
      ? NO_LIVES
      : `More than half still pay at the longest life seen, ${lengthText(months(estimate.longest), 'month')}`;
  return { ...figure(monthsOrNull(days), reason), low: monthsOrNull(low), high: monthsOrNull(high) };
}

function lifetimeOf(estimate: Survival): SurvivalReport['lifetime'] {
  const mean = restrictedMean(estimate);
  if (!mean) return { ...figure(null, NO_LIVES), low: null, high: null, restricted: false };
  return {
    ...figure(months(mean.days), ''),
    low: months(mean.low),
    high: months(mean.high),
    restricted: mean.restricted,
  };
}

function figure(value: number | null, reason: string): { value: number | null; reason: string | null } {
  return { value, reason: value === null ? reason : null };
}

function months(days: number): number {
  return days / MONTH_DAYS;
}

function monthsOrNull(days: number | null): number | null {
  return days === null ? null : months(days);
}
