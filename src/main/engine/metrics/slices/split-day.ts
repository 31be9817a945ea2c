/** What of a customer's day is the day's movement, and what only went from one price to another. */
import { apportion } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';

/** One price's change on a customer's day: annual minor units, in its currency and in the ledger's (null without a rate). */
export interface DayPart {
  readonly currency: string | number;
  readonly annual: number;
  readonly reporting: number | null;
}

/** The part's share in the movement that the day is named after; the rest of the part moved to or from other prices. */
export interface OwnShare {
  readonly annual: number;
  readonly reporting: number | null;
}

/**
 * Shares a day's net among the prices that went its way (the gainers of a gain, the losers of a loss), in
 * proportion to what each gained or lost, so that the shares add up to the net exactly. It looks at the whole
 * day, never at a slice: so the shares of any slices of a partition add up to the company's movement, and what
 * is left of each price's change is what moved between prices, which adds up to nothing.
 *
 * Where several currencies meet, the amounts at the day's rates decide.
 * @param net false: the day is a transfer, all of it moved.
 * @example from plan A (−100) to plan B (+150), an expansion of 50: A 0, B 50; −100 left A, 100 came to B.
 */
export function ownShares(parts: readonly DayPart[], net: boolean): OwnShare[] {
  const [first] = parts;
  if (!first || !net) return parts.map(({ reporting }) => ({ annual: 0, reporting: reporting === null ? null : 0 }));
  if (parts.every(({ annual }) => annual >= 0) || parts.every(({ annual }) => annual <= 0)) return [...parts];
  const single = parts.every(({ currency }) => currency === first.currency);
  const weights = parts.map(({ annual, reporting }) => (single ? annual : (reporting ?? 0)));
  const sum = total(weights);
  const winning = weights.map((weight) => (weight * sum > 0 ? Math.abs(weight) : 0));
  if (!single) {
    const shares = signed(sum, winning);
    return parts.map(({ annual, reporting }, index) => {
      const share = shares[index] ?? 0;
      if (reporting === null) return { annual: 0, reporting: null };
      return { annual: share === 0 ? 0 : divideRounded(annual * share, reporting), reporting: share };
    });
  }
  const natives = signed(sum, winning);
  const valued = parts.every(({ reporting }) => reporting !== null);
  const reportings = valued ? signed(total(parts.map(({ reporting }) => reporting ?? 0)), winning) : null;
  return parts.map((_, index) => ({
    annual: natives[index] ?? 0,
    reporting: reportings ? (reportings[index] ?? 0) : null,
  }));
}

function signed(sum: number, weights: readonly number[]): number[] {
  if (sum === 0) return weights.map(() => 0);
  // One price against the others, as when a plan is changed: nothing has to be shared out.
  const [only, another] = weights.flatMap((weight, index) => (weight === 0 ? [] : [index]));
  if (another === undefined) return weights.map((_, index) => (index === only ? sum : 0));
  return apportion(Math.abs(sum), weights).map((share) => (sum < 0 ? -share : share));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}
