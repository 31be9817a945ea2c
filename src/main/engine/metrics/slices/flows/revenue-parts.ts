/** `revenue.byPart`: a period's revenue and cash by all the values of a dimension. */
import type { RevenueByPart, RevenuePart } from '../../../../../shared/contract/revenue.ts';
import type { Dimension } from '../../../../../shared/contract/slice.ts';
import type { PlainDay } from '../../../../../shared/kernel/day.ts';
import { minor } from '../../../../../shared/kernel/money.ts';
import type { ReadDb } from '../../../store/handles.ts';
import type { MetricsContext } from '../../context.ts';
import { askedView } from '../../query/asked-view.ts';
import { knowsFees } from '../../query/revenue-figures.ts';
import { storedSegments } from '../segment-store.ts';
import { NAMES, noAmounts, type Amounts } from './part-amounts.ts';
import { valueParts, type Ask, type Part } from './value-parts.ts';

export interface RevenueByPartInput {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly by: Dimension;
  readonly slice?: Parameters<typeof askedView>[1]['slice'];
  readonly search?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/**
 * All values of a dimension by what was invoiced for them, one page of them, and one row for the rest. Of everything but
 * segments, which overlap, the rows add up to the total to the minor unit: the sum of each day and currency is converted
 * as one and shared out by the largest remainder.
 * @throws AppError `invalid_input` for a value of the slice that nothing has.
 */
export function revenueByPart(db: ReadDb, input: RevenueByPartInput, context: MetricsContext): RevenueByPart {
  const { from, to, by } = input;
  const { sliced } = askedView(db, { slice: input.slice }, from, context);
  const missing = new Set<string>();
  const ask = { db, from, to, context, missing };
  const parts = by === 'segment' ? segmentParts(ask, input) : valueParts({ ...ask, by, sliced });
  const whole = by === 'segment' ? summed(valueParts({ ...ask, by: 'account', sliced })) : summed(parts);
  const sorted = parts.toSorted(
    (a, b) =>
      b.sums.netRevenue - a.sums.netRevenue || b.sums.grossCash - a.sums.grossCash || (a.label < b.label ? -1 : 1),
  );
  const wanted = input.search?.toLowerCase() ?? '';
  const found = wanted === '' ? sorted : sorted.filter(({ label }) => label.toLowerCase().includes(wanted));
  const page = found.slice(input.offset, input.offset + input.limit);
  const rest = by === 'segment' ? [] : sorted.filter((part) => !page.includes(part));
  const feesKnown = knowsFees(db, whole);
  const rows = page.map((part) => rowOf(part, feesKnown));
  if (rest.length > 0) {
    const label = rest.length === 1 ? '1 other' : `${rest.length} others`;
    rows.push(rowOf({ value: null, label, sums: summed(rest) }, feesKnown));
  }
  return {
    from,
    to,
    by,
    currency: context.currency,
    values: found.length,
    rows,
    total: rowOf({ value: null, label: 'Total', sums: whole }, feesKnown),
    missing: [...missing],
  };
}

function rowOf({ value, label, sums }: Part, feesKnown: boolean): RevenuePart {
  const amounts = Object.entries(sums).map(([name, amount]) => [name, minor(amount)]);
  const row = { ...Object.fromEntries(amounts), value, label } as RevenuePart;
  return feesKnown ? row : { ...row, fees: null, netCash: null };
}

function summed(parts: readonly Part[]): Amounts {
  const sums = noAmounts();
  for (const part of parts) for (const name of NAMES) sums[name] += part.sums[name];
  return sums;
}

/** Segments overlap: each is a slice of its own. */
function segmentParts(ask: Ask, { slice }: RevenueByPartInput): Part[] {
  return storedSegments(ask.db).map(({ segmentId, name }): Part => {
    const value = String(segmentId);
    const where = [...(slice?.where ?? []), { dimension: 'segment' as const, values: [value] }];
    const { sliced } = askedView(ask.db, { slice: { where } }, ask.from, ask.context);
    return { value, label: name, sums: summed(valueParts({ ...ask, by: 'account', sliced })) };
  });
}
