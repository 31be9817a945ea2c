/** Puts the whole company together: who joins when, in which currency, and the scripted lives. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addMs, DAY_MS, instant, type Instant } from '../../../shared/kernel/instant.ts';
import { dayAt, startOfDay, UTC } from '../../../shared/kernel/day.ts';
import { monthsAfter } from './calendar.ts';
import { chaptersUntil, HISTORY_MONTHS, type Chapters } from './chapters.ts';
import { createCast } from './cast.ts';
import { enterpriseLife } from './enterprise.ts';
import type { Company, Life } from './life.ts';
import { COUPONS, GBP, EUR } from './price-list.ts';
import { createRandom, type Random } from './random.ts';
import { selfServeLife } from './self-serve.ts';
import { storyLives } from './story.ts';

export interface CompanyOptions {
  /** The present; everything is told relative to it. */
  readonly now: Instant;
  readonly seed?: string;
  /** Multiplies the number of customers, for load tests; 1 is the documented company. */
  readonly scale?: number;
}

export const DEFAULT_SEED = 'kestrel';
const SHARE_OF_CURRENCY = { USD: 63, EUR: 21, GBP: 14, JPY: 2 } as const;
/** Month of the company at which sales began, and deals signed per month since. */
const SALES_FROM_MONTH = 7;

/**
 * The demo company «Kestrel Labs»: 36 months of customers' lives up to `now`.
 * Equal options give equal lives on every machine.
 */
export function demoCompany(options: CompanyOptions): Company {
  const seed = options.seed ?? DEFAULT_SEED;
  const scale = options.scale ?? 1;
  const chapters = chaptersUntil(options.now);
  const random = createRandom(seed);
  const cast = createCast(random.fork('cast'));
  const lives: Life[] = [];
  for (let month = 0; month < HISTORY_MONTHS; month++) {
    const drawn = random.fork(`month-${month}`);
    const joining = Math.round((9 + month * 0.72 + drawn.int(-2, 2)) * scale);
    for (let index = 0; index < joining; index++) {
      const currency = drawn.weighted(SHARE_OF_CURRENCY) as CurrencyCode;
      const key = `c${String(month).padStart(2, '0')}-${String(index).padStart(3, '0')}`;
      const joinedAt = momentInMonth(drawn, chapters, month);
      lives.push(selfServeLife(key, cast(currency), currency, joinedAt, chapters, random.fork(key)));
    }
    for (let index = 0; index < Math.round(dealsIn(month, drawn) * scale); index++) {
      const currency = drawn.weighted({ USD: 70, EUR: 18, GBP: 12 }) as CurrencyCode;
      const key = `e${String(month).padStart(2, '0')}-${String(index).padStart(3, '0')}`;
      const signedAt = momentInMonth(drawn, chapters, month);
      lives.push(dealLife(key, currency, signedAt, cast, chapters, random.fork(key)));
    }
  }
  lives.push(...storyLives(chapters));
  lives.sort((a, b) => a.joinedAt - b.joinedAt || (a.key < b.key ? -1 : 1));
  return {
    name: 'Kestrel Labs',
    seed,
    now: options.now,
    foundedAt: chapters.foundedAt,
    lives,
    coupons: Object.values(COUPONS),
    deletedCoupons: [],
  };
}

function dealsIn(month: number, drawn: Random): number {
  if (month < SALES_FROM_MONTH) return 0;
  return drawn.chance(0.4) ? 2 : drawn.chance(0.8) ? 1 : 0;
}

function dealLife(
  key: string,
  currency: CurrencyCode,
  signedAt: Instant,
  cast: ReturnType<typeof createCast>,
  chapters: Chapters,
  random: Random,
): Life {
  const interval = random.chance(0.6) ? 'year' : 'month';
  const monthly = random.int(5, 21) * 6_000;
  const inCurrency =
    currency === GBP ? Math.round(monthly * 0.8) : currency === EUR ? Math.round(monthly * 0.9) : monthly;
  const rounded = Math.round(inCurrency / 1_200) * 1_200;
  return enterpriseLife(
    {
      key,
      persona: cast(currency),
      currency,
      interval,
      amountMinor: interval === 'year' ? rounded * 12 : rounded,
      signedAt,
      calls: random.chance(0.3),
    },
    chapters,
    random,
  );
}

/** A second in office hours of a day in the company's nth month, before now. */
function momentInMonth(drawn: Random, { now, foundedAt }: Chapters, month: number): Instant {
  const from = monthsAfter(foundedAt, month);
  const day = startOfDay(dayAt(addMs(from, drawn.int(0, 29) * DAY_MS), UTC), UTC);
  const at = instant(day + drawn.int(8 * 3600, 20 * 3600 - 1) * 1000);
  return at < now ? at : instant(at - 3 * DAY_MS);
}
