/**
 * What the demo company's customers ask for help with and what they answer
 * when they are asked whether they would recommend it. Told from the lives in
 * billing, so that both tell one story: who leaves soon asks more often and is
 * less pleased, and in the bad quarter everybody waits longer for an answer.
 */
import { dayAt, UTC, type PlainDay } from '../../../shared/kernel/day.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { monthsAfter } from '../scenario/calendar.ts';
import { chaptersUntil } from '../scenario/chapters.ts';
import type { Company, Contract, Life } from '../scenario/life.ts';
import { createRandom, type Random } from '../scenario/random.ts';

export type CaseStatus = 'new' | 'open' | 'pending' | 'on_hold' | 'solved';
export type CasePriority = 'normal' | 'high';

export interface SupportCase {
  readonly key: string;
  /** Counted from 1, in order of time. */
  readonly number: number;
  readonly life: Life;
  readonly openedAt: Instant;
  readonly priority: CasePriority;
  readonly channel: 'conversation' | 'email';
  /** The first answer by a person; null while there is none. */
  readonly answeredAt: Instant | null;
  readonly solvedAt: Instant | null;
  readonly status: CaseStatus;
  readonly reopens: number;
  readonly updatedAt: Instant;
}

export interface SurveyAnswer {
  readonly key: string;
  readonly life: Life;
  readonly on: PlainDay;
  readonly score: number;
  readonly comment: string | null;
}

export interface SupportStory {
  readonly cases: readonly SupportCase[];
  readonly answers: readonly SurveyAnswer[];
}

/** Months of the company between two surveys, and before the first. */
const SURVEY_EVERY = 3;
const FIRST_SURVEY = 6;
const SHARE_THAT_ANSWERS = 0.35;
/** Who leaves within this many days is on the way out already. */
const ON_THE_WAY_OUT_DAYS = 120;

const COMMENTS = {
  detractor: ['Too slow since the last update', 'Hard to set up', 'Support took days', 'Too expensive for us'],
  passive: ['Does the job', 'Good, but the reports could be better'],
  promoter: ['Saves us a day a week', 'The team loves it', 'Great support', 'Simple and fast'],
} as const;

/** Everything up to `now`; equal companies give equal stories. */
export function supportStory(company: Company, now: Instant): SupportStory {
  const random = createRandom(`${company.seed}/support`);
  const served = company.lives.filter(({ contracts }) => contracts.some(({ neverPaid }) => !neverPaid));
  const cases = served
    .flatMap((life) => casesOf(life, company, now, random.fork(life.key)))
    .toSorted((a, b) => a.openedAt - b.openedAt || (a.key < b.key ? -1 : 1))
    .map((told, index) => ({ ...told, number: index + 1 }));
  const answers = served.flatMap((life) => answersOf(life, company, now, random.fork(`survey/${life.key}`)));
  return { cases, answers: answers.toSorted((a, b) => (a.on + a.key < b.on + b.key ? -1 : 1)) };
}

interface Span {
  readonly from: Instant;
  /** Null while it runs. */
  readonly until: Instant | null;
}

function spanOf({ startedAt, happenings }: Contract): Span {
  let until: Instant | null = null;
  for (const happening of happenings) {
    if (happening.kind === 'ended') until = happening.at;
    if (happening.kind === 'cancellation_scheduled') until = happening.endsAt;
    if (happening.kind === 'cancellation_withdrawn') until = null;
  }
  return { from: startedAt, until };
}

/** Days from `at` to the end of what runs then; infinite where no end is in sight, null where nothing runs. */
function daysLeft(life: Life, at: Instant): number | null {
  const running = life.contracts
    .filter(({ neverPaid }) => !neverPaid)
    .map(spanOf)
    .find(({ from, until }) => from <= at && (until === null || at < until));
  if (running === undefined) return null;
  return running.until === null ? Number.POSITIVE_INFINITY : (running.until - at) / DAY_MS;
}

