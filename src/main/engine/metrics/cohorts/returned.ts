/** `retention.returned`: customers who had left and pay, or paid, again. */
import type { ReturnedCustomer } from '../../../../shared/contract/retention.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayNumber, dayOfNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { Minor } from '../../../../shared/kernel/money.ts';
import { convert } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import type { CustomerLevel } from '../ledger/rollup.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import { followedView } from '../slices/followed-view.ts';
import { groupsBy } from './groups.ts';
import { eachSpells } from './lives.ts';
import { customerNames } from './names.ts';
import type { SurvivalInput } from './survival.ts';

export interface ReturnedInput extends SurvivalInput {
  readonly offset: number;
  readonly limit: number;
}

export interface Returned {
  readonly currency: CurrencyCode;
  readonly total: number;
  readonly rows: ReturnedCustomer[];
}

/**
 * A page of returns, the latest first; a customer that came back twice is there twice. Of a part of the company they are
 * those of the lives that `retention.survival` counts, each with all that it paid.
 * @throws AppError `invalid_input` for a value that nothing has.
 */
export function returned(db: ReadDb, input: ReturnedInput, context: MetricsContext): Returned {
  const asOf = input.asOf ?? context.today;
  const { view } = followedView(db, input, context);
  const groupOf = input.by !== undefined && input.group !== undefined ? groupsBy(db, input.by) : null;
  const all: { customerId: number; left: number; back: number }[] = [];
  eachSpells(view, dayNumber(asOf), ({ customerId, firstCurrency, turns }) => {
    if (groupOf && groupOf(customerId, firstCurrency) !== input.group) return;
    for (let index = 2; index < turns.length; index += 2)
      all.push({ customerId, left: turns[index - 1] ?? 0, back: turns[index] ?? 0 });
  });
  all.sort((a, b) => b.back - a.back || a.customerId - b.customerId);
  const page = all.slice(input.offset, input.offset + input.limit);
  const levelsOf = levelsByCustomer(view, new Set(page.map(({ customerId }) => customerId)));
  const nameOf = customerNames(db);
  return {
    currency: context.currency,
    total: all.length,
    rows: page.map(({ customerId, left, back }) => {
      const levels = levelsOf.get(customerId) ?? [];
      const mrrOn = (day: PlainDay) => monthlyOn(levels, day, context.currency, view);
      return {
        customerId: customerId as CustomerId,
        name: nameOf(customerId),
        leftOn: dayOfNumber(left),
        returnedOn: dayOfNumber(back),
        away: back - left,
        before: mrrOn(dayOfNumber(left - 1)),
        now: mrrOn(asOf),
      };
    }),
  };
}

/** The levels of some customers, by day, out of those of all. */
function levelsByCustomer({ levels }: LedgerView, wanted: ReadonlySet<number>): Map<number, CustomerLevel[]> {
  const columns = levels();
  const found = new Map<number, CustomerLevel[]>();
  for (let index = 0; index < columns.length; index++) {
    const customerId = columns.customers[index] ?? 0;
    if (!wanted.has(customerId)) continue;
    let own = found.get(customerId);
    if (!own) found.set(customerId, (own = []));
    own.push({
      on: dayOfNumber(columns.days[index] ?? 0),
      currency: currencyOfNumber(columns.currencies[index] ?? 0),
      level: columns.levels[index] ?? 0,
    });
  }
  return found;
}

/** MRR at the end of a day at its rates; null where a rate is missing. */
function monthlyOn(
  levels: readonly CustomerLevel[],
  day: PlainDay,
  currency: CurrencyCode,
  view: LedgerView,
): Minor | null {
  const held = new Map<string, number>();
  for (const { on, currency: native, level } of levels) if (on <= day) held.set(native, level);
  let annual = 0;
  for (const [native, level] of held) {
    if (level === 0) continue;
    const rate = view.rates.rate(native, currency, day);
    if (!rate) return null;
    annual += convert(level, rate);
  }
  return divideRounded(annual, 12);
}
