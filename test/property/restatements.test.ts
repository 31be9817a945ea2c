/**
 * Closed months under random histories: whatever comes to light, changes or is
 * set otherwise after closing, what was reported plus its restatements is what
 * is known today, to the minor unit; nothing frozen ever changes; and nothing
 * is restated without a cause. VARIO_STORIES sets how many (40).
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  closingList,
  comparedMonth,
  openMonths,
  reopenMonth,
  reportedMonth,
  restatements,
} from '../../src/main/engine/closing/index.ts';
import { merge } from '../../src/main/engine/identity/index.ts';
import { POLICIES, policyOf, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { addDays, plainDay, startOfDay, timeZone, UTC } from '../../src/shared/kernel/day.ts';
import type { CustomerId } from '../../src/shared/kernel/ids.ts';
import { addMs, HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { close, compare } from '../unit/closing/close.ts';
import { company, coupon, discount, item, price, subscription, type Company } from '../unit/metrics/support/company.ts';

const STORIES = Number(process.env['VARIO_STORIES'] ?? 40);
const FIRST = plainDay('2026-01-05');
const DAYS = 165;
const CURRENCIES = ['USD', 'USD', 'EUR', 'JPY'] as const;

const day = fc.integer({ min: 0, max: DAYS });
const who = fc.integer({ min: 0, max: 11 });
const actArb = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('seen' as const),
      who,
      day,
      quantity: fc.integer({ min: 0, max: 9 }),
      off: fc.constantFrom(0, 0, 25),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('charge' as const),
      who,
      day,
      amount: fc.integer({ min: 1, max: 99_999 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('rate' as const), day, rate: fc.integer({ min: 900, max: 1_400 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('policy' as const), name: fc.constantFrom(...Object.keys(POLICIES)) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('currency' as const), to: fc.constantFrom('USD', 'EUR', 'JPY') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('zone' as const),
      to: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('merge' as const), who, into: who }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('reopen' as const), back: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('nothing' as const) }) },
);
type Act = typeof actArb extends fc.Arbitrary<infer Value> ? Value : never;

/** Tells one act and brings the ledger and the closed months up to date. @returns the settings from then on. */
function play(c: Company, act: Act, context: MetricsContext): MetricsContext {
  let after = context;
  switch (act.act) {
    case 'seen': {
      const currency = currencyCode(CURRENCIES[act.who % CURRENCIES.length]!);
      const at = addMs(startOfDay(addDays(FIRST, act.day), UTC), (act.who + 1) * HOUR_MS);
      const start = startOfDay(FIRST, UTC);
      const own = price({ id: `price_${act.who}`, currency, unitAmount: String(1_000 + 37 * act.who) });
      c.see(
        subscription(start, {
          id: `sub_${act.who}`,
          customerId: `cus_${act.who}`,
          currency,
          status: act.quantity === 0 ? 'canceled' : 'active',
          ...(act.quantity === 0 && { canceledAt: at, endedAt: at }),
          items: [item(own, { id: `si_${act.who}`, quantity: String(Math.max(1, act.quantity)) })],
          discounts: act.off > 0 ? [discount(coupon({ percentOff: String(act.off) }), at)] : [],
        }),
        at,
      );
      break;
    }
    case 'charge': {
      const currency = currencyCode(CURRENCIES[act.who % CURRENCIES.length]!);
      c.customer(`cus_${act.who}`);
      c.charge(`cus_${act.who}`, act.amount, startOfDay(addDays(FIRST, act.day), UTC), currency);
      break;
    }
    case 'rate':
      c.rate(addDays(FIRST, act.day), 'USD', `1.${act.rate}`);
      break;
    case 'policy':
      after = { ...context, policy: policyOf(act.name) };
      break;
    case 'currency':
      after = { ...context, currency: currencyCode(act.to) };
      break;
    case 'zone':
      after = { ...context, zone: timeZone(act.to) };
      break;
    case 'reopen': {
      const closed = closingList(c.db, null, context).months.filter(({ state }) => state === 'closed');
      const month = closed[act.back]?.month;
      if (month !== undefined) reopenMonth(c.db, month, 'as the story goes', context.now);
      break;
    }
    case 'merge': {
      const [from, into] = [act.who, act.into].map((n) => ownCustomer(c, `cus_${n}`));
      if (from !== undefined && into !== undefined && from !== into) merge(c.db, context.now, [from], into);
      break;
    }
    case 'close':
    case 'nothing':
      break;
  }
  c.recompute(after);
  const found = compare(c.db, after);
  if (act.act === 'nothing') expect(found).toBe(0);
  if (act.act === 'close') {
    const [next] = openMonths(c.db, after);
    if (next !== undefined) close(c.db, next, after);
  }
  return after;
}

