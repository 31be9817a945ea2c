/** How an obligation is earned over time. */
import type { Instant } from '../../../shared/kernel/instant.ts';

export interface Obligation {
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  readonly billedAt: Instant;
  /** True: earned from the start of the period; false: nothing before it is billed, then what is overdue at once. */
  readonly accrues: boolean;
}

/**
 * What is earned of an amount before an instant: evenly over the period, to the
 * millisecond, rounded on the cumulative amount, so that the shares of any
 * intervals add up. Without a period (or one of no length): all of it once it
 * is billed. Minor units in, minor units out, of either sign.
 * Source: https://docs.stripe.com/revenue-recognition/methodology
 */
export function earnedBefore(amount: number, obligation: Obligation, at: number): number {
  const { periodStart, periodEnd, billedAt, accrues } = obligation;
  if (at <= billedAt && !(accrues && periodEnd > periodStart)) return 0;
  if (at >= periodEnd || periodEnd <= periodStart) return amount;
  if (at <= periodStart) return 0;
  return shareRounded(amount, at - periodStart, periodEnd - periodStart);
}

/** amount × part ÷ whole, half away from zero, exact for any safe integers. `whole` is positive. */
export function shareRounded(amount: number, part: number, whole: number): number {
  const magnitude = Math.abs(amount) * Math.abs(part);
  const sign = amount < 0 !== part < 0 ? -1 : 1;
  if (2 * magnitude + whole <= Number.MAX_SAFE_INTEGER) {
    const rest = magnitude % whole;
    const rounded = (magnitude - rest) / whole + (2 * rest >= whole ? 1 : 0);
    return rounded === 0 ? 0 : sign * rounded;
  }
  const exact = BigInt(Math.abs(amount)) * BigInt(Math.abs(part));
  return sign * Number((2n * exact + BigInt(whole)) / (2n * BigInt(whole)));
}
