/**
 * Who is spoken of without a row of its own: customers of invoices, accounts and sellers of deals, the stages of a
 * pipeline. They follow from the rows that stand, so that they come and go with them.
 */
import { instant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { CrmStage } from '../../domain/index.ts';
import type { WriteDb } from '../../store/handles.ts';
import { factEraser } from '../../store/tables/fact-eraser.ts';
import { factWriter } from '../../store/tables/fact-writer.ts';
import { customerFact } from '../kinds/billing-facts.ts';
import { FILE_VENDOR } from './file-source.ts';
import { valuesOf } from './known-rows.ts';

/** The streams in which a row is a customer. */
const CUSTOMER_KINDS = `'stripe_customers', 'chartmogul_customers', 'customers'`;

/** Called inside a transaction, after rows of the source have come or gone. */
export function reconcile(db: WriteDb, sourceId: number, now: Instant): void {
  reconcileCustomers(db, sourceId, now);
  reconcileDeals(db, sourceId, now);
  // Who answered or asked is known by the answers and requests alone.
  db.prepareWrite<[number]>(
    `DELETE FROM support_contact WHERE source_id = ? AND NOT EXISTS (
       SELECT 1 FROM nps_response n WHERE n.source_id = support_contact.source_id AND n.contact_id = support_contact.id)
     AND NOT EXISTS (
       SELECT 1 FROM support_ticket t WHERE t.source_id = support_contact.source_id AND t.contact_id = support_contact.id)`,
  ).run(sourceId);
  db.prepareWrite<[number]>(
    `DELETE FROM support_company WHERE source_id = ? AND NOT EXISTS (
       SELECT 1 FROM support_ticket t WHERE t.source_id = support_company.source_id AND t.company_id = support_company.id)`,
  ).run(sourceId);
}

interface Spoken {
  readonly id: string;
  readonly since: number;
}

function reconcileCustomers(db: WriteDb, sourceId: number, now: Instant): void {
  const writeFact = factWriter(db, sourceId, FILE_VENDOR);
  const erase = factEraser(db, sourceId, FILE_VENDOR, now);
  const spoken = new Map(
    db
      .prepare<[number, number, number, number], Spoken>(
        `SELECT id, min(since) AS since FROM (
           SELECT billing_customer_id AS id, min(created_at) AS since FROM invoice WHERE source_id = ? GROUP BY 1
           UNION ALL SELECT billing_customer_id, min(started_at) FROM subscription WHERE source_id = ? GROUP BY 1
           UNION ALL SELECT billing_customer_id, min(created_at) FROM charge WHERE source_id = ? AND billing_customer_id IS NOT NULL GROUP BY 1
           UNION ALL SELECT billing_customer_id, min(unixepoch(used_on) * 1000) FROM meter_usage WHERE source_id = ? GROUP BY 1)
         GROUP BY id`,
      )
      .all(sourceId, sourceId, sourceId, sourceId)
      .map(({ id, since }) => [id, since]),
  );
  // A customer of whose beginning its table says nothing is known since its first amount, else since it was imported.
  const own = new Map(
    db
      .prepare<[number], { key: string; dated: number; known: number }>(
        `SELECT r.record_key AS key, i.started_at AS known,
                coalesce(r.body ->> '$.created_at', r.body ->> '$.lead_at', r.body ->> '$.trial_at') IS NOT NULL AS dated
         FROM file_record r JOIN file_stream s USING (file_stream_id) JOIN file_import i USING (file_import_id)
         WHERE s.source_id = ? AND s.kind IN (${CUSTOMER_KINDS})`,
      )
      .all(sourceId)
      .map(({ key, dated, known }) => [key, dated === 1 ? null : known] as const),
  );
  const stored = db
    .prepare<[number], { id: string; name: string | null; email: string | null; created_at: number; plain: number }>(
      `SELECT id, name, email, created_at,
              (description IS NULL AND country IS NULL AND currency IS NULL AND metadata = '{}' AND delinquent = 0) AS plain
       FROM billing_customer WHERE source_id = ?`,
    )
    .all(sourceId);
  const known = new Map(stored.map((row) => [row.id, row]));
  for (const { id } of stored) if (!own.has(id) && !spoken.has(id)) erase('customer', id);
  const hint = hintOf(db, sourceId);
  for (const [id, importedAt] of own) {
    const since = spoken.get(id) ?? importedAt;
    if (importedAt !== null && since !== null && known.get(id)?.created_at !== since) redate(db, sourceId, id, since);
  }
  for (const [id, since] of spoken) {
    const row = known.get(id);
    if (own.has(id)) continue;
    const { name, email } = hint(id);
    if (row?.plain === 1 && row.created_at === since && row.name === name && row.email === email) continue;
    writeFact(customerFact({ id, name, email, createdAt: instant(since) }));
  }
}

function redate(db: WriteDb, sourceId: number, id: string, since: number): void {
  db.prepareWrite<[number, number, string]>(
    'UPDATE billing_customer SET created_at = ? WHERE source_id = ? AND id = ?',
  ).run(since, sourceId, id);
  db.prepareWrite<[number, number, string]>(
    `UPDATE customer SET created_at = ? WHERE customer_id = (SELECT customer_id FROM billing_customer WHERE source_id = ? AND id = ?)
       AND (SELECT count(*) FROM billing_customer b WHERE b.customer_id = customer.customer_id) = 1`,
  ).run(since, sourceId, id);
}

/** What the earliest object of a customer's says about its name: exports repeat it on every row. */
function hintOf(db: WriteDb, sourceId: number): (id: string) => { name: string | null; email: string | null } {
  const first = db.prepare<[number, string, number, string, number, string], { object: string; id: string }>(
    `SELECT object, id FROM (
       SELECT * FROM (SELECT 'charge' AS object, id, created_at AS at FROM charge WHERE source_id = ? AND billing_customer_id = ? ORDER BY created_at, id LIMIT 1)
       UNION ALL SELECT * FROM (SELECT 'invoice', id, created_at FROM invoice WHERE source_id = ? AND billing_customer_id = ? ORDER BY created_at, id LIMIT 1)
       UNION ALL SELECT * FROM (SELECT 'subscription', id, started_at FROM subscription WHERE source_id = ? AND billing_customer_id = ? ORDER BY id LIMIT 1)
     ) ORDER BY at, object, id LIMIT 1`,
  );
  const record = db.prepare<[number, string], { body: string }>(
    `SELECT r.body FROM file_stream s JOIN file_record r USING (file_stream_id)
     WHERE s.source_id = ? AND s.kind IN ('stripe_payments', 'stripe_subscriptions', 'subscriptions') AND r.record_key = ? ORDER BY s.kind LIMIT 1`,
  );
  const part = db.prepare<[string, number], { body: string }>(
    `SELECT r.body FROM file_record r JOIN file_stream s USING (file_stream_id) WHERE r.part_of = ? AND s.source_id = ? ORDER BY r.line LIMIT 1`,
  );
  return (id) => {
    const object = first.first(sourceId, id, sourceId, id, sourceId, id);
    const row = object && (record.first(sourceId, object.id) ?? part.first(`${object.object}/${object.id}`, sourceId));
    const values = row ? valuesOf(row.body) : {};
    return { name: values['customer_name'] ?? null, email: values['customer_email'] ?? null };
  };
}

interface DealRow {
  readonly pipeline: string;
  readonly stage: string;
  readonly probability: number | null;
}

/** Accounts and sellers of deals go by the name that the deals give them. */
function reconcileDeals(db: WriteDb, sourceId: number, now: Instant): void {
  const writeFact = factWriter(db, sourceId, FILE_VENDOR);
  const erase = factEraser(db, sourceId, FILE_VENDOR, now);
  const accounts = db
    .prepare<[number], { id: string; since: number; body: string | null; owner: string | null }>(
      `SELECT d.account_id AS id, min(d.created_at) AS since, d.owner_id AS owner,
              (SELECT r.body FROM file_record r JOIN file_stream s USING (file_stream_id)
               WHERE s.source_id = d.source_id AND r.record_key = d.id LIMIT 1) AS body
       FROM crm_deal d WHERE d.source_id = ? AND d.account_id IS NOT NULL GROUP BY d.account_id`,
    )
    .all(sourceId);
  const owners = db
    .prepare<[number], { id: string }>(
      `SELECT DISTINCT owner_id AS id FROM crm_deal WHERE source_id = ? AND owner_id IS NOT NULL`,
    )
    .all(sourceId);
  eraseOthers(db, sourceId, 'crm_account', accounts, erase);
  eraseOthers(db, sourceId, 'crm_owner', owners, erase);
  for (const { id, since, body, owner } of accounts)
    writeFact({
      kind: 'crm_account',
      value: {
        id,
        name: (body === null ? null : valuesOf(body)['account']) ?? id,
        domain: null,
        country: null,
        industry: null,
        employees: null,
        ownerId: owner,
        billingCustomerId: null,
        createdAt: instant(since),
        deletedAt: null,
        fields: {},
      },
    });
  for (const { id } of owners)
    writeFact({
      kind: 'crm_owner',
      value: { id, name: id, email: id.includes('@') ? id.toLowerCase() : null, team: null, active: true },
    });

  const stages = db
    .prepare<[number], DealRow>(
      `SELECT d.pipeline_id AS pipeline, d.stage_id AS stage,
              avg((SELECT CAST(r.body ->> '$.probability' AS REAL) FROM file_record r JOIN file_stream s USING (file_stream_id)
                   WHERE s.source_id = d.source_id AND r.record_key = d.id LIMIT 1)) AS probability
       FROM crm_deal d WHERE d.source_id = ? GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(sourceId);
  const pipelines = [...new Set(stages.map(({ pipeline }) => pipeline))];
  eraseOthers(
    db,
    sourceId,
    'crm_pipeline',
    pipelines.map((id) => ({ id })),
    erase,
  );
  for (const [position, id] of pipelines.entries())
    writeFact({
      kind: 'crm_pipeline',
      value: {
        id,
        name: id,
        position,
        archived: false,
        stages: stagesOf(stages.filter(({ pipeline }) => pipeline === id)),
      },
    });
}

/** Open stages in the order of the probability that the system gives them, then those that end a deal. */
function stagesOf(rows: readonly DealRow[]): CrmStage[] {
  const outcome = (stage: string): CrmStage['outcome'] =>
    /\(won\)$|\b(won|gewonnen|gagn|ganad|ganho|vyhr)/i.test(stage)
      ? 'won'
      : /\(lost\)$|\b(lost|verloren|perd|prohr)/i.test(stage)
        ? 'lost'
        : 'open';
  const rank = { open: 0, won: 1, lost: 2 };
  return rows
    .map(({ stage, probability }) => ({ stage, outcome: outcome(stage), share: shareOf(probability) }))
    .toSorted(
      (a, b) => rank[a.outcome] - rank[b.outcome] || (a.share ?? 0) - (b.share ?? 0) || (a.stage < b.stage ? -1 : 1),
    )
    .map(({ stage, outcome: ends, share }, position) => ({
      id: stage,
      name: stage,
      position,
      outcome: ends,
      probability: ends === 'won' ? 1 : ends === 'lost' ? 0 : share,
    }));
}

/** Systems write 40 or 0.4. */
function shareOf(probability: number | null): number | null {
  if (probability === null || probability < 0 || probability > 100) return null;
  return probability > 1 ? probability / 100 : probability;
}

function eraseOthers(
  db: WriteDb,
  sourceId: number,
  table: 'crm_account' | 'crm_owner' | 'crm_pipeline',
  standing: readonly { readonly id: string }[],
  erase: (type: string, id: string) => void,
): void {
  const ids = new Set(standing.map(({ id }) => id));
  const stored = db.prepare<[number], { id: string }>(`SELECT id FROM ${table} WHERE source_id = ?`).all(sourceId);
  for (const { id } of stored) if (!ids.has(id)) erase(table, id);
}
