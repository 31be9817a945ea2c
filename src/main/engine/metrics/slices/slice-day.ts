/** A customer's day of the ledger as a slice sees it: own shares under the day's kind, and what moved over its border. */
import { currencyNumber } from '../ledger/customer-block.ts';
import type { SliceKind } from '../query/ledger-view.ts';
import { ownShares } from './split-day.ts';
import type { SlicedView } from './sliced-view.ts';

/** A row of the ledger with as much as a slice needs of it. */
interface DayRow {
  readonly customer_id: number;
  readonly kind: SliceKind;
  readonly source_id: number;
  readonly price_id: string;
  readonly product_id: string | null;
  readonly currency: string;
  readonly annual_minor: number;
  readonly reporting_minor: number | null;
}

/** The rows of one customer's day that are in a slice; what came and went within it is not listed. */
export function sliceDay<Row extends DayRow>(rows: readonly Row[], { selection, ledger }: SlicedView): Row[] {
  const [first] = rows;
  if (!first || (selection.customer && !selection.customer(first.customer_id))) return [];
  const chosen = selection.items();
  const isIn = (row: Row) =>
    (!chosen || chosen[ledger.book.numberOf(row.source_id, row.price_id, row.product_id)] === 1) &&
    (!selection.currencies || selection.currencies.has(currencyNumber(row.currency)));
  const own: Row[] = [];
  const moved: Row[] = [];
  for (const [kind, group] of Map.groupBy(rows, (row) => row.kind)) {
    const parts = group.map(({ currency, annual_minor: annual, reporting_minor: reporting }) => ({
      currency,
      annual,
      reporting,
    }));
    for (const [index, share] of ownShares(parts, kind !== 'transfer').entries()) {
      const row = group[index];
      if (!row || !isIn(row)) continue;
      const reporting = row.reporting_minor;
      if (share.annual !== 0) own.push({ ...row, annual_minor: share.annual, reporting_minor: share.reporting });
      if (row.annual_minor !== share.annual)
        moved.push({
          ...row,
          annual_minor: row.annual_minor - share.annual,
          reporting_minor: reporting === null ? null : reporting - (share.reporting ?? 0),
        });
    }
  }
  return [...own, ...overBorder(moved)];
}

function overBorder<Row extends DayRow>(moved: readonly Row[]): Row[] {
  const reporting = moved.reduce((sum, row) => sum + (row.reporting_minor ?? 0), 0);
  const native = moved.reduce((sum, row) => sum + row.annual_minor, 0);
  const several = new Set(moved.map(({ currency }) => currency)).size > 1;
  const sign = reporting !== 0 || several ? reporting : native;
  if (sign === 0) return [];
  const kind: SliceKind = sign > 0 ? 'movedIn' : 'movedOut';
  return moved.map((row) => ({ ...row, kind, reason: null }));
}