/** The customer that a record of billing stands for by now. */
function ownCustomer(c: Company, record: string): CustomerId | undefined {
  return c.db
    .prepare<[string], { customer_id: CustomerId }>(`SELECT customer_id FROM billing_customer WHERE id = ?`)
    .first(record)?.customer_id;
}

function expectSums(c: Company, context: MetricsContext): void {
  for (const { month, state } of closingList(c.db, null, context).months) {
    if (state !== 'closed') continue;
    for (const { line, reported, restated, known } of comparedMonth(c.db, month, context).lines)
      expect([month, line, reported + restated]).toEqual([month, line, known]);
  }
}

/** Everything frozen so far, as text. */
function frozen(c: Company): string[] {
  const rows = (sql: string) =>
    c.db
      .prepare<[], object>(sql)
      .all()
      .map((row) => JSON.stringify(row));
  return [
    ...rows(`SELECT close_id, month, version, snapshot, bridge, flows, hash FROM month_close ORDER BY close_id`),
    ...rows(`SELECT * FROM restatement ORDER BY restatement_id`),
  ];
}

test('as reported and all restatements are what is known today', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(fc.array(actArb, { minLength: 15, maxLength: 45 }), (acts) => {
      const c = company('2026-06-20');
      try {
        for (let n = -1; n <= DAYS; n++) {
          c.rate(addDays(FIRST, n), 'USD', '1.25');
          c.rate(addDays(FIRST, n), 'JPY', '160');
        }
        let context = c.context;
        let before: string[] = [];
        for (const act of acts) {
          context = play(c, act, context);
          expectSums(c, context);
          const now = frozen(c);
          expect(now.filter((row) => before.includes(row))).toHaveLength(before.length);
          before = now;
        }
        for (const { month, close: stamp } of closingList(c.db, null, context).months)
          if (stamp) expect(reportedMonth(c.db, month, context).intact).toBe(true);
      } finally {
        c.close();
      }
    }),
    { numRuns: STORIES, endOnFailure: true },
  );
});

test('in one currency every restated movement has its customer, and nothing is left over', { timeout: 300_000 }, () => {
  const dollars = fc.array(
    fc.record({
      act: fc.constant('seen' as const),
      who: fc.constantFrom(0, 1, 4, 5, 8, 9),
      day,
      quantity: fc.integer({ min: 0, max: 9 }),
      off: fc.constantFrom(0, 25),
    }),
    { minLength: 6, maxLength: 14 },
  );
  fc.assert(
    fc.property(dollars, dollars, (first, later) => {
      const c = company('2026-06-20');
      try {
        let context = c.context;
        for (const act of first) context = play(c, act, context);
        for (const month of openMonths(c.db, context)) close(c.db, month, context);
        for (const act of later) context = play(c, act, context);
        expectSums(c, context);
        const { rows } = restatements(c.db, { limit: 1_000 });
        for (const { line, customerId, cause } of rows)
          if (line === 'opening') expect([customerId, cause]).toEqual([null, 'earlier_month']);
          else expect([line, customerId === null, ['late', 'changed'].includes(cause)]).toEqual([line, false, true]);
      } finally {
        c.close();
      }
    }),
    { numRuns: Math.ceil(STORIES / 2), endOnFailure: true },
  );
});
