/** Lives of customers who buy by card on the website: mostly monthly, with trials, coupons, dunning and second thoughts. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addMs, DAY_MS, HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { momentBetween, type Chapters } from './chapters.ts';
import { add, change, endNow, openContract, periodMonths, renewalAfter, scheduleEnd, type Draft } from './draft.ts';
import type { Contract, CouponCard, Life, OneOff, PlanKey, Position } from './life.ts';
import type { Persona } from './cast.ts';
import {
  callsCard,
  COUPONS,
  GBP,
  JPY,
  listCard,
  taxInclusiveCard,
  USD,
  EUR,
  type Generation,
  type Interval,
} from './price-list.ts';
import type { Random } from './random.ts';

type ListPlan = Exclude<PlanKey, 'enterprise'>;
const LADDER: readonly ListPlan[] = ['starter', 'growth', 'pro', 'scale'];

/** The chance that a monthly customer leaves in a month. */
const MONTHLY_LOSS: Readonly<Record<ListPlan, number>> = { starter: 0.042, growth: 0.028, pro: 0.019, scale: 0.013 };
const FEEDBACK = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'too_complex',
  'other',
];
const DUNNING_MS = 21 * DAY_MS;
/** A renewal is collected about an hour after it has fallen due. */
export const COLLECTION_MS = HOUR_MS + 5_000;

interface Setting {
  readonly chapters: Chapters;
  readonly random: Random;
  readonly currency: CurrencyCode;
  readonly taxCountry: 'DE' | 'FR' | null;
}

/** The plan's positions at the prices of a generation; Pro has seats beside it, Scale has them in its steps. */
function positionsOf(
  setting: Setting,
  plan: ListPlan,
  interval: Interval,
  generation: Generation,
  seats: number,
  calls: boolean,
): Position[] {
  const { currency, taxCountry } = setting;
  const taxed = taxCountry !== null && interval === 'month' && (plan === 'growth' || plan === 'pro');
  const card = taxed ? taxInclusiveCard(plan, taxCountry) : listCard(plan, currency, interval, generation);
  const positions: Position[] = [{ card, quantity: plan === 'scale' ? 10 + seats : 1 }];
  if (plan === 'pro' && seats > 0 && !taxed)
    positions.push({ card: listCard('seats', currency, interval), quantity: seats });
  if (calls && interval === 'month') positions.push({ card: callsCard(currency), quantity: 0 });
  return positions;
}

interface Standing {
  plan: ListPlan;
  interval: Interval;
  generation: Generation;
  seats: number;
  calls: boolean;
}

export function selfServeLife(
  key: string,
  persona: Persona,
  currency: CurrencyCode,
  joinedAt: Instant,
  chapters: Chapters,
  random: Random,
): Life {
  const taxCountry =
    (persona.country === 'DE' || persona.country === 'FR') && random.chance(0.3) && joinedAt > chapters.newPricesAt
      ? persona.country
      : null;
  const setting: Setting = { chapters, random, currency, taxCountry };
  const contracts: Contract[] = [];
  const customerCoupon = random.chance(0.012) ? COUPONS.partner : null;
  const standing = firstStanding(setting, joinedAt);

  let draft = openFirst(setting, `${key}-1`, joinedAt, standing, customerCoupon !== null);
  liveThrough(setting, draft, standing, contracts);
  contracts.push(draft.contract);
  for (let number = 2; draft.endedAt !== null && !draft.contract.neverPaid; number++) {
    const convinced = random.chance(draft.contract.trialEndsAt === draft.endedAt ? 0.03 : 0.1);
    const backAt = momentBetween(random, addMs(draft.endedAt, 15 * DAY_MS), addMs(draft.endedAt, 240 * DAY_MS));
    if (!convinced || backAt === null || backAt > chapters.now || number > 3) break;
    standing.generation = backAt >= chapters.newPricesAt ? 'current' : standing.generation;
    if (random.chance(0.3)) standing.plan = LADDER[Math.min(3, LADDER.indexOf(standing.plan) + 1)]!;
    draft = openContract({ key: `${key}-${number}`, startedAt: backAt, positions: positionsNow(setting, standing) });
    liveThrough(setting, draft, standing, contracts);
    contracts.push(draft.contract);
  }
  contracts.sort((a, b) => a.startedAt - b.startedAt);
  return {
    key,
    ...persona,
    currency,
    channel: random.chance(0.12) ? 'referral' : 'self_serve',
    joinedAt: addMs(joinedAt, -random.int(1, 20) * 60_000),
    deletedAt: null,
    customerCoupon,
    contracts,
    oneOffs: oneOffsOf(setting, contracts),
  };
}

