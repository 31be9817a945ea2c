/** `costs.sheet`: the costs of some months with their sums in the reporting currency. */
import { COST_KINDS, type CostKind, type CostSheet } from '../../../shared/contract/costs.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { monthsBetween, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { minor, type Minor } from '../../../shared/kernel/money.ts';
import type { ReadDb } from '../store/handles.ts';
import { costBook, type CostBook } from './cost-book.ts';

const MOST_MONTHS = 240;

/** @throws AppError `invalid_input` for more than twenty years. */
export function costSheet(
  db: ReadDb,
  { from, to }: { readonly from: PlainMonth; readonly to: PlainMonth },
  { currency, today }: { readonly currency: CurrencyCode; readonly today: PlainDay },
): CostSheet {
  const months = monthsBetween(from, to);
  if (months.length > MOST_MONTHS)
    throw new AppError('invalid_input', `At most ${MOST_MONTHS} months of costs are shown at once`);
  const book = costBook(db, currency, today);
  return {
    from,
    to,
    currency,
    any: book.any,
    costs: months.flatMap((month) =>
      book.costs(COST_KINDS, month).map((cost) => ({
        month,
        kind: cost.kind,
        channel: cost.channel,
        currency: cost.currency,
        amount: cost.amount_minor,
        reporting: cost.valued,
        note: cost.note,
        file: cost.file,
        enteredAt: cost.entered_at,
        changedAt: cost.changed_at,
      })),
    ),
    months: months.map((month) => ({ month, ...sumsOf(book, month) })),
  };
}

function sumsOf(book: CostBook, month: PlainMonth): Omit<CostSheet['months'][number], 'month'> {
  const kinds = {} as Record<CostKind, Minor | null>;
  let reason: string | null = null;
  for (const kind of COST_KINDS) {
    const spend = book.spend([kind], month);
    kinds[kind] = spend.value === null ? null : minor(spend.value);
    // A kind without a cost is shown empty; only a missing rate is worth a word of its own.
    if (spend.value === null && book.costs([kind], month).length > 0) reason ??= spend.reason;
  }
  const total = book.spend(COST_KINDS, month);
  return { kinds, total: total.value === null ? null : minor(total.value), reason: reason ?? total.reason };
}
