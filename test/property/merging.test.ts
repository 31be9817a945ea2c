/**
 * Customers that are one company: over random lives, a merge and its way back, by taking it back or by splitting, leave
 * the ledger and the customers as they were; merged, the ledger is the one of a company that always had one customer.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge, split, undo } from '../../src/main/engine/identity/index.ts';
import { bridge, snapshot, verify } from '../../src/main/engine/metrics/index.ts';
import { dayNumber, dayOfNumber, plainDay, startOfDay, UTC } from '../../src/shared/kernel/day.ts';
import { addMs, DAY_MS } from '../../src/shared/kernel/instant.ts';
import { at, company, item, price, subscription, type Company } from '../unit/metrics/support/company.ts';

const RUNS = Number(process.env['VARIO_MERGE_RUNS'] ?? 6);
const CUSTOMERS = 6;
const FIRST = dayNumber(plainDay('2025-01-01'));
const LAST = dayNumber(plainDay('2026-06-30'));
const NOW = at('2026-06-30T13:00:00Z');

const lifeArb = fc.record({
  begin: fc.integer({ min: FIRST, max: LAST - 60 }),
  months: fc.integer({ min: 1, max: 14 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  grows: fc.integer({ min: 0, max: 3 }),
});
type Life = typeof lifeArb extends fc.Arbitrary<infer Value> ? Value : never;
/** Whom of the customers becomes part of the first one. */
const mergedArb = fc.uniqueArray(fc.integer({ min: 1, max: CUSTOMERS - 1 }), { minLength: 1, maxLength: 4 });

function live(lives: readonly Life[]): { made: Company; ids: number[] } {
  const made = company('2026-06-30');
  const ids = lives.map(({ begin, months, quantity, grows }, place) => {
    const customerId = made.customer(`cus_${place}`);
    const start = startOfDay(dayOfNumber(begin), UTC);
    const plan = price({ id: 'price_main' });
    const base = subscription(start, { id: `sub_${place}`, customerId: `cus_${place}` });
    const items = (count: number) => [item(plan, { id: `si_${place}`, quantity: String(count) })];
    const end = addMs(start, months * 30 * DAY_MS);
    made.see({ ...base, items: items(quantity) }, start);
    made.see({ ...base, items: items(quantity + grows) }, addMs(start, 20 * DAY_MS));
    if (end < NOW)
      made.see({ ...base, items: items(quantity + grows), status: 'canceled', canceledAt: end, endedAt: end }, end);
    return customerId;
  });
  return { made, ids };
}

const TABLES = {
  movement: `SELECT * FROM movement m WHERE reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)`,
  movement_rollup: 'SELECT * FROM movement_rollup',
  gauge_rollup: 'SELECT * FROM gauge_rollup',
  subscription_state: 'SELECT * FROM subscription_state',
  customer_standing: 'SELECT * FROM customer_standing',
  customer: 'SELECT * FROM customer',
  billing_customer: 'SELECT * FROM billing_customer',
};

/** What stands, in any order; left out are the numbers of rows and runs, and rollups that add up to nothing. */
function standing({ db }: Company, of: readonly (keyof typeof TABLES)[], withoutCustomer = false): object {
  return Object.fromEntries(
    of.map((table) => [
      table,
      db
        .prepare<[], Record<string, unknown>>(TABLES[table])
        .all()
        .map(({ movement_id: _movement, run_id: _run, last_run_id: _last, ...row }) => {
          if (withoutCustomer) delete row['customer_id'];
          return JSON.stringify(row, (_key, value: unknown) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
          );
        })
        .toSorted(),
    ]),
  );
}
const EVERYTHING = Object.keys(TABLES) as (keyof typeof TABLES)[];

test('a merge that is taken back, or split again, leaves everything as it was', () => {
  fc.assert(
    fc.property(
      fc.array(lifeArb, { minLength: CUSTOMERS, maxLength: CUSTOMERS }),
      mergedArb,
      fc.boolean(),
      (lives, chosen, bySplitting) => {
        const { made, ids } = live(lives);
        made.recompute();
        const before = standing(made, EVERYTHING);
        const others = chosen.map((place) => ids[place] ?? 0);
        const decisions = merge(made.db, NOW, others, ids[0] ?? 0);
        made.recompute();
        expect(verify(made.db, made.context).differences).toEqual([]);
        if (bySplitting) for (const place of chosen) split(made.db, NOW, 1, `cus_${place}`);
        else undo(made.db, NOW, decisions.slice(0, 1));
        made.recompute();
        expect(standing(made, EVERYTHING)).toEqual(before);
        expect(verify(made.db, made.context).differences).toEqual([]);
        made.close();
      },
    ),
    { numRuns: RUNS },
  );
});

test('merged customers have the ledger of one that was always one', () => {
  fc.assert(
    fc.property(fc.array(lifeArb, { minLength: CUSTOMERS, maxLength: CUSTOMERS }), mergedArb, (lives, chosen) => {
      const later = live(lives);
      later.made.recompute();
      merge(
        later.made.db,
        NOW,
        chosen.map((place) => later.ids[place] ?? 0),
        later.ids[0] ?? 0,
      );
      later.made.recompute();
      // Here they are one before anything is computed.
      const always = live(lives);
      const give = always.made.db.prepareWrite<[number, string]>(
        'UPDATE billing_customer SET customer_id = ? WHERE id = ?',
      );
      for (const place of chosen) give.run(always.ids[0] ?? 0, `cus_${place}`);
      always.made.recompute();
      const ledger = ['movement', 'movement_rollup', 'gauge_rollup', 'subscription_state'] as const;
      expect(standing(later.made, ledger, true)).toEqual(standing(always.made, ledger, true));
      later.made.close();
      always.made.close();
    }),
    { numRuns: RUNS },
  );
});

test('a company that moves from one Stripe customer to another on a day neither churns nor is new again', () => {
  const made = company('2026-06-30');
  const plan = price({ id: 'price_main' });
  const [start, change] = [at('2026-01-10'), at('2026-03-10T09:00:00Z')];
  const first = subscription(start, { id: 'sub_a', customerId: 'cus_a', items: [item(plan)] });
  made.see(first, start);
  made.see({ ...first, status: 'canceled', canceledAt: change, endedAt: change }, change);
  made.see(subscription(change, { id: 'sub_b', customerId: 'cus_b', items: [item(plan, { quantity: '3' })] }), change);
  made.recompute();
  const march = { from: plainDay('2026-03-01'), to: plainDay('2026-03-31') };
  const flows = () => {
    const { new: won, churn, expansion, reactivation } = bridge(made.db, march, made.context).mrr;
    return { won, churn, expansion, reactivation };
  };
  const apart = flows();
  expect([apart.won, apart.churn]).not.toContain(0);
  merge(made.db, NOW, [made.customer('cus_b')], made.customer('cus_a'));
  made.recompute();
  expect(flows()).toMatchObject({ won: 0, churn: 0, expansion: 20_000, reactivation: 0 });
  expect(snapshot(made.db, { asOf: plainDay('2026-06-30') }, made.context).customers).toBe(1);
  made.close();
});
