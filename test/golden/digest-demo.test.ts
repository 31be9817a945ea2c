/**
 * Digests of the demo company through the real path, day by day, held against what its lives say happened on each: who
 * joined, which trials began, what moved, what failed and was paid after all, what was called off.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoCompany, demoTruth, startDemoServers, type Company, type DemoTruth } from '../../src/main/demo/index.ts';
import { customerOn } from '../../src/main/demo/truth/ledger.ts';
import { dailyDigest, weekOf, weeklyDigest } from '../../src/main/engine/digest/index.ts';
import { recompute, VARIO, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import { systemClock, systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { connectSource, syncSource } from '../../src/main/engine/sync/index.ts';
import type { DailyDigestReport } from '../../src/shared/contract/digest.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { addDays, dayAt, daysFromTo, plainDay, UTC, type PlainDay } from '../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { recordingLogger } from '../support/engine-ports.ts';

const NOW = instantOfIso('2026-11-20T12:00:00Z');
const SCALE = 0.25;
const TODAY = plainDay('2026-11-20');
/** Days that are over, so that nothing of them lies ahead. */
const DAYS = daysFromTo(addDays(TODAY, -120), addDays(TODAY, -1));

const context: MetricsContext = {
  now: NOW,
  today: TODAY,
  zone: UTC,
  currency: currencyCode('USD'),
  policy: VARIO,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  growthTarget: null,
  milestoneMinor: null,
};

let db: WriteDb;
let company: Company;
let truth: DemoTruth;
let digests: ReadonlyMap<PlainDay, DailyDigestReport>;
let cleanUp: () => void;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vario-golden-'));
  const opened = openWriter(join(folder, 'vario.db'), new Uint8Array(32).fill(1));
  cleanUp = () => {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  };
  db = opened.db;
  const servers = await startDemoServers({ now: NOW, scale: SCALE });
  try {
    const clock = { now: () => NOW, sleep: systemClock.sleep };
    const deps = { db, clock, random: systemRandom, http: systemHttp, logger: recordingLogger() };
    const { stripe, frankfurter } = servers;
    for (const connection of [
      { vendor: 'stripe', config: { apiBase: stripe.apiBase }, secrets: { apiKey: stripe.apiKey } },
      { vendor: 'frankfurter', config: { apiBase: frankfurter.apiBase }, secrets: {} },
    ])
      await syncSource(deps, (await connectSource(deps, connection)).sourceId);
  } finally {
    await servers.close();
  }
  recompute(db, context);
  company = demoCompany({ now: NOW, scale: SCALE });
  truth = demoTruth(company);
  digests = new Map(DAYS.map((day) => [day, dailyDigest(db, { from: day, to: day }, 'Kestrel Labs', context)]));
}, 300_000);
afterAll(() => cleanUp());

/** Days with something, with how many; the same for a section of every day's digest. */
function byDay(days: Iterable<PlainDay>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const day of days) if (day >= (DAYS[0] ?? TODAY) && day < TODAY) counts[day] = (counts[day] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function told(id: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [day, { sections }] of digests) {
    const found = sections.find((section) => section.id === id);
    if (found?.count == null) throw new Error(`${id} is not known on ${day}`);
    if (found.count > 0) counts[day] = found.count;
  }
  return counts;
}

const contracts = () => company.lives.flatMap((life) => life.contracts.map((contract) => ({ life, contract })));
const happenings = () =>
  contracts().flatMap(({ life, contract }) => contract.happenings.map((happening) => ({ life, contract, happening })));

test('sign-ups are the lives that begin on the day; of a deleted customer nobody knows when it began', () => {
  const joined = byDay(
    company.lives.flatMap(({ joinedAt, deletedAt }) => (deletedAt === null ? [dayAt(joinedAt, UTC)] : [])),
  );
  expect(Object.keys(joined).length).toBeGreaterThan(10);
  expect(told('signUps')).toEqual(joined);
});

test('trials that started are the contracts that begin with one', () => {
  const begun = contracts().flatMap(({ contract }) =>
    contract.trialEndsAt === null ? [] : [dayAt(contract.startedAt, UTC)],
  );
  expect(told('trialsStarted')).toEqual(byDay(begun));
});

test('movements are those of the lives, customer by customer', () => {
  const moved = (...kinds: string[]) =>
    byDay(truth.movements.flatMap(({ day, kind }) => (kinds.includes(kind) ? [day] : [])));
  expect(told('newCustomers')).toEqual(moved('new'));
  expect(told('expansion')).toEqual(moved('expansion'));
  expect(told('downgrades')).toEqual(moved('contraction'));
  expect(told('cameBack')).toEqual(moved('reactivation', 'resumed'));
  expect(told('left')).toEqual(moved('churn', 'paused'));
});

test('the sum of what left is that of the lives, on days on which all of it was in dollars', () => {
  const losses = Map.groupBy(
    truth.movements.filter(({ kind }) => kind === 'churn' || kind === 'paused'),
    ({ day }) => day,
  );
  let compared = 0;
  for (const [day, rows] of losses) {
    if (!digests.has(day) || rows.some(({ currency }) => currency !== 'USD')) continue;
    compared += 1;
    const lost = digests.get(day)?.sections.find(({ id }) => id === 'left')?.amount;
    const right = rows.reduce((sum, { annual }) => sum + annual, 0) / 12;
    // The bridge of a day is apportioned, so that it adds up: a cent per movement.
    expect(Math.abs((lost ?? 0) - right), day).toBeLessThanOrEqual(2);
  }
  expect(compared).toBeGreaterThan(5);
});

test('payments that failed and were made after all are those of the lives', () => {
  const of = (kind: string) =>
    byDay(happenings().flatMap(({ happening }) => (happening.kind === kind ? [dayAt(happening.at, UTC)] : [])));
  const recovered = of('payment_recovered');
  expect(Object.keys(recovered).length).toBeGreaterThan(0);
  expect(told('recoveries')).toEqual(recovered);
});

test('what was called off is what the lives called off while it paid, and did not take back', () => {
  const off = happenings().flatMap(({ life, contract, happening }) => {
    if (happening.kind !== 'cancellation_scheduled') return [];
    const later = contract.happenings.filter(({ at }) => at > happening.at);
    if (later.some(({ kind }) => kind === 'cancellation_withdrawn')) return [];
    const on = dayAt(happening.at, UTC);
    return dayAt(happening.endsAt, UTC) > on && customerOn(life, happening.at).annual > 0 ? [on] : [];
  });
  expect(told('cancellations')).toEqual(byDay(off));
});

test('a week adds up to its days', () => {
  const week = weeklyDigest(db, weekOf(plainDay('2026-11-11'), TODAY, 1), 'Kestrel Labs', context);
  const days = daysFromTo(week.from, week.to).map((day) => digests.get(day));
  const ofDays = (id: string) =>
    days.reduce((sum, day) => sum + (day?.sections.find((section) => section.id === id)?.count ?? 0), 0);
  for (const id of ['cancellations', 'trialsStarted', 'conversions', 'failedPayments', 'recoveries'])
    expect(week.sections.find((section) => section.id === id)?.count, id).toBe(ofDays(id));
  expect(week.figures.find(({ id }) => id === 'arr')?.value).toBe(week.bridge.arr.closing);
});