function casesOf(life: Life, company: Company, now: Instant, random: Random): Omit<SupportCase, 'number'>[] {
  const { badQuarter } = chaptersUntil(company.now);
  const told: Omit<SupportCase, 'number'>[] = [];
  for (let month = 0; monthsAfter(life.joinedAt, month) < now; month++) {
    const openedAt = addMs(
      monthsAfter(life.joinedAt, month),
      random.int(0, 27) * DAY_MS + random.int(0, 1439) * MINUTE_MS,
    );
    const left = daysLeft(life, openedAt);
    const isBad = openedAt >= badQuarter[0] && openedAt < badQuarter[1];
    const chance = left === null ? 0 : left < ON_THE_WAY_OUT_DAYS ? 0.24 : isBad ? 0.18 : 0.09;
    const drawn = random.fork(`case/${month}`);
    if (openedAt >= now || !drawn.chance(chance)) continue;
    told.push(caseAt(`${life.key}/${month}`, life, openedAt, isBad, now, drawn));
  }
  return told;
}

function caseAt(
  key: string,
  life: Life,
  openedAt: Instant,
  isBad: boolean,
  now: Instant,
  random: Random,
): Omit<SupportCase, 'number'> {
  const priority = life.channel === 'sales' || random.chance(0.15) ? 'high' : 'normal';
  const channel = random.chance(0.6) ? 'conversation' : 'email';
  const minutes = Number(random.weighted({ 12: 30, 55: 28, 210: 24, 780: 14, 2_100: 4 })) * random.int(6, 14) * 0.1;
  const answeredAt = addMs(openedAt, Math.round(minutes * (isBad ? 3 : 1)) * MINUTE_MS + 30_000);
  const solvedAt = addMs(answeredAt, random.int(1, 90) * HOUR_MS);
  const reopens = random.chance(0.08) ? 1 : 0;
  const frame = { key, life, openedAt, priority, channel, reopens } as const;
  if (answeredAt >= now)
    return { ...frame, reopens: 0, answeredAt: null, solvedAt: null, status: 'new', updatedAt: openedAt };
  // One in thirty is never closed: nobody remembers it.
  if (solvedAt >= now || random.chance(0.03)) {
    const status = random.weighted({ open: 50, pending: 35, on_hold: 15 });
    return { ...frame, reopens: 0, answeredAt, solvedAt: null, status, updatedAt: answeredAt };
  }
  return { ...frame, answeredAt, solvedAt, status: 'solved', updatedAt: solvedAt };
}

function answersOf(life: Life, { foundedAt, now: present }: Company, now: Instant, random: Random): SurveyAnswer[] {
  const answers: SurveyAnswer[] = [];
  const { badQuarter } = chaptersUntil(present);
  for (let month = FIRST_SURVEY; monthsAfter(foundedAt, month) < now; month += SURVEY_EVERY) {
    const drawn = random.fork(`wave/${month}`);
    const at = addMs(monthsAfter(foundedAt, month), drawn.int(0, 13) * DAY_MS);
    const left = daysLeft(life, at);
    if (left === null || at >= now || at < addMs(life.joinedAt, 30 * DAY_MS) || !drawn.chance(SHARE_THAT_ANSWERS))
      continue;
    const isBad = at >= badQuarter[0] && at < badQuarter[1];
    const mood = drawn.weighted(
      left < ON_THE_WAY_OUT_DAYS
        ? { detractor: 58, passive: 27, promoter: 15 }
        : isBad
          ? { detractor: 30, passive: 35, promoter: 35 }
          : { detractor: 9, passive: 29, promoter: 62 },
    );
    const score =
      mood === 'detractor' ? drawn.int(1, 6) : mood === 'passive' ? drawn.int(7, 8) : drawn.chance(0.6) ? 10 : 9;
    const comment = drawn.chance(0.3) ? drawn.pick<string>(COMMENTS[mood]) : null;
    answers.push({ key: `${life.key}/${month}`, life, on: dayAt(at, UTC), score, comment });
  }
  return answers;
}
