/**
 * What the demo company's customers do in its product, told from their lives in
 * billing: use falls before they leave, trials that were activated pay, and a
 * plan's limit is nearly used up before somebody moves to a larger one.
 */
import { DAY_MS, HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Company, Life, PlanKey } from '../scenario/life.ts';
import { createCast } from '../scenario/cast.ts';
import { createRandom, type Random } from '../scenario/random.ts';
import { standingOn, type Standing } from './standing.ts';

/** Events as the company names them. */
export const EVENTS = {
  visited: '$pageview',
  signedUp: 'signed up',
  activated: 'first report made',
  opened: 'dashboard opened',
  report: 'report made',
  exported: 'data exported',
  alert: 'alert set',
  invited: 'teammate invited',
} as const;
type EventName = (typeof EVENTS)[keyof typeof EVENTS];

/** Reports a month that a plan includes: what the company writes on its price page. */
export const REPORTS_INCLUDED: Readonly<Record<Exclude<PlanKey, 'enterprise'>, number>> = {
  starter: 60,
  growth: 250,
  pro: 800,
  scale: 2_500,
};
const ENTERPRISE_REPORTS = 4_000;

/** The company has sent events for so long. */
const HISTORY_DAYS = 190;

export interface UsagePerson {
  readonly id: string;
  readonly email: string | null;
  /** Where they came from. */
  readonly source: string;
  readonly account: UsageAccount | null;
}

export interface UsageAccount {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly life: Life | null;
}

/** What a person did of one kind on one day. */
export interface Use {
  /** Days since 1970-01-01, UTC. */
  readonly day: number;
  readonly person: UsagePerson;
  readonly event: EventName;
  readonly count: number;
  /** The first of them. */
  readonly at: Instant;
}

/** Everything up to the company's present, in the order of days; equal companies give equal stories. */
export function usageStory(company: Company): Use[] {
  const random = createRandom(`${company.seed}/usage`);
  const from = Math.floor(company.now / DAY_MS) - HISTORY_DAYS;
  const uses: Use[] = [];
  for (const life of company.lives)
    if (life.contracts.length > 0) tellLife(life, company.now, from, random.fork(life.key), uses);
  tellStrangers(company, from, random.fork('strangers'), uses);
  return uses.filter(({ at, day }) => at <= company.now && day >= from).toSorted((a, b) => a.day - b.day);
}

function tellLife(life: Life, now: Instant, from: number, random: Random, uses: Use[]): void {
  const account = accountOf(life);
  const team = peopleOf(life, account, random);
  const [founder] = team;
  const joined = life.joinedAt;
  const paid = standingOn(life, joined + 40 * DAY_MS) !== null;
  const today = Math.floor(now / DAY_MS);
  if (founder === undefined) return;
  if (life.channel !== 'sales') {
    put(uses, founder, EVENTS.visited, joined - random.int(10, 6 * 24 * 60) * 60_000, 1);
    put(uses, founder, EVENTS.signedUp, joined - 60_000, 1);
    if (paid || random.chance(0.3)) put(uses, founder, EVENTS.activated, joined + random.int(1, 96) * HOUR_MS, 1);
  }
  const appetite = 0.12 + random.fraction() * 0.45;
  const regularity = 0.35 + random.fraction() * 0.5;
  const first = Math.max(from, Math.floor(joined / DAY_MS));
  // A day of somebody who is no customer any more, or not yet, is empty: nothing is drawn for it.
  for (let day = first; day <= today; day++) {
    const standing = standingOn(life, (day + 0.5) * DAY_MS);
    if (standing !== null) tellDay(team, day, standing, { appetite, regularity }, random, uses);
  }
}

interface Habit {
  /** Share of the plan's limit that is used in a usual month. */
  readonly appetite: number;
  /** The chance that a person works on a working day. */
  readonly regularity: number;
}

const WORKING_DAYS = 22;

