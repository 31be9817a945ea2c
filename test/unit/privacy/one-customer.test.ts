/** One customer of a company whose billing, sales system and help desk all know it: handed over, erased, and kept erased. */
import { expect, it } from 'vitest';
import { metricsContext } from '../../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { matchAccounts } from '../../../src/main/engine/identity/index.ts';
import { recompute } from '../../../src/main/engine/metrics/index.ts';
import { erasePerson, exportPerson } from '../../../src/main/engine/privacy/index.ts';
import { personTexts } from '../../../src/main/engine/privacy/person-texts.ts';
import { keptRecordsOf, renormalise, syncSource } from '../../../src/main/engine/sync/index.ts';
import { connectHubSpot } from '../../support/crm.ts';
import { connectIntercom } from '../../support/desks.ts';
import { rowsIn, testCompany } from '../../support/synced-company.ts';

async function start() {
  const company = await testCompany({ scale: 0.02 });
  const { deps, db } = company;
  const sources = [company.sourceId, await connectHubSpot(company), await connectIntercom(company)];
  const sync = async (full = false): Promise<void> => {
    for (const sourceId of sources) await syncSource(deps, sourceId, { full });
    matchAccounts(db, deps.clock.now());
    recompute(db, metricsContext(readWorkspace(db), deps.clock.now()));
  };
  await sync();
  const found = db
    .prepare<[], { customerId: number; name: string }>(
      `SELECT c.customer_id AS customerId, c.name FROM identity_link l JOIN customer c USING (customer_id)
       JOIN crm_contact p ON p.source_id = l.source_id AND p.account_id = l.account_id
       JOIN crm_deal d ON d.source_id = l.source_id AND d.account_id = l.account_id
       WHERE c.email IS NOT NULL AND EXISTS (SELECT 1 FROM movement m WHERE m.customer_id = c.customer_id)
       GROUP BY c.customer_id ORDER BY count(*) DESC, c.customer_id LIMIT 1`,
    )
    .first();
  if (!found) throw new Error('The demo company has no customer with deals');
  /** Every text of every table, and every kept record, unpacked. */
  const everything = (): Map<string, string> => {
    const tables = db
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all();
    const texts = new Map(
      tables.map(({ name }) => [
        name,
        JSON.stringify(db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all()),
      ]),
    );
    for (const sourceId of sources) {
      const ids = db
        .prepare<[number], { id: string }>('SELECT DISTINCT object_id AS id FROM raw_object WHERE source_id = ?')
        .all(sourceId)
        .map(({ id }) => id);
      texts.set(`records of ${sourceId}`, JSON.stringify(keptRecordsOf(deps, sourceId, ids)));
    }
    return texts;
  };
  const canaries = personTexts(db, found.customerId);
  return {
    ...company,
    ...found,
    sources,
    sync,
    canaries,
    /** Tables in which any of what tells who the customer is can be read. */
    tellers(): string[] {
      const texts = [...everything()];
      return canaries.flatMap((canary) =>
        texts.flatMap(([table, text]) =>
          text.includes(JSON.stringify(canary).slice(1, -1)) ? [`${canary} in ${table}`] : [],
        ),
      );
    },
  };
}

it('is handed over as one document; then erased from every table and record, while the figures stand, and no later sync brings it back', async () => {
  const { deps, db, customerId, name, canaries, sources, sync, tellers } = await start();
  const { text, rows: held, sources: told } = exportPerson(deps, customerId);
  const document = JSON.parse(text) as {
    sources: { vendor: string; tables: { table: string }[]; records: unknown[] }[];
  };
  expect(told).toBeGreaterThanOrEqual(2);
  expect(held).toBeGreaterThan(20);
  const stripe = document.sources.find(({ vendor }) => vendor === 'stripe');
  const tables = ['billing_customer', 'subscription', 'invoice', 'charge'];
  expect(stripe?.tables.map(({ table }) => table)).toEqual(expect.arrayContaining(tables));
  expect(stripe?.records.length).toBeGreaterThan(2);
  expect(canaries.length).toBeGreaterThan(3);
  for (const canary of canaries) expect(text).toContain(JSON.stringify(canary).slice(1, -1));
  expect(text).toMatch(/"readAt": "2026-/);
  const others = db
    .prepare<[number], { email: string }>('SELECT email FROM customer WHERE customer_id <> ? AND email IS NOT NULL')
    .all(customerId);
  expect(others.length).toBeGreaterThan(5);
  expect(others.filter(({ email }) => text.includes(email))).toEqual([]);

  expect(() => erasePerson(deps, customerId, `${name}x`)).toThrow(/Nothing was erased/);
  expect(tellers().length).toBeGreaterThan(5);
  const figures = () => ({
    rows: ['movement', 'subscription_state', 'invoice', 'charge', 'crm_deal_stage'].map((table) => rowsIn(db, table)),
    sum: db.prepare<[], { sum: number }>('SELECT sum(annual_minor) AS sum FROM movement').first()?.sum,
  });
  const before = figures();

  const { rows, remains, name: called } = erasePerson(deps, customerId, name);
  expect(called).toBe(`Erased customer ${customerId}`);
  expect(rows).toBeGreaterThan(10);
  expect(remains.join(' ')).toMatch(/still lie at .*Stripe.*Backups/s);
  expect(tellers()).toEqual([]);
  const names = `SELECT name FROM billing_customer WHERE customer_id = ? UNION SELECT a.name FROM crm_account a
    JOIN identity_link l ON l.source_id = a.source_id AND l.account_id = a.id WHERE l.customer_id = ?`;
  expect(db.prepare<[number, number], { name: string }>(names).all(customerId, customerId)).toEqual([{ name: called }]);
  recompute(db, metricsContext(readWorkspace(db), deps.clock.now()));
  expect(figures()).toEqual(before);

  // As after a change of everything: nothing that was read is known.
  db.prepareWrite('DELETE FROM raw_object').run();
  await sync(true);
  expect(tellers()).toEqual([]);
  for (const sourceId of sources) await renormalise(deps, sourceId);
  expect(tellers()).toEqual([]);
  expect(exportPerson(deps, customerId).name).toBe(`Erased customer ${customerId}`);
  expect(figures()).toEqual(before);
});
