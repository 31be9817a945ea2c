/** Lives of customers won by a salesperson: negotiated prices, bank transfer or card, renewals with an uplift. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addMs, DAY_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { momentBetween, type Chapters } from './chapters.ts';
import type { Persona } from './cast.ts';
import { add, change, openContract, renewalAfter, scheduleEnd, type Draft } from './draft.ts';
import type { Life, OneOff, Position } from './life.ts';
import { callsCard, negotiatedCard, type Interval } from './price-list.ts';
import type { Random } from './random.ts';
import { COLLECTION_MS } from './self-serve-turns.ts';

export interface Deal {
  readonly key: string;
  readonly persona: Persona;
  readonly currency: CurrencyCode;
  readonly interval: Interval;
  /** Minor units per interval at signing. */
  readonly amountMinor: number;
  readonly signedAt: Instant;
  /** Metered calls beside the agreement (monthly agreements only). */
  readonly calls: boolean;
}

/** A yearly or monthly agreement that renews with an uplift of 5–16 %, sometimes grows in between, seldom leaves. */
export function enterpriseLife(deal: Deal, chapters: Chapters, random: Random): Life {
  const { key, currency, interval } = deal;
  const positions = (version: number, amount: number): Position[] => [
    { card: negotiatedCard(key, version, currency, interval, amount), quantity: 1 },
    ...(deal.calls && interval === 'month' ? [{ card: callsCard(currency), quantity: 0 }] : []),
  ];
  const draft = openContract({
    key: `${key}-1`,
    startedAt: deal.signedAt,
    positions: positions(1, deal.amountMinor),
    paidBy: interval === 'year' && random.chance(0.75) ? 'bank_transfer' : 'card',
  });
  renewYearByYear(draft, deal, chapters, random, positions);
  if (deal.calls)
    for (let month = 0; month < 40; month++) draft.contract.callsByPeriod.push(random.int(40, 220) * 1000);
  return {
    key,
    ...deal.persona,
    currency,
    channel: 'sales',
    joinedAt: addMs(deal.signedAt, -random.int(2, 40) * DAY_MS),
    deletedAt: null,
    customerCoupon: null,
    contracts: [draft.contract],
    oneOffs: onboarding(deal, random),
  };
}

function renewYearByYear(
  draft: Draft,
  deal: Deal,
  chapters: Chapters,
  random: Random,
  positions: (version: number, amount: number) => Position[],
): void {
  let amount = deal.amountMinor;
  let version = 1;
  const raise = (percent: number): Position[] => {
    amount = Math.round((amount * (100 + percent)) / 100 / 1200) * 1200;
    return positions(++version, amount);
  };
  for (let from = draft.anchor; from <= chapters.now && draft.endedAt === null;) {
    let yearEnd = from;
    for (let period = 0; period < (deal.interval === 'year' ? 1 : 12); period++) yearEnd = renewalAfter(draft, yearEnd);
    const bad = yearEnd >= chapters.badQuarter[0] && yearEnd < chapters.badQuarter[1];
    const noticeAt = random.chance(bad ? 0.3 : 0.05)
      ? momentBetween(random, addMs(yearEnd, -60 * DAY_MS), addMs(yearEnd, -5 * DAY_MS))
      : null;
    const at = momentBetween(random, from, addMs(yearEnd, -61 * DAY_MS));
    if (random.chance(0.42) && at !== null && at <= chapters.now) change(draft, at, raise(random.int(10, 30)), 'now');
    else if (random.chance(0.12) && deal.interval === 'year' && draft.contract.paidBy === 'card')
      failOnce(draft, from, random, chapters);
    if (noticeAt !== null && noticeAt <= chapters.now) {
      const endsAt = deal.interval === 'year' ? yearEnd : renewalAfter(draft, noticeAt);
      scheduleEnd(draft, noticeAt, endsAt, 'requested', 'switched_service');
      return;
    }
    if (yearEnd <= chapters.now) change(draft, yearEnd, raise(random.int(5, 16)), 'none');
    from = yearEnd;
  }
}

function failOnce(draft: Draft, from: Instant, random: Random, chapters: Chapters): void {
  const failedAt = addMs(from, COLLECTION_MS);
  const recoveredAt = addMs(failedAt, random.int(2, 9) * DAY_MS);
  if (from === draft.contract.startedAt || recoveredAt > chapters.now) return;
  add(draft, { at: failedAt, kind: 'payment_failed' });
  add(draft, { at: recoveredAt, kind: 'payment_recovered' });
}

function onboarding(deal: Deal, random: Random): OneOff[] {
  if (!random.chance(0.5)) return [];
  const day = Math.round(deal.amountMinor / (deal.interval === 'year' ? 40 : 4) / 10_000) * 10_000;
  if (day === 0) return [];
  const lines = ['Kick-off', 'Data migration', 'Training, first group', 'Training, second group'].slice(
    0,
    random.int(1, 4),
  );
  return [{ at: addMs(deal.signedAt, 3_600_000), lines: lines.map((text) => ({ text, minor: day })) }];
}
