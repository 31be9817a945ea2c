/** Rows of files about one customer: erased with what stood before them, and erased again by the next import of the same file. */
import { expect, it } from 'vitest';
import { erasePerson, exportPerson } from '../../../src/main/engine/privacy/index.ts';
import { systemRandom } from '../../../src/main/engine/runtime/index.ts';
import { recordingLogger } from '../../support/engine-ports.ts';
import { fileBench } from '../../support/file-imports.ts';

const CUSTOMERS =
  'Customer ID,Name,Email,Country,Notes\nc1,Kestrel Labs,ada@kestrel.example,DE,Met at a fair\nc2,Heron,bo@heron.example,DE,\n';
const OLDER = CUSTOMERS.replace('Met at a fair', 'Ada likes birds');
const INVOICES =
  'Invoice ID,Customer ID,Customer name,Customer email,Date,Status,Amount,Currency,Description,Plan,Period start,Period end,Subscription ID\n' +
  '1,c1,Kestrel Labs,ada@kestrel.example,2026-01-01,paid,50.00,USD,For Ada,Pro,2026-01-01,2026-02-01,s1\n' +
  '2,c2,Heron,bo@heron.example,2026-01-01,paid,30.00,USD,,Pro,2026-01-01,2026-02-01,s2\n';
const CANARIES = ['Kestrel', 'ada@', 'Ada', 'fair', 'birds'];

it('keeps amounts, plans and days of the rows, and nothing of who it was', async () => {
  const files = fileBench();
  const { db, clock } = files;
  const deps = {
    db,
    clock,
    logger: recordingLogger(),
    random: systemRandom,
    http: () => Promise.reject(new Error('Nobody is asked')),
  };
  await files.bring('customers', OLDER);
  const second = await files.bring('customers', CUSTOMERS);
  await files.bring('invoices', INVOICES);
  // One that does not fit is set aside as it stands.
  await files.bring('customers', 'Customer ID,Name,Created\nc9,Kestrel Labs,never\nc2,Heron,2026-01-01\n');
  const mrr = files.mrrOn('2026-01-15');
  expect(mrr).toBe(8_000);
  const customerId = db.one(
    db.build.selectFrom('customer').select('customer_id').where('name', '=', 'Kestrel Labs'),
    'customer',
  ).customer_id;
  const { text } = exportPerson(deps, customerId);
  expect(text).toContain('Met at a fair');
  expect(text).toContain('Rows of files that did not fit');
  expect(text).not.toContain('heron');

  const held = (): string[] => {
    const tables = db
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all();
    return tables.flatMap(({ name }) => {
      const rows = JSON.stringify(db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all());
      return CANARIES.filter((canary) => rows.includes(canary)).map((canary) => `${canary} in ${name}`);
    });
  };
  // Names of files and mappings say nothing of anybody; uploads wait for nobody here.
  expect(held().length).toBeGreaterThan(5);
  erasePerson(deps, customerId, 'Kestrel Labs');
  expect(held()).toEqual([]);
  expect(files.mrrOn('2026-01-15')).toBe(mrr);

  expect(await files.bring('customers', CUSTOMERS)).toMatchObject({ added: 0 });
  expect(await files.bring('invoices', INVOICES)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  expect(held()).toEqual([]);
  expect(files.mrrOn('2026-01-15')).toBe(mrr);
  expect(second.importId).not.toBeNull();
});
