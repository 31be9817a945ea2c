/**
 * How the demo company sells: the deals behind every customer whom a
 * salesperson won, the ones that were lost, and those under way today. Told
 * from the customers' lives, so that sales and billing tell one story.
 */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addMs, DAY_MS, HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { monthsAfter } from '../scenario/calendar.ts';
import { createCast } from '../scenario/cast.ts';
import type { Company, Contract, Life } from '../scenario/life.ts';
import { createRandom, type Random } from '../scenario/random.ts';

export const STAGES = ['qualified', 'demo', 'proposal', 'negotiation', 'closedwon', 'closedlost'] as const;
export type Stage = (typeof STAGES)[number];

export interface Rep {
  readonly key: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly team: string;
  readonly from: Instant;
  /** When they left the company; null for those who are still there. */
  readonly until: Instant | null;
}

/** A company that was sold to, whether or not it became a customer. */
export interface Prospect {
  readonly key: string;
  readonly company: string;
  readonly contact: string;
  readonly email: string;
  readonly country: string;
  readonly createdAt: Instant;
  /** The life in billing, where it became a customer. */
  readonly life: Life | null;
}

export interface SalesDeal {
  readonly key: string;
  readonly prospect: Prospect;
  readonly name: string;
  readonly rep: Rep;
  /** The yearly value in minor units. */
  readonly amountMinor: number;
  readonly currency: CurrencyCode;
  /** Oldest first. */
  readonly stages: readonly { readonly stage: Stage; readonly at: Instant }[];
  readonly closesAt: Instant;
  readonly lastTouchedAt: Instant;
  readonly lossReason: string | null;
  readonly lines: readonly { readonly key: string; readonly name: string; readonly amountMinor: number }[];
}

export interface SalesStory {
  readonly reps: readonly Rep[];
  readonly prospects: readonly Prospect[];
  readonly deals: readonly SalesDeal[];
}

const OPEN_DEALS = 14;
const LOST_PER_MONTH = 2;
const LOSS_REASONS = ['Price', 'No decision', 'Chose a competitor', 'Missing feature', 'Built it themselves'] as const;