function firstStanding({ random, chapters, taxCountry }: Setting, joinedAt: Instant): Standing {
  const plan =
    taxCountry !== null
      ? random.pick(['growth', 'pro'] as const)
      : random.weighted({ starter: 34, growth: 35, pro: 21, scale: 10 });
  return {
    plan,
    interval: taxCountry === null && random.chance(0.2) ? 'year' : 'month',
    generation: joinedAt < chapters.newPricesAt ? 'former' : 'current',
    seats: plan === 'scale' ? random.int(0, 14) : plan === 'pro' && random.chance(0.5) ? random.int(1, 7) : 0,
    calls: plan === 'scale' && random.chance(0.35),
  };
}

function positionsNow(setting: Setting, { plan, interval, generation, seats, calls }: Standing): Position[] {
  return positionsOf(setting, plan, interval, generation, seats, calls && setting.currency !== JPY);
}

function openFirst(
  setting: Setting,
  key: string,
  startedAt: Instant,
  standing: Standing,
  hasCustomerCoupon: boolean,
): Draft {
  const { random, chapters } = setting;
  const positions = positionsNow(setting, standing);
  if (random.chance(0.52)) {
    const trialEndsAt = addMs(startedAt, 14 * DAY_MS);
    const draft = openContract({ key, startedAt, trialEndsAt, positions });
    if (!random.chance(0.4)) {
      const calledOffAt = random.chance(0.5) ? momentBetween(random, startedAt, trialEndsAt) : null;
      if (calledOffAt !== null && calledOffAt <= chapters.now)
        scheduleEnd(draft, calledOffAt, trialEndsAt, 'requested', random.pick(FEEDBACK));
      else if (trialEndsAt <= chapters.now) endNow(draft, trialEndsAt, 'trial_over');
    }
    return draft;
  }
  const neverPaid = random.chance(0.035) && startedAt < addMs(chapters.now, -3 * DAY_MS);
  const coupons = hasCustomerCoupon || setting.taxCountry !== null ? [] : firstCoupons(setting, standing);
  const draft = openContract({ key, startedAt, positions, coupons: neverPaid ? [] : coupons, neverPaid });
  if (neverPaid) draft.endedAt = startedAt;
  return draft;
}

function firstCoupons({ random, currency }: Setting, { plan, interval, seats }: Standing): CouponCard[] {
  if (interval === 'year') return random.chance(0.25) ? [COUPONS.annual] : [];
  if (plan === 'pro' && seats >= 3 && random.chance(0.4)) return [COUPONS.seats];
  if (plan === 'growth' && currency === USD && random.chance(0.12)) return [COUPONS.tenOff];
  if (!random.chance(0.3)) return [];
  return [COUPONS[random.weighted({ founding: 25, launch: 40, spring: 20, first: 15 })]];
}

/** Tells a contract period by period until it ends or the present is reached. */
function liveThrough(setting: Setting, draft: Draft, standing: Standing, others: Contract[]): void {
  const { chapters, random } = setting;
  let from = draft.anchor;
  for (let period = 0; from <= chapters.now && (draft.endedAt === null || draft.endedAt > from); period++) {
    if (draft.endedAt !== null) break;
    if (standing.calls) draft.contract.callsByPeriod.push(random.int(4, 60) * 1000);
    const until = renewalAfter(draft, from);
    const paused = tellPeriod(setting, draft, standing, from, until, period);
    const sameCycle = draft.anchor <= from;
    const due = standing.generation === 'former' && until >= chapters.migrationAt && until <= chapters.now;
    if (draft.endedAt === null && due && sameCycle && paused === null) {
      if (migrate(setting, draft, standing, until)) {
        others.push(draft.contract);
        Object.assign(
          draft,
          openContract({ key: `${draft.contract.key}b`, startedAt: until, positions: positionsNow(setting, standing) }),
        );
      }
    }
    from = paused ?? (draft.anchor > from ? draft.anchor : until);
  }
  if (standing.calls) draft.contract.callsByPeriod.push(random.int(4, 60) * 1000);
}