function tellDay(
  team: readonly UsagePerson[],
  day: number,
  standing: Standing,
  { appetite, regularity }: Habit,
  random: Random,
  uses: Use[],
): void {
  const isWeekend = (day + 3) % 7 >= 5;
  const waning = standing.leavesInDays === null ? 1 : Math.max(0.06, Math.min(1, standing.leavesInDays / 60));
  const growing = standing.growsInDays !== null && standing.growsInDays < 40;
  const limit = standing.plan === 'enterprise' ? ENTERPRISE_REPORTS : REPORTS_INCLUDED[standing.plan];
  const perDay = ((growing ? 0.86 + 0.1 * random.fraction() : appetite) * limit * waning) / WORKING_DAYS;
  const chance = regularity * waning * (isWeekend ? 0.12 : 1);
  const there = team.filter((_, index) => (growing && !isWeekend && index === 0) || random.chance(chance));
  there.forEach((person, index) => {
    const at = (day * 24 + 8) * HOUR_MS + random.int(0, 9 * 60) * 60_000;
    put(uses, person, EVENTS.opened, at, random.int(1, 7));
    const share = perDay / there.length / (growing ? 1 : regularity);
    const reports = Math.round(share * (0.85 + random.fraction() * 0.3));
    if (reports > 0) put(uses, person, EVENTS.report, at + 60_000, reports);
    if (random.chance(0.16)) put(uses, person, EVENTS.exported, at + 120_000, random.int(1, 3));
    if (random.chance(0.07)) put(uses, person, EVENTS.alert, at + 180_000, 1);
    if (index === 0 && random.chance(0.02)) put(uses, person, EVENTS.invited, at + 240_000, 1);
  });
}

function put(uses: Use[], person: UsagePerson, event: EventName, at: number, count: number): void {
  uses.push({ day: Math.floor(at / DAY_MS), person, event, count, at: (at - (at % 1_000)) as Instant });
}

function accountOf(life: Life): UsageAccount {
  const domain = life.email.split('@')[1] ?? '';
  return { id: `org-${life.key}`, name: life.company, domain, life };
}

/** As many as the plan asks for, at most four: the rest of a large team looks on. */
function peopleOf(life: Life, account: UsageAccount, random: Random): UsagePerson[] {
  const seats = life.contracts[0]?.positions.reduce((sum, { quantity }) => sum + quantity, 0) ?? 1;
  const size = life.channel === 'sales' ? random.int(2, 4) : Math.min(4, 1 + Math.floor(seats / 3) + random.int(0, 1));
  return Array.from({ length: size }, (_, index) => ({
    id: `p-${life.key}-${index}`,
    email: index === 0 ? life.email : `user${index}@${account.domain}`,
    source: life.channel,
    account,
  }));
}

/** Who only looked, by channel and day; and who signed up and never bought. */
const STRANGERS_A_DAY = { self_serve: 13, referral: 3, friends: 1 } as const;
const SIGN_UP_CHANCE = { self_serve: 0.035, referral: 0.07, friends: 0.1 } as const;

function tellStrangers(company: Company, from: number, random: Random, uses: Use[]): void {
  const cast = createCast(random.fork('cast'));
  const today = Math.floor(company.now / DAY_MS);
  const scale = Math.min(1, company.lives.length / 700);
  for (let day = from; day <= today; day++)
    for (const source of ['self_serve', 'referral', 'friends'] as const) {
      const many = Math.round(STRANGERS_A_DAY[source] * scale * (0.6 + random.fraction() * 0.8));
      for (let index = 0; index < many; index++) {
        const at = day * DAY_MS + random.int(6 * 60, 22 * 60) * 60_000;
        const signsUp = random.chance(SIGN_UP_CHANCE[source]);
        const persona = signsUp ? cast('USD' as Parameters<typeof cast>[0]) : null;
        const key = `${day}-${source}-${index}`;
        const account =
          persona === null
            ? null
            : { id: `org-x${key}`, name: persona.company, domain: persona.email.split('@')[1] ?? '', life: null };
        const person: UsagePerson = { id: `v-${key}`, email: persona?.email ?? null, source, account };
        put(uses, person, EVENTS.visited, at, random.int(1, 4));
        if (!signsUp) continue;
        put(uses, person, EVENTS.signedUp, at + 10 * 60_000, 1);
        if (random.chance(0.3)) put(uses, person, EVENTS.activated, at + 2 * HOUR_MS, 1);
      }
    }
}
