/** The data of the monthly board pack, for the page that is shown and printed. */
import type { SeriesMetric } from '../../../shared/contract/metrics.ts';
import type { BoardPack } from '../../../shared/contract/reports.ts';
import { addToMonth, firstDayOf, lastDayOf, monthOf, type PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { bridge, freshness, series, snapshot, type MetricsContext } from '../metrics/index.ts';
import { DEFINITIONS } from '../metrics/registry/index.ts';
import type { ReadDb } from '../store/index.ts';
import { caveatSentences, sourceLines } from './caveats.ts';
import { churnedCustomers, concentration, customersAtRisk, largestCustomers, totalLevel } from './customer-lists.ts';
import { readMonthLevels } from './month-levels.ts';
import { retentionCohorts } from './retention.ts';
import { summarySentences } from './summary.ts';
import { economicsDefined } from './unit-economics.ts';

const SERIES: readonly SeriesMetric[] = [
  'mrr',
  'customers',
  'arpa',
  'nrr',
  'grr',
  'logoChurn',
  'newMrr',
  'expansionMrr',
  'contractionMrr',
  'churnMrr',
  'reactivationMrr',
  'cashCollected',
];
const SERIES_MONTHS = 36;
const COHORTS = 18;
const LINES = 10;

/** What the pack shows and therefore defines, in the order in which it is met. */
const DEFINED = [
  'arr',
  'mrr',
  'cmrr',
  'pastDueMrr',
  'movements',
  'fx',
  'nrr',
  'grr',
  'grossChurn',
  'netChurn',
  'logoChurn',
  'customers',
  'arpa',
  'quickRatio',
  'concentration',
  'netRevenue',
  'cashCollected',
  'refunds',
] as const;

/**
 * The pack of a month as the ledger says it now: the month's end, or today in
 * the running month. Customers at risk are always those of today.
 * @throws AppError `invalid_input` for a month that has not begun, `not_found` where the ledger begins later.
 */
export function knownPack(
  db: ReadDb,
  { month, companyName }: { readonly month: PlainMonth; readonly companyName: string },
  context: MetricsContext,
): BoardPack {
  assertHasData(db, month, context);
  const current = snapshot(db, { month }, context);
  const { asOf } = current;
  const final = lastDayOf(month) < context.today;
  const previous = snapshot(db, { month: addToMonth(month, -1) }, context);
  const months = readMonthLevels(db, asOf, COHORTS, context.currency);
  const total = totalLevel(months);
  const atRisk = customersAtRisk(db, context, total, LINES);
  const facts = {
    current,
    previous,
    yearBefore: yearBefore(db, month, context),
    concentration: concentration(months),
    largest: largestCustomers(db, months, LINES),
  };
  const opening = (current.movements.opening ?? 0) * 12;
  return {
    ...facts,
    shows: 'known',
    close: null,
    restated: null,
    month,
    asOf,
    final,
    computedAt: context.now,
    companyName,
    currency: context.currency,
    policy: context.policy.name,
    timeZone: context.zone,
    sources: sourceLines(db),
    summary: summarySentences({ ...facts, atRisk, growthTarget: context.growthTarget }),
    bridge: bridge(db, { from: firstDayOf(month), to: asOf }, context),
    series: series(
      db,
      { metrics: SERIES, from: firstDayOf(addToMonth(month, 1 - SERIES_MONTHS)), to: asOf, grain: 'month' },
      context,
    ),
    retention: retentionCohorts(db, asOf, COHORTS, context),
    churned: churnedCustomers(db, context, { from: firstDayOf(month), to: asOf, opening, months }, LINES),
    atRisk: atRisk.lines,
    definitions: [...DEFINED, ...economicsDefined(current, previous)].flatMap(
      (id) => DEFINITIONS.find((definition) => definition.id === id) ?? [],
    ),
    caveats: caveatSentences(db, {
      asOf,
      today: context.today,
      final,
      current,
      listsRisk: atRisk.lines.length > 0,
    }),
  };
}

function assertHasData(db: ReadDb, month: PlainMonth, context: MetricsContext): void {
  if (month > monthOf(context.today)) throw new AppError('invalid_input', `${month} has not begun yet`);
  const { firstDay } = freshness(db, context);
  if (firstDay === null || month < monthOf(firstDay))
    throw new AppError(
      'not_found',
      firstDay === null
        ? 'There are no revenue figures yet: connect a source and sync it'
        : `The ledger begins on ${firstDay}; there is no pack for ${month}`,
    );
}

function yearBefore(db: ReadDb, month: PlainMonth, context: MetricsContext): BoardPack['yearBefore'] {
  const { firstDay } = freshness(db, context);
  const same = addToMonth(month, -12);
  return firstDay !== null && monthOf(firstDay) <= same ? snapshot(db, { month: same }, context) : null;
}
