/** Customers with given levels, through the store: for tests of cohorts. */
import { plainDay, startOfDay, UTC } from '../../../../src/shared/kernel/day.ts';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { item, price, subscription, type Company } from '../support/company.ts';

/** From a day on so much a month, in minor units; 0 stops paying. */
export type Step = readonly [day: string, monthly: number];

export interface GivenLife {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly currency?: string;
  readonly country?: string;
  readonly product?: string;
}

/** Stores a customer with one subscription; the ledger is still to be recomputed. */
export function give(c: Company, { id, steps, currency = 'USD', country, product = 'prod_main' }: GivenLife): void {
  c.customer(id, country === undefined ? {} : { country });
  const start = startOfDay(plainDay(steps[0]?.[0] ?? ''), UTC);
  const code = currencyCode(currency);
  for (const [day, monthly] of steps)
    c.see(
      subscription(start, {
        id: `sub_${id}`,
        customerId: id,
        currency: code,
        status: monthly === 0 ? 'unpaid' : 'active',
        items: [
          item(
            price({
              id: `price_${monthly}_${currency}_${product}`,
              unitAmount: String(monthly),
              currency: code,
              productId: product,
            }),
            {
              id: `si_${id}`,
            },
          ),
        ],
      }),
      startOfDay(plainDay(day), UTC),
    );
}
