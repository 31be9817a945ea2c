/** What the board pack says of a closed month's restatements. */
import { BRIDGE_LINES } from '../../../shared/contract/closing.ts';
import type { BoardPack } from '../../../shared/contract/reports.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { closingList, comparedMonth, restatements } from '../closing/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';

/** Entries that a page has room for; the largest are taken from so many of the newest. */
const SHOWN = 16;
const LOOKED_AT = 1_000;

export type CloseParts = Pick<BoardPack, 'close' | 'restated'>;

/** The close in force of a month, and what became known after it; both null while the month is open. */
export function closeParts(db: ReadDb, month: PlainMonth, context: MetricsContext): CloseParts {
  const closed = closingList(db, null, context).months.find((one) => one.month === month && one.state === 'closed');
  if (!closed?.close) return { close: null, restated: null };
  if (closed.restatements === 0) return { close: closed.close, restated: null };
  const { lines, currency } = comparedMonth(db, month, context);
  const found = restatements(db, { month, limit: LOOKED_AT });
  const weight = (change: number, annual: boolean) => Math.abs(annual ? change : change * 12);
  return {
    close: closed.close,
    restated: {
      currency,
      entries: found.total,
      lines: lines.filter(
        ({ line, restated }) => restated !== 0 || line === 'closing' || BRIDGE_LINES.some((name) => name === line),
      ),
      rows: found.rows
        .toSorted((a, b) => weight(b.change, b.annual) - weight(a.change, a.annual))
        .slice(0, SHOWN)
        .map(({ customerName, line, annual, before, after, change, cause, detail, foundAt }) => ({
          customerName,
          line,
          annual,
          before,
          after,
          change,
          cause,
          detail,
          foundAt,
        })),
    },
  };
}
