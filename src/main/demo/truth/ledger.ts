/** Every customer, day by day: what it is worth, and how that moved (R11). */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, daysFromTo, endOfDay, UTC, type PlainDay } from '../../../shared/kernel/day.ts';
import { addMs, instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { Company, Life } from '../scenario/life.ts';
import { standingBefore } from './standing.ts';
import { annualMinor } from './value.ts';

export const MOVEMENT_KINDS = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'paused',
  'resumed',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export interface TrueMovement {
  readonly day: PlainDay;
  readonly life: string;
  readonly kind: MovementKind;
  readonly currency: CurrencyCode;
  /** Annual minor units, signed. */
  readonly annual: number;
}

/** One customer at the end of one day; all amounts are annual minor units of its currency. */
export interface CustomerDay {
  readonly life: Life;
  readonly annual: number;
  readonly pastDue: number;
  /** Of `annual`: under contracts whose end is scheduled. */
  readonly ending: number;
  /** What trials are worth, and of that, trials not called off. */
  readonly trial: number;
  readonly committedTrial: number;
  readonly paused: boolean;
}

/** The last moment that counts for a day: its end, or the present on the last one. */
export function closingMoment(day: PlainDay, now: Instant): Instant {
  return instant(Math.min(endOfDay(day, UTC), addMs(now, 1)));
}

export function customerOn(life: Life, moment: Instant): CustomerDay {
  let [annual, pastDue, ending, trial, committedTrial] = [0, 0, 0, 0, 0];
  let paused = false;
  for (const contract of life.contracts) {
    const standing = standingBefore(life, contract, moment);
    if (standing === null) continue;
    const worth = annualMinor(standing.positions, standing.coupons);
    if (standing.paused) paused = true;
    else if (standing.trialing) {
      trial += worth;
      if (standing.endsAt === null) committedTrial += worth;
    } else {
      annual += worth;
      if (standing.pastDue) pastDue += worth;
      if (standing.endsAt !== null) ending += worth;
    }
  }
  return { life, annual, pastDue, ending, trial, committedTrial, paused };
}

/** All movements of the company, in order of customer and day. */
export function trueMovements(company: Company): TrueMovement[] {
  const today = dayAt(company.now, UTC);
  return company.lives.flatMap((life) => {
    const movements: TrueMovement[] = [];
    let before = 0;
    let [everPaid, wasPaused] = [false, false];
    for (const day of daysFromTo(dayAt(life.joinedAt, UTC), today)) {
      const { annual, paused } = customerOn(life, closingMoment(day, company.now));
      if (annual !== before) {
        const kind = kindOf(before, annual, everPaid, wasPaused, paused);
        movements.push({ day, life: life.key, kind, currency: life.currency, annual: annual - before });
      }
      if (annual > 0) everPaid = true;
      before = annual;
      wasPaused = paused;
    }
    return movements;
  });
}

function kindOf(before: number, after: number, everPaid: boolean, wasPaused: boolean, paused: boolean): MovementKind {
  if (after === 0) return paused ? 'paused' : 'churn';
  if (before === 0) return !everPaid ? 'new' : wasPaused ? 'resumed' : 'reactivation';
  return after > before ? 'expansion' : 'contraction';
}
