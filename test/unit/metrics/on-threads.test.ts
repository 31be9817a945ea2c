/** A ledger computed on threads is the ledger that one thread computes. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  rebuildOnThreads,
  recomputeOnThreads,
  verify,
  type DerivingThreads,
} from '../../../src/main/engine/metrics/index.ts';
import { noteFactsChanged } from '../../../src/main/engine/store/fact-version.ts';
import type { WriteDb } from '../../../src/main/engine/store/index.ts';
import { openDerivingThreads } from '../../support/deriving-threads.ts';
import { at, company, EUR, item, price, subscription, type Company } from './support/company.ts';

const KEY = new Uint8Array(32).fill(7);
/** Of more than one range of 64 customers each. */
const CUSTOMERS = 150;
const monthly = price({ id: 'price_monthly' });
const inEuro = price({ id: 'price_euro', currency: EUR });

function fileOf(db: WriteDb): string {
  return db.prepare<[], { file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`).first()!.file;
}

function someCompany(): Company & { readonly open: () => Promise<DerivingThreads> } {
  const c = company();
  onTestFinished(() => c.close());
  c.rate('2026-01-01', 'USD', '1.10');
  for (let n = 0; n < CUSTOMERS; n++) {
    const inEuros = n % 5 === 0;
    const id = `sub_${n}`;
    const body = (quantity: number, over: object = {}) =>
      subscription(at('2026-01-02'), {
        id,
        customerId: `cus_${n}`,
        ...(inEuros && { currency: EUR }),
        items: [item(inEuros ? inEuro : monthly, { id: `si_${n}`, quantity: String(quantity) })],
        ...over,
      });
    c.see(body(1), at('2026-01-02'));
    if (n % 3 === 0) c.see(body(4), at(`2026-02-${String(1 + (n % 28)).padStart(2, '0')}`));
    if (n % 7 === 0)
      c.see(body(4, { status: 'canceled', canceledAt: at('2026-04-01'), endedAt: at('2026-04-01') }), at('2026-04-01'));
  }
  return { ...c, open: openDerivingThreads(fileOf(c.db), KEY) };
}

const DERIVED = [
  'movement',
  'subscription_state',
  'state_part',
  'ledger_item',
  'movement_rollup',
  'gauge_rollup',
  'customer_block',
  'state_block',
  'customer_standing',
  'trial',
  'unvalued_item',
  'usage_level',
  'ledger_rate',
  'dirty_customer',
] as const;

/** All derived rows; without the numbers that depend on who came first. */
function derived({ db }: Company): Record<string, unknown[]> {
  return Object.fromEntries(
    DERIVED.map((table) => {
      const rows = db.all(db.build.selectFrom(table).selectAll()) as Record<string, unknown>[];
      return [table, rows.map(({ movement_id: _, ...row }) => JSON.stringify(row)).toSorted()];
    }),
  );
}

function scratchFiles({ db }: Company): string[] {
  return readdirSync(dirname(fileOf(db))).filter((name) => name.includes('scratch'));
}

test('it holds the same rows, range by range', async () => {
  const c = someCompany();
  const steps: number[] = [];
  const result = await recomputeOnThreads(c.db, c.context, c.open, {
    customersPerStep: 64,
    onProgress: ({ done }) => steps.push(done),
  });
  expect(result.customers).toBe(CUSTOMERS);
  expect(steps.length).toBeGreaterThan(2);
  const onThreads = derived(c);
  expect(verify(c.db, c.context)).toMatchObject({ customers: CUSTOMERS, differences: [] });

  for (const table of DERIVED) c.db.run(c.db.build.deleteFrom(table));
  c.db.run(c.db.build.deleteFrom('ledger_basis'));
  c.recompute();
  const inOneThread = derived(c);
  for (const table of DERIVED) if (table !== 'movement') expect(inOneThread[table], table).toEqual(onThreads[table]);
  const withoutRun = (rows: unknown[] = []) => rows.map((row) => String(row).replace(/"run_id":\d+/, ''));
  expect(withoutRun(inOneThread['movement'])).toEqual(withoutRun(onThreads['movement']));
  expect(scratchFiles(c)).toEqual([]);
});

test('a rebuild of a ledger that holds writes nothing but its run', async () => {
  const c = someCompany();
  c.recompute();
  const before = derived(c);
  expect(await rebuildOnThreads(c.db, c.context, c.open)).toMatchObject({
    customers: CUSTOMERS,
    added: 0,
    reversed: 0,
  });
  expect(derived(c)).toEqual(before);
});

test('what changed since is taken back and added, and dropped rows are dropped', async () => {
  const c = someCompany();
  c.recompute();
  const [{ body }] = c.db.all(c.db.build.selectFrom('subscription').select('body').where('id', '=', 'sub_1')) as [
    { body: string },
  ];
  c.see({ ...JSON.parse(body), items: [item(monthly, { id: 'si_1', quantity: '9' })] }, at('2026-01-02'));
  const result = await recomputeOnThreads(c.db, c.context, c.open);
  expect(result).toMatchObject({ customers: 1, added: 1, reversed: 1 });
  expect(verify(c.db, c.context).differences).toEqual([]);
});

test('what was prepared before facts changed is thrown away', async () => {
  const c = someCompany();
  const open = async (): Promise<DerivingThreads> => {
    const threads = await c.open();
    let first = true;
    return {
      ...threads,
      async derive(input) {
        const changes = await threads.derive(input);
        if (first) {
          first = false;
          c.see(subscription(at('2026-03-01'), { customerId: 'cus_2', items: [item(monthly)] }), at('2026-03-01'));
          noteFactsChanged(c.db);
        }
        return changes;
      },
    };
  };
  await recomputeOnThreads(c.db, c.context, open, { customersPerStep: 64 });
  expect(verify(c.db, c.context)).toMatchObject({ customers: CUSTOMERS, differences: [] });
  expect(scratchFiles(c)).toEqual([]);
});

test('a scratch file that something else removed is made again', async () => {
  const c = someCompany();
  const removing = (times: number) => async (): Promise<DerivingThreads> => {
    const threads = await c.open();
    let left = times;
    return {
      ...threads,
      async derive(input) {
        const changes = await threads.derive(input);
        if ((left -= 1) >= 0) c.db.dropScratch(input.scratch);
        return changes;
      },
    };
  };
  await recomputeOnThreads(c.db, c.context, removing(2), { customersPerStep: 64 });
  expect(verify(c.db, c.context)).toMatchObject({ customers: CUSTOMERS, differences: [] });
  await expect(rebuildOnThreads(c.db, c.context, removing(100))).rejects.toMatchObject({ code: 'storage_failed' });
});

test('stopped between two ranges, it leaves a whole ledger and the rest of the work list', async () => {
  const c = someCompany();
  const stop = new AbortController();
  const run = recomputeOnThreads(c.db, c.context, c.open, {
    customersPerStep: 64,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  const { n } = c.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM dirty_customer').first()!;
  expect(n).toBeGreaterThan(0);
  expect(n).toBeLessThan(CUSTOMERS);
  expect(verify(c.db, c.context)).toMatchObject({ customers: CUSTOMERS - n, differences: [] });
  expect(scratchFiles(c)).toEqual([]);
  await recomputeOnThreads(c.db, c.context, c.open);
  expect(verify(c.db, c.context)).toMatchObject({ customers: CUSTOMERS, differences: [] });
});

function movementIndexes({ db }: Company): string[] {
  return db
    .prepare<[], { name: string }>(`SELECT name FROM pragma_index_list('movement') ORDER BY name`)
    .all()
    .map(({ name }) => name);
}

test('a first load is done without the indexes in another order, which are there once it has ended', async () => {
  const c = someCompany();
  const before = movementIndexes(c);
  const meanwhile: string[][] = [];
  await recomputeOnThreads(c.db, c.context, c.open, {
    customersPerStep: 64,
    onProgress: () => meanwhile.push(movementIndexes(c)),
  });
  expect(meanwhile[0]).toEqual(['movement_by_customer', 'movement_by_reversal']);
  expect(movementIndexes(c)).toEqual(before);
});

test('a first load that is stopped has its indexes, and what comes later goes by them', async () => {
  const c = someCompany();
  const before = movementIndexes(c);
  const stop = new AbortController();
  const stopped = recomputeOnThreads(c.db, c.context, c.open, {
    customersPerStep: 64,
    signal: stop.signal,
    onProgress: ({ done }) => done > CUSTOMERS / 2 && stop.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  expect(movementIndexes(c)).toEqual(before);
  const meanwhile: string[][] = [];
  await recomputeOnThreads(c.db, c.context, c.open, { onProgress: () => meanwhile.push(movementIndexes(c)) });
  expect(meanwhile[0]).toEqual(before);
  expect(verify(c.db, c.context).differences).toEqual([]);
});

test('a price that says something else under its old id is kept as it was seen each time', () => {
  const c = company();
  onTestFinished(() => c.close());
  const seen = (day: string, quantity: string, unitAmount: string, nickname: string | null) =>
    c.see(
      subscription(at('2026-01-02'), {
        id: 'sub_1',
        items: [item({ ...monthly, unitAmount, nickname }, { id: 'si_1', quantity })],
      }),
      at(day),
    );
  seen('2026-01-02', '1', '10000', null);
  seen('2026-02-02', '2', '10000', 'Pro');
  seen('2026-03-02', '3', '12000', 'Pro');
  seen('2026-04-02', '4', '12000', 'Pro');
  c.recompute();
  const parts = c.db
    .prepare<[], { amount: string; nickname: string | null }>(
      `SELECT json_extract(body, '$.unitAmount') AS amount, json_extract(body, '$.nickname') AS nickname FROM state_part ORDER BY 1, 2`,
    )
    .all();
  expect(parts).toEqual([
    { amount: '10000', nickname: null },
    { amount: '10000', nickname: 'Pro' },
    { amount: '12000', nickname: 'Pro' },
  ]);
  expect(verify(c.db, c.context).differences).toEqual([]);
});
