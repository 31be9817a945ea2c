/** Who pays for some prices on a day. */
import type { ItemTest } from './conditions.ts';
import type { MoveColumns } from './move-columns.ts';

/** By customer id: 1 where the customer's level over the chosen rows is above 0 at the end of a day, in any currency. */
export function payers(moves: MoveColumns, test: ItemTest, day: number): Uint8Array {
  const { length, customers, days, items, currencies, annual, lastCustomer } = moves;
  const chosen = test.items();
  const found = new Uint8Array(lastCustomer + 1);
  const levels = new Map<number, number>();
  for (let start = 0; start < length;) {
    const customer = customers[start] ?? 0;
    levels.clear();
    let index = start;
    for (; index < length && customers[index] === customer; index++) {
      if ((days[index] ?? 0) > day) continue;
      if (chosen && chosen[items[index] ?? 0] !== 1) continue;
      const currency = currencies[index] ?? 0;
      if (test.currencies && !test.currencies.has(currency)) continue;
      levels.set(currency, (levels.get(currency) ?? 0) + (annual[index] ?? 0));
    }
    for (const level of levels.values()) if (level > 0) found[customer] = 1;
    start = index;
  }
  return found;
}