/** Moves to the current price at a renewal; true where the old contract was ended and another opened at that moment. */
function migrate(setting: Setting, draft: Draft, standing: Standing, at: Instant): boolean {
  standing.generation = 'current';
  const positions = positionsNow(setting, standing);
  if (positions[0]!.card === draft.positions[0]!.card) return false;
  const couponFree =
    draft.contract.coupons.length === 0 && draft.contract.happenings.every(({ kind }) => kind !== 'discount_granted');
  if (couponFree && setting.random.chance(0.18)) {
    endNow(draft, at, 'replaced');
    return true;
  }
  change(draft, at, positions, 'none');
  return false;
}

/** Writes at most one chain of happenings into a period. Answers the renewal at which a pause ended, if there was one. */
function tellPeriod(
  setting: Setting,
  draft: Draft,
  standing: Standing,
  from: Instant,
  until: Instant,
  period: number,
): Instant | null {
  const { chapters, random } = setting;
  const { now } = chapters;
  const monthly = periodMonths(draft) === 1;
  const bad = from >= chapters.badQuarter[0] && from < chapters.badQuarter[1] ? 2.6 : 1;
  const settling = 1 / (1 + period * (monthly ? 0.025 : 0.3));
  const loss = (monthly ? MONTHLY_LOSS[standing.plan] : 0.19) * bad * settling;
  const renewed = period > 0 || draft.contract.trialEndsAt !== null;
  const at = momentBetween(random, from, until);
  const happened = (moment: Instant | null): moment is Instant => moment !== null && moment <= now;

  if (random.chance(loss)) {
    const way = random.weighted({ scheduled: 60, at_once: 20, unpaid: 20 });
    const feedback = random.chance(0.6) ? random.pick(FEEDBACK) : null;
    if (way === 'unpaid' && renewed && monthly) return letPaymentFail(setting, draft, from, false);
    if (way === 'at_once' && monthly && happened(at)) {
      endNow(draft, at, 'requested', feedback);
      return null;
    }
    const scheduledAt = monthly ? at : momentBetween(random, addMs(until, -50 * DAY_MS), until);
    if (happened(scheduledAt)) scheduleEnd(draft, scheduledAt, until, 'requested', feedback);
    return null;
  }
  if (renewed && random.chance(monthly ? 0.026 : 0.06)) return letPaymentFail(setting, draft, from, true);
  if (!happened(at)) return null;
  if (monthly && random.chance(0.006) && from > addMs(draft.contract.startedAt, 40 * DAY_MS))
    return pause(setting, draft, until);
  tellTurn(setting, draft, standing, at, until, random.weighted(monthly ? MONTHLY_TURNS : YEARLY_TURNS));
  return null;
}

/** Chances in thousandths of what else may turn up in a period. */
const MONTHLY_TURNS = {
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
const YEARLY_TURNS = {
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

function tellTurn(
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

function letPaymentFail(setting: Setting, draft: Draft, from: Instant, recovers: boolean): null {
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
function pause({ random, chapters }: Setting, draft: Draft, until: Instant): Instant | null {
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

function oneOffsOf({ random, chapters, currency }: Setting, contracts: readonly Contract[]): OneOff[] {
  if (!random.chance(0.04)) return [];
  const at = momentBetween(random, contracts[0]!.startedAt, addMs(contracts[0]!.startedAt, 60 * DAY_MS));
  if (at === null || at > chapters.now) return [];
  const price = currency === JPY ? 30_000 : currency === GBP ? 20_000 : currency === EUR ? 24_000 : 25_000;
  return [{ at, lines: [{ text: 'Onboarding workshop, half a day', minor: price }] }];
}