/** Everything up to `now`; equal companies give equal stories. */
export function salesStory(company: Company, now: Instant): SalesStory {
  const random = createRandom(`${company.seed}/sales`);
  const reps = repsOf(company);
  const sold = company.lives.filter(({ channel, contracts }) => channel === 'sales' && contracts.length > 0);
  const won = sold.map((life) => wonDeal(life, reps, random.fork(life.key)));
  const first = won.reduce<Instant>((earliest, { stages }) => earlier(earliest, stages[0]?.at ?? now), now);
  const cast = strangers(company, random.fork('prospects'));
  const lost: SalesDeal[] = [];
  for (let month = 0; monthsAfter(company.foundedAt, month) < now; month++) {
    const from = monthsAfter(company.foundedAt, month);
    if (from < first) continue;
    for (let index = 0; index < LOST_PER_MONTH; index++) {
      const drawn = random.fork(`lost-${month}-${index}`);
      const deal = lostDeal(`l${month}-${index}`, from, cast, reps, drawn);
      if ((deal.stages.at(-1)?.at ?? now) < now) lost.push(deal);
    }
  }
  const open = Array.from({ length: OPEN_DEALS }, (_, index) =>
    openDeal(`o-${index}`, now, cast, reps, random.fork(`open-${index}`)),
  );
  const selfServe = company.lives
    .filter(
      ({ channel, key, deletedAt }) => channel === 'self_serve' && deletedAt === null && random.fork(key).chance(0.2),
    )
    .map(prospectOf);
  const deals = [...won, ...lost, ...open];
  return { reps, prospects: [...deals.map(({ prospect }) => prospect), ...selfServe], deals };
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

function repsOf({ foundedAt }: Company): Rep[] {
  return [
    { key: 'r1', firstName: 'Amara', lastName: 'Voss', team: 'Americas', from: foundedAt, until: null },
    { key: 'r2', firstName: 'Ilse', lastName: 'Brandt', team: 'Europe', from: monthsAfter(foundedAt, 14), until: null },
    {
      key: 'r3',
      firstName: 'Cal',
      lastName: 'Moreno',
      team: 'Americas',
      from: monthsAfter(foundedAt, 9),
      until: monthsAfter(foundedAt, 26),
    },
    {
      key: 'r4',
      firstName: 'Priya',
      lastName: 'Nair',
      team: 'Americas',
      from: monthsAfter(foundedAt, 24),
      until: null,
    },
  ];
}

/** Somebody who was there on the day, and whose region it is. */
function repFor(reps: readonly Rep[], at: Instant, currency: CurrencyCode, random: Random): Rep {
  const there = reps.filter(({ from, until }) => from <= at && (until === null || at < until));
  const region = currency === 'USD' ? 'Americas' : 'Europe';
  const near = there.filter(({ team }) => team === region);
  const [fallback] = reps;
  const pool = near.length > 0 ? near : there;
  return pool.length > 0 ? random.pick(pool) : fallback!;
}

function prospectOf(life: Life): Prospect {
  const { key, company, contact, email, country, joinedAt } = life;
  return { key, company, contact, email, country, createdAt: joinedAt, life };
}

function wonDeal(life: Life, reps: readonly Rep[], random: Random): SalesDeal {
  const [contract] = life.contracts as readonly [Contract, ...Contract[]];
  const signedAt = contract.startedAt;
  const amountMinor = yearlyMinor(contract);
  const stages = stagesUntil(life.joinedAt, signedAt, 'closedwon');
  return {
    key: `w-${life.key}`,
    prospect: prospectOf(life),
    name: `${life.company}: enterprise agreement`,
    rep: repFor(reps, signedAt, life.currency, random),
    amountMinor,
    currency: life.currency,
    stages,
    closesAt: signedAt,
    lastTouchedAt: addMs(signedAt, -2 * HOUR_MS),
    lossReason: null,
    lines: [{ key: `w-${life.key}-1`, name: 'Kestrel Enterprise', amountMinor }],
  };
}

/** What the agreement is worth over a year at signing, without metered calls. */
function yearlyMinor({ positions }: Contract): number {
  return positions.reduce((sum, { card, quantity }) => {
    if (card.metered || card.unitMinor === null) return sum;
    return sum + Math.round(Number(card.unitMinor) * quantity) * (card.interval === 'year' ? 1 : 12);
  }, 0);
}

function stagesUntil(from: Instant, to: Instant, last: Stage): SalesDeal['stages'] {
  const between = ['qualified', 'demo', 'proposal', 'negotiation'] as const;
  const step = Math.max(HOUR_MS, Math.floor((to - from) / between.length));
  const passed = between.map((stage, index) => ({ stage, at: addMs(from, index * step) })).filter(({ at }) => at < to);
  return [...passed, { stage: last, at: to }];
}

type Cast = ReturnType<typeof createCast>;

/** Companies that are no customers: a name that a customer bears is drawn again. */
function strangers({ lives }: Company, random: Random): Cast {
  const customers = new Set(lives.map(({ company }) => company));
  const cast = createCast(random);
  return (currency) => {
    for (;;) {
      const persona = cast(currency);
      if (!customers.has(persona.company)) return persona;
    }
  };
}

function lostDeal(key: string, from: Instant, cast: Cast, reps: readonly Rep[], random: Random): SalesDeal {
  const currency = random.weighted({ USD: 70, EUR: 18, GBP: 12 }) as CurrencyCode;
  const startedAt = addMs(from, random.int(0, 27) * DAY_MS + random.int(9, 17) * HOUR_MS);
  const lostAt = addMs(startedAt, random.int(12, 90) * DAY_MS);
  const reached = random.int(1, 4);
  const stages = [
    ...stagesUntil(startedAt, lostAt, 'closedlost').slice(0, reached),
    { stage: 'closedlost', at: lostAt } as const,
  ];
  return newBusiness(key, cast, currency, random, {
    rep: repFor(reps, startedAt, currency, random),
    startedAt,
    stages,
    closesAt: lostAt,
    lastTouchedAt: addMs(lostAt, -random.int(1, 9) * DAY_MS),
    lossReason: random.pick(LOSS_REASONS),
  });
}

function openDeal(key: string, now: Instant, cast: Cast, reps: readonly Rep[], random: Random): SalesDeal {
  const currency = random.weighted({ USD: 70, EUR: 18, GBP: 12 }) as CurrencyCode;
  const startedAt = addMs(now, -random.int(6, 110) * DAY_MS);
  const reached = random.int(1, 4);
  const stages = stagesUntil(startedAt, addMs(now, -random.int(1, 5) * DAY_MS), 'closedlost').slice(0, reached);
  return newBusiness(key, cast, currency, random, {
    rep: repFor(reps, now, currency, random),
    startedAt,
    stages,
    // Some are overdue: that is what a pipeline looks like.
    closesAt: addMs(now, random.int(-12, 75) * DAY_MS),
    lastTouchedAt: addMs(now, -random.int(0, 24) * DAY_MS),
    lossReason: null,
  });
}

type Course = Pick<SalesDeal, 'rep' | 'stages' | 'closesAt' | 'lastTouchedAt' | 'lossReason'> & {
  readonly startedAt: Instant;
};

function newBusiness(key: string, cast: Cast, currency: CurrencyCode, random: Random, course: Course): SalesDeal {
  const { startedAt, ...told } = course;
  const persona = cast(currency);
  const amountMinor = random.int(6, 40) * 120_000;
  return {
    key,
    prospect: { key, ...persona, createdAt: startedAt, life: null },
    name: `${persona.company}: new business`,
    amountMinor,
    currency,
    ...told,
    lines: [{ key: `${key}-1`, name: 'Kestrel Enterprise', amountMinor }],
  };
}
