/** Events rolled up: each once, people each once, and little held however many there are. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { z } from 'zod';
import { exportStream, type ExportSpec } from '../../../src/main/engine/sources/usage/export-stream.ts';
import { usageRollup, type SeenEvent } from '../../../src/main/engine/sources/usage/rollup.ts';
import { seenHashes } from '../../../src/main/engine/sources/usage/seen-hashes.ts';
import { addDays, daysFromTo, plainDay, type PlainDay } from '../../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import type { StreamRun } from '../../../src/main/engine/sources/kit/index.ts';

const TODAY = plainDay('2026-11-20');
const STEPS = { visited: 'visited', signUp: 'signed up', activation: 'activated', idle: new Set<string>() };

function event(day: PlainDay, number: number, person = `p${number}`): SeenEvent {
  return {
    identity: `${day} ${number}`,
    name: 'used',
    day,
    at: number,
    person,
    account: 'acme',
    accountName: null,
    domain: null,
    email: null,
    billingCustomerId: null,
    channel: null,
  };
}

test('a hash is met for the first time once, as a set would have it', () => {
  const hash = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 400 }), (hashes) => {
      const table = seenHashes();
      const set = new Set<number>();
      for (const each of hashes) {
        expect(table.add(each)).toBe(!set.has(each));
        set.add(each);
      }
      expect(table.size).toBe(set.size);
    }),
    { numRuns: 100 },
  );
  const many = seenHashes();
  for (let number = 0; number < 100_000; number++) many.add(number * 1_000_003);
  for (let number = 0; number < 100_000; number++) expect(many.add(number * 1_000_003)).toBe(false);
  expect(many.size).toBe(100_000);
});

test('events count once, people once per account, event and day', () => {
  const rollup = usageRollup(STEPS);
  for (const person of ['ada', 'bob', 'ada']) rollup.add(event(TODAY, rollup.events, person));
  rollup.add(event(TODAY, 0, 'ada'));
  const { events, counts } = rollup.record('x', TODAY, TODAY, false);
  expect(events).toBe(3);
  expect(counts).toEqual([
    { day: TODAY, account: 'acme', event: 'used', count: 3, users: 2 },
    { day: TODAY, account: 'acme', event: null, count: 3, users: 2 },
  ]);
});

/** A vendor with so many events a day; says which spans it was asked for. */
async function walked(perDay: (day: PlainDay) => number): Promise<{ asked: number[]; events: number }> {
  const asked: number[] = [];
  const spec: ExportSpec = {
    id: 'events',
    title: 'Events',
    mapping: {
      customerProperty: '',
      billingIdProperty: '',
      channelProperty: '',
      visitedEvent: '',
      signUpEvent: '',
      activationEvent: '',
      idleEvents: '',
    },
    wanted: 'x',
    row: z.unknown(),
    today: TODAY,
    historyDays: 20,
    rereadDays: 2,
    longestSpan: 30,
    walked: 'events',
    read(from, until, sink) {
      const days = daysFromTo(from, addDays(until, -1));
      asked.push(days.length);
      for (const day of days) {
        // One event that is told again and again is held once, and passes by as often.
        const one = event(day, 1);
        for (let number = 0; number < perDay(day); number++) sink.event(day, one, []);
      }
      return Promise.resolve();
    },
  };
  const run: StreamRun = {
    cursor: null,
    now: instantOfIso('2026-11-20T12:00:00Z'),
    stored: () => null,
    isRefused: () => false,
    currencies: () => [],
    firstDay: () => null,
    meteredCustomers: () => [],
  };
  let events = 0;
  for await (const { records } of exportStream(spec).read(run))
    for (const { value } of records.filter((record) => record.kind === 'object'))
      events += z.object({ events: z.number() }).safeParse(value).data?.events ?? 0;
  return { asked, events };
}

test('the first question is for a day; quiet days are asked for ever more at once', async () => {
  const { asked, events } = await walked(() => 1);
  expect(asked[0]).toBe(1);
  expect(Math.max(...asked)).toBeGreaterThan(4);
  expect(events).toBe(21);
});

test('days that turn out to be too many are asked for again, fewer at a time, and none is lost', async () => {
  const burst = plainDay('2026-11-12');
  const { asked, events } = await walked((day) => (day >= burst ? 300_000 : 1));
  // No span of several days beyond what is held: eight days of 300,000 are.
  expect(asked.length).toBeGreaterThan(5);
  expect(events).toBe(21);
});
