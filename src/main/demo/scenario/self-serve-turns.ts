/** What may turn up within a billing period of a self-serve contract: failed payments, pauses, changes of plan and seats. */
import { addMs, DAY_MS, HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { add, change, endNow, periodMonths, renewalAfter, type Draft } from './draft.ts';
import { COUPONS } from './price-list.ts';
import type { Random } from './random.ts';
import { LADDER, positionsNow, type Setting, type Standing } from './self-serve-standing.ts';

const DUNNING_MS = 21 * DAY_MS;

/** A renewal is collected about an hour after it has fallen due. */
export const COLLECTION_MS = HOUR_MS + 5_000;

/** Chances in thousandths of what else may turn up in a period. */
export const MONTHLY_TURNS = {
  nothing: 905,
  refunded: 8,
  credited: 4,
  disputed: 2,
  up: 18,
  down: 7,
  seats: 45,
  yearly: 8,
  discount: 3,
} as const;

export const YEARLY_TURNS = {
  nothing: 655,
  refunded: 8,
  credited: 4,
  disputed: 2,
  up: 124,
  down: 7,
  seats: 200,
  yearly: 0,
  discount: 0,
} as const;

export function tellTurn(
  setting: Setting,
  draft: Draft,
  standing: Standing,
  at: Instant,
  until: Instant,
  turn: keyof typeof MONTHLY_TURNS,
): void {
  const { random, chapters } = setting;
  const noCoupons = draft.contract.coupons.length === 0;
  switch (turn) {
    case 'nothing':
      return;
    case 'refunded':
      return add(draft, { at, kind: 'refunded', percent: random.pick([50, 100]) });
    case 'credited':
      return add(draft, { at, kind: 'credited', percent: 20 });
    case 'disputed':
      return add(draft, { at, kind: 'disputed', outcome: disputeOutcome(at, chapters.now, random) });
    case 'up':
      return moveAlongLadder(setting, draft, standing, at, until, 1);
    case 'down':
      return moveAlongLadder(setting, draft, standing, at, until, -1);
    case 'seats':
      return changeSeats(setting, draft, standing, at, until);
    case 'yearly':
      if (noCoupons && setting.taxCountry === null) goYearly(setting, draft, standing, at);
      return;
    case 'discount':
      if (noCoupons) add(draft, { at, kind: 'discount_granted', coupon: COUPONS.stay });
  }
}

function disputeOutcome(at: Instant, now: Instant, random: Random): 'won' | 'lost' | 'open' {
  return at > addMs(now, -20 * DAY_MS) ? 'open' : random.pick(['won', 'lost']);
}

export function letPaymentFail(setting: Setting, draft: Draft, from: Instant, recovers: boolean): null {
  const { random, chapters } = setting;
  const failedAt = addMs(from, COLLECTION_MS);
  if (failedAt > chapters.now) return null;
  add(draft, { at: failedAt, kind: 'payment_failed' });
  const settledAt = addMs(failedAt, recovers ? random.int(1, 12) * DAY_MS + random.int(0, 3) * HOUR_MS : DUNNING_MS);
  if (settledAt > chapters.now) return null;
  if (recovers) add(draft, { at: settledAt, kind: 'payment_recovered' });
  else endNow(draft, settledAt, 'payment_failed');
  return null;
}

/** Pauses two hours before a renewal, for one to three periods; one in four leaves instead of resuming. */
export function pause({ random, chapters }: Setting, draft: Draft, until: Instant): Instant | null {
  const pausedAt = addMs(until, -2 * HOUR_MS);
  if (pausedAt > chapters.now) return null;
  add(draft, { at: pausedAt, kind: 'paused' });
  let back = until;
  for (let periods = random.int(1, 3); periods > 0; periods--) back = renewalAfter(draft, back);
  const backAt = addMs(back, -HOUR_MS);
  if (backAt > chapters.now) {
    draft.endedAt = backAt;
    return back;
  }
  if (random.chance(0.25)) endNow(draft, backAt, 'requested', 'unused');
  else add(draft, { at: backAt, kind: 'resumed' });
  return back;
}

/** Billed with the next invoice only where that one has been written already, so that each change has left its trace. */
function settlement(setting: Setting, draft: Draft, until: Instant): 'now' | 'next_invoice' {
  const written = until <= addMs(setting.chapters.now, -DAY_MS);
  return written && periodMonths(draft) === 1 && setting.random.chance(0.6) ? 'next_invoice' : 'now';
}

function moveAlongLadder(
  setting: Setting,
  draft: Draft,
  standing: Standing,
  at: Instant,
  until: Instant,
  step: 1 | -1,
): void {
  const plan = LADDER[LADDER.indexOf(standing.plan) + step];
  if (plan === undefined || setting.taxCountry !== null || draft.contract.coupons.length > 0) return;
  if (at >= setting.chapters.newPricesAt && at < setting.chapters.migrationAt && standing.generation === 'former')
    return;
  standing.plan = plan;
  standing.calls = false;
  standing.seats = plan === 'scale' ? setting.random.int(0, 4) : 0;
  change(draft, at, positionsNow(setting, standing), settlement(setting, draft, until));
}

function changeSeats(setting: Setting, draft: Draft, standing: Standing, at: Instant, until: Instant): void {
  const { random } = setting;
  if ((standing.plan !== 'pro' && standing.plan !== 'scale') || setting.taxCountry !== null) return;
  const limited = draft.contract.coupons.some(({ duration }) => duration !== 'forever');
  if (limited) return;
  const before = standing.seats;
  standing.seats = Math.max(0, before + (random.chance(0.78) ? random.int(1, 5) : -random.int(1, 2)));
  if (standing.seats !== before) change(draft, at, positionsNow(setting, standing), settlement(setting, draft, until));
}

function goYearly(setting: Setting, draft: Draft, standing: Standing, at: Instant): void {
  if (standing.calls) return;
  standing.interval = 'year';
  if (at >= setting.chapters.newPricesAt) standing.generation = 'current';
  change(draft, at, positionsNow(setting, standing));
}
