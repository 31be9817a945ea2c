/** Figures that a slice has not: most costs are not recorded by what it is made of. */
import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { Selection } from '../slices/selection.ts';
import type { SlicedView } from '../slices/sliced-view.ts';

export const COMPANY_ONLY = 'Known for the whole company only: costs are not recorded by what the slice is made of';
const NOT_BY_CHANNEL =
  'Sales and marketing is recorded by channel: it is known of a slice by acquisition channel alone';

/** No slice has them. */
const COMPANY = [
  'costOfRevenue',
  'grossMargin',
  'operatingMargin',
  'ruleOf40',
  'magicNumber',
  'netBurn',
  'burnMultiple',
] as const satisfies readonly (keyof MetricSnapshot)[];

/** Slices by acquisition channel have them. */
const OF_CHANNELS = [
  'salesAndMarketing',
  'cac',
  'cacPaybackMonths',
  'cacPaybackMonthsBeforeMargin',
  'ltvToCac',
] as const satisfies readonly (keyof MetricSnapshot)[];

type Name = (typeof COMPANY)[number] | (typeof OF_CHANNELS)[number];

/** Why a slice has no value of a metric; null: it has one. */
export function whyNotOf(metric: string, { channels }: Selection): string | null {
  if (isOne(COMPANY, metric)) return COMPANY_ONLY;
  return channels === null && isOne(OF_CHANNELS, metric) ? NOT_BY_CHANNEL : null;
}

function isOne(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

/** A slice's snapshot: what it has not is null, with the reason. */
export function withoutCompanyFigures(snapshot: MetricSnapshot, selection: Selection): MetricSnapshot {
  const reasons = { ...snapshot.reasons };
  const nothing: Partial<Record<Name, null>> = {};
  for (const name of [...COMPANY, ...OF_CHANNELS]) {
    const reason = whyNotOf(name, selection);
    if (reason === null) continue;
    reasons[name] = reason;
    nothing[name] = null;
  }
  return { ...snapshot, ...nothing, cacByChannel: [], reasons };
}

/** R23 of a slice: a trial belongs to the price that is worth most of it. */
export function trialsEndedIn(
  { ledger, selection }: SlicedView,
  from: PlainDay,
  to: PlainDay,
): { ended: number; converted: number } {
  const { length, customers, items, currencies, ended, converted } = ledger.states().trials;
  const chosen = selection.items();
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const sums = { ended: 0, converted: 0 };
  for (let index = 0; index < length; index++) {
    const end = ended[index] ?? -1;
    if (end < first || end > last) continue;
    if (chosen && chosen[items[index] ?? -1] !== 1) continue;
    if (selection.currencies && !selection.currencies.has(currencies[index] ?? 0)) continue;
    if (selection.customer && !selection.customer(customers[index] ?? 0)) continue;
    sums.ended += 1;
    const paid = converted[index] ?? -1;
    if (paid >= 0 && paid <= last) sums.converted += 1;
  }
  return sums;
}
