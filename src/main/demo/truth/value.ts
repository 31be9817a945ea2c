/** What a contract is worth in a year, by R2, R3, R5 and R14, in minor units of its currency. */
import { rational, roundHalfAway, type Rational } from '../../../shared/kernel/rational.ts';
import type { CouponCard, Position } from '../scenario/life.ts';

const PER_YEAR = { month: 12, year: 1 } as const;

/** What a quantity costs per interval at a graduated or plain price. @example 12 seats, ten included at 19900, then 1500 each: 22900 */
export function periodAmount({ card, quantity }: Position): Rational {
  if (card.tiers.length === 0) return rational(card.unitMinor ?? '0').mul(rational(quantity));
  let total = rational(0);
  let below = 0;
  for (const { upTo, unitMinor, flatMinor } of card.tiers) {
    const inStep = Math.min(quantity, upTo ?? quantity) - below;
    if (inStep <= 0) break;
    total = total.add(rational(unitMinor * inStep + flatMinor));
    below += inStep;
  }
  return total;
}

/**
 * The annual worth of positions under coupons: percentages first, then amounts off, never below zero; contained tax
 * taken out; rounded once per position. Metered positions are worth nothing here (R4). An amount off is given on
 * contracts with a single recurring position only.
 */
export function annualMinor(positions: readonly Position[], coupons: readonly CouponCard[]): number {
  let total = 0;
  for (const position of positions) {
    if (position.card.metered) continue;
    const concerned = coupons.filter(
      ({ products }) => products.length === 0 || products.includes(position.card.product),
    );
    let amount = periodAmount(position);
    for (const { percentOff } of concerned)
      if (percentOff !== null) amount = amount.mul(rational(100 - percentOff, 100));
    for (const { amountOff } of concerned)
      if (amountOff !== null && amountOff.currency === position.card.currency)
        amount = amount.sub(rational(amountOff.minor));
    if (amount.s < 0n) amount = rational(0);
    const net = amount
      .mul(rational(PER_YEAR[position.card.interval]))
      .mul(rational(100, 100 + position.card.taxIncludedPercent));
    total += roundHalfAway(net);
  }
  return total;
}
