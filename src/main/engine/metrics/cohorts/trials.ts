/** `retention.trials` (R23): of the trials that started in a period, how many became paying. */
import type { CohortUnit, TrialCohorts } from '../../../../shared/contract/retention.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import { addDays, dayNumber, dayOfNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { askedView } from '../query/asked-view.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import { cohortPeriods } from './periods.ts';

export interface TrialsInput {
  readonly unit: CohortUnit;
  readonly asOf?: PlainDay | undefined;
  readonly last?: number | undefined;
  /** A part of the company: trials of its customers, and of prices those whose main price is one of them. */
  readonly slice?: Slice | undefined;
}

/** A payment may be retried for so many days after a trial has ended, and still be its conversion. */
export const GRACE_DAYS = 7;

interface TrialRow {
  readonly started_on: PlainDay;
  /** Null where no end is known; may lie ahead. */
  readonly ended_on: PlainDay | null;
  readonly converted_on: PlainDay | null;
}

interface Tally {
  started: number;
  converted: number;
  lost: number;
  /** Still running, or over for less than the days of grace without a payment. */
  open: number;
  /** The last day of grace of those, as far as their ends are known. */
  openUntil: PlainDay | null;
  endless: boolean;
}

/**
 * One row for each period in which a trial started. A trial counts as converted where it pays by the end of its grace,
 * and as lost where it does not; a row's rate stands once none of its trials is open.
 */
export function trialCohorts(
  db: ReadDb,
  { unit, asOf, last, slice }: TrialsInput,
  context: MetricsContext,
): TrialCohorts {
  const day = asOf ?? context.today;
  const { sliced } = askedView(db, { slice }, day, context);
  const trials = sliced ? trialsIn(sliced, day) : trialsUntil(db, day);
  const first = trials[0]?.started_on;
  const all = first === undefined ? [] : cohortPeriods(first, day, unit, context.fiscalYearStartMonth);
  const tallies = all.map((): Tally => ({
    started: 0,
    converted: 0,
    lost: 0,
    open: 0,
    openUntil: null,
    endless: false,
  }));
  for (const trial of trials) {
    const tally = tallies[all.findIndex(({ endNumber }) => dayNumber(trial.started_on) <= endNumber)];
    if (!tally) continue;
    tally.started += 1;
    const outcome = outcomeOf(trial, day);
    tally[outcome] += 1;
    if (outcome === 'open') keepOpen(tally, trial);
  }
  const rows = all.flatMap(({ label }, index) => {
    const tally = tallies[index];
    return tally && tally.started > 0 ? [rowOf(label, tally)] : [];
  });
  return { unit, asOf: day, graceDays: GRACE_DAYS, rows: last === undefined ? rows : rows.slice(-last) };
}

function trialsUntil(db: ReadDb, day: PlainDay): TrialRow[] {
  return db
    .prepare<[string], TrialRow>(
      `SELECT started_on, ended_on, converted_on FROM trial WHERE started_on <= ? ORDER BY started_on`,
    )
    .all(day);
}

/** The same of a slice. */
function trialsIn({ ledger, selection }: SlicedView, day: PlainDay): TrialRow[] {
  const { length, customers, items, currencies, started, ended, converted } = ledger.states().trials;
  const chosen = selection.items();
  const last = dayNumber(day);
  const known = (number: number | undefined) => (number === undefined || number < 0 ? null : dayOfNumber(number));
  return Array.from({ length }, (_, index) => index)
    .filter(
      (index) =>
        (started[index] ?? last + 1) <= last &&
        (!chosen || chosen[items[index] ?? -1] === 1) &&
        (!selection.currencies || selection.currencies.has(currencies[index] ?? 0)) &&
        (!selection.customer || selection.customer(customers[index] ?? 0)),
    )
    .sort((a, b) => (started[a] ?? 0) - (started[b] ?? 0))
    .map((index) => ({
      started_on: dayOfNumber(started[index] ?? 0),
      ended_on: known(ended[index]),
      converted_on: known(converted[index]),
    }));
}

function outcomeOf(
  { ended_on: ended, converted_on: converted }: TrialRow,
  day: PlainDay,
): 'converted' | 'lost' | 'open' {
  if (ended === null || ended > day) return 'open';
  const until = addDays(ended, GRACE_DAYS);
  if (converted !== null && converted <= day && converted <= until) return 'converted';
  return day <= until ? 'open' : 'lost';
}

function keepOpen(tally: Tally, { ended_on: ended }: TrialRow): void {
  if (ended === null) {
    tally.endless = true;
    return;
  }
  const until = addDays(ended, GRACE_DAYS);
  if (tally.openUntil === null || until > tally.openUntil) tally.openUntil = until;
}

function rowOf(cohort: string, tally: Tally): TrialCohorts['rows'][number] {
  const { started, converted, lost, open, openUntil, endless } = tally;
  const reason = open === 0 ? null : `${open} of ${started} trials are running, or ended within ${GRACE_DAYS} days`;
  return {
    cohort,
    started,
    converted,
    lost,
    open,
    openUntil: endless ? null : openUntil,
    rate: { value: reason === null ? converted / started : null, reason },
  };
}
