/** R3: what a price bills for a quantity, per period, before discounts and with the tax it may contain. */
import { rational, type Rational } from '../../../../shared/kernel/rational.ts';
import type { Price } from '../../domain/index.ts';

const NOTHING = rational(0);

/**
 * Minor units per billing period, exact; null where the price does not say
 * (no unit amount, or a quantity beyond the last tier).
 * Tiers: https://docs.stripe.com/products-prices/pricing-models#tiered-pricing.
 * Packages: https://docs.stripe.com/products-prices/pricing-models#package-pricing.
 * @example amountPerPeriod(graduated 1–10 at 500, above at 400, '12') // 5,800
 */
export function amountPerPeriod(price: Price, quantity: string): Rational | null {
  const billed = billedQuantity(price, rational(quantity));
  if (price.scheme === 'per_unit') return price.unitAmount === null ? null : rational(price.unitAmount).mul(billed);
  return price.scheme === 'graduated' ? graduatedAmount(price, billed) : volumeAmount(price, billed);
}

function billedQuantity(price: Price, quantity: Rational): Rational {
  if (!price.transformQuantity) return quantity;
  const packages = quantity.div(price.transformQuantity.divideBy);
  return price.transformQuantity.round === 'up' ? packages.ceil() : packages.floor();
}

/** Each unit is priced in its own tier; a tier's flat amount is added once the quantity reaches into it. */
function graduatedAmount(price: Price, quantity: Rational): Rational | null {
  let total = NOTHING;
  let below = NOTHING;
  for (const [index, tier] of price.tiers.entries()) {
    if (index > 0 && quantity.lte(below)) return total;
    const top = tier.upTo === null || quantity.lt(tier.upTo) ? quantity : rational(tier.upTo);
    total = total.add(rational(tier.unitAmount).mul(top.sub(below))).add(rational(tier.flatAmount));
    if (tier.upTo === null) return total;
    below = rational(tier.upTo);
  }
  return quantity.lte(below) && price.tiers.length > 0 ? total : null;
}

/** All units at the price of the tier that the whole quantity falls into, plus that tier's flat amount. */
function volumeAmount(price: Price, quantity: Rational): Rational | null {
  const tier = price.tiers.find(({ upTo }) => upTo === null || quantity.lte(upTo));
  return tier ? rational(tier.unitAmount).mul(quantity).add(rational(tier.flatAmount)) : null;
}
