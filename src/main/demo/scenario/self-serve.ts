/** Lives of customers who buy by card on the website: mostly monthly, with trials, coupons, dunning and second thoughts. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addMs, DAY_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { momentBetween, type Chapters } from './chapters.ts';
import { change, endNow, openContract, periodMonths, renewalAfter, scheduleEnd, type Draft } from './draft.ts';
import type { Contract, CouponCard, Life, OneOff } from './life.ts';
import type { Persona } from './cast.ts';
import { COUPONS, EUR, GBP, JPY, USD } from './price-list.ts';
import type { Random } from './random.ts';
import {
  firstStanding,
  LADDER,
  positionsNow,
  type ListPlan,
  type Setting,
  type Standing,
} from './self-serve-standing.ts';
import { letPaymentFail, MONTHLY_TURNS, pause, tellTurn, YEARLY_TURNS } from './self-serve-turns.ts';

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

function oneOffsOf({ random, chapters, currency }: Setting, contracts: readonly Contract[]): OneOff[] {
  if (!random.chance(0.04)) return [];
  const at = momentBetween(random, contracts[0]!.startedAt, addMs(contracts[0]!.startedAt, 60 * DAY_MS));
  if (at === null || at > chapters.now) return [];
  const price = currency === JPY ? 30_000 : currency === GBP ? 20_000 : currency === EUR ? 24_000 : 25_000;
  return [{ at, lines: [{ text: 'Onboarding workshop, half a day', minor: price }] }];
}
