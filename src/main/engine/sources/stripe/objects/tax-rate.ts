/** Tax rates on subscriptions and their items, as far as prices contain them. */
import { z } from 'zod';
import { rational } from '../../../../../shared/kernel/rational.ts';
import { maybe } from '../fields.ts';

const TaxRate = z.object({
  inclusive: z.boolean(),
  percentage: z.number().min(0).max(1_000),
  effective_percentage: maybe(z.number().min(0).max(1_000)),
});
/** In a schedule's phase a rate may be its id only: then it is not known here, and read off invoices. */
export const TaxRates = maybe(z.array(z.union([TaxRate, z.string().max(255)])).max(50));

/** Sum of the contained rates, in per cent, as decimal text; null where none is known to be contained. */
export function inclusivePercent(rates: z.output<typeof TaxRates>): string | null {
  const inclusive = (rates ?? []).flatMap((rate) => (typeof rate !== 'string' && rate.inclusive ? [rate] : []));
  if (inclusive.length === 0) return null;
  return inclusive
    .reduce((sum, rate) => sum.add(rational(String(rate.effective_percentage ?? rate.percentage))), rational(0))
    .toString(12);
}
