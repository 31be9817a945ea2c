/** Paying customers by what they pay and on how many days they came, and what the picture says in a sentence. */
import type { CustomerRow } from '../../../shared/contract/customers.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { ScatterPoint } from '../../charts/scatter-model.ts';
import type { Formatter } from '../../lib/format.ts';
import type { Unit } from '../../lib/unit.ts';

type Paying = Pick<CustomerRow, 'customerId' | 'name' | 'mrr'>;

/** In the order of x, as the drawing wants them; who has no account of the product is left out. */
export function pointsOf(
  paying: readonly Paying[],
  use: readonly { readonly customerId: CustomerId; readonly activeDays: number }[],
): ScatterPoint[] {
  const days = new Map(use.map(({ customerId, activeDays }) => [customerId, activeDays]));
  return paying
    .flatMap(({ customerId, name, mrr }): ScatterPoint[] => {
      const x = days.get(customerId);
      return x === undefined || mrr === null ? [] : [{ id: String(customerId), label: name, x, y: mrr }];
    })
    .toSorted((a, b) => a.x - b.x);
}

/** Fewer days than these are seldom: about once a week. */
const SELDOM_DAYS = 5;

export function paidAndUsedSentence(points: readonly ScatterPoint[], unit: Unit, format: Formatter): string {
  const seldom = points.filter(({ x }) => x < SELDOM_DAYS);
  const customers = { one: 'customer', other: 'customers' };
  const paid = (some: readonly ScatterPoint[]): string =>
    format.value(
      some.reduce((sum, { y }) => sum + y, 0),
      unit,
      { form: 'whole' },
    );
  const largest = seldom.toSorted((a, b) => b.y - a.y)[0];
  return (
    `${format.count(points.length, customers)} pay ${paid(points)} MRR. ` +
    `${format.count(seldom.length, customers)} with ${paid(seldom)} MRR came on fewer than ${SELDOM_DAYS} of the last 30 days` +
    `${largest === undefined ? '.' : `, the largest ${largest.label}.`}`
  );
}
