/** `identity.ofCustomer`: the records behind a customer, and the deals of its accounts. */
import type { AccountMatch, CustomerDeal } from '../../../shared/contract/identity.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { minor } from '../../../shared/kernel/money.ts';
import type { ReadDb } from '../store/index.ts';
import { dealWords } from '../crm-fields/index.ts';
import { accountsOf } from './list-accounts.ts';
import { recordPages } from './record-page.ts';

export interface CustomerRecords {
  billing: { sourceId: SourceId; sourceName: string; recordId: string; name: string | null }[];
  accounts: AccountMatch[];
  deals: CustomerDeal[];
  mergedInto: { customerId: CustomerId; name: string } | null;
}

export function recordsOfCustomer(db: ReadDb, { customerId }: { readonly customerId: CustomerId }): CustomerRecords {
  return {
    billing: db
      .prepare<[number], { source_id: number; source_name: string; id: string; name: string | null }>(
        `SELECT b.source_id, s.name AS source_name, b.id, coalesce(b.name, b.email) AS name FROM billing_customer b
         JOIN source s ON s.source_id = b.source_id WHERE b.customer_id = ? ORDER BY b.created_at, b.id`,
      )
      .all(customerId)
      .map(({ source_id, source_name, id, name }) => ({
        sourceId: source_id as SourceId,
        sourceName: source_name,
        recordId: id,
        name,
      })),
    accounts: accountsOf(db, customerId),
    deals: dealsOf(db, customerId),
    mergedInto: mergedInto(db, customerId),
  };
}

/** Through one merge after the other to the customer that is somebody; null for one that is somebody itself. */
function mergedInto(db: ReadDb, customerId: CustomerId): CustomerRecords['mergedInto'] {
  const row = db
    .prepare<[number], { customer_id: number; name: string }>(
      `WITH RECURSIVE way(customer_id) AS (
         SELECT merged_into_id FROM customer WHERE customer_id = ? AND merged_into_id IS NOT NULL
         UNION SELECT c.merged_into_id FROM way JOIN customer c ON c.customer_id = way.customer_id
         WHERE c.merged_into_id IS NOT NULL)
       SELECT c.customer_id, c.name FROM way JOIN customer c ON c.customer_id = way.customer_id
       WHERE c.merged_into_id IS NULL AND c.erased_at IS NULL`,
    )
    .first(customerId);
  return row ? { customerId: row.customer_id as CustomerId, name: row.name } : null;
}

interface DealRow {
  source_id: number;
  id: string;
  name: string;
  stage: string | null;
  outcome: CustomerDeal['outcome'] | null;
  stage_id: string;
  amount_minor: number | null;
  currency: string | null;
  close_on: PlainDay | null;
  owner: string | null;
  territory_id: string | null;
  last_activity_at: Instant | null;
  loss_reason: string | null;
}

/** Open ones first, then the latest to close. A stage that the pipeline no longer has is shown by its id, as open. */
function dealsOf(db: ReadDb, customerId: number): CustomerDeal[] {
  const pages = recordPages(db);
  const wordsOf = dealWords(db);
  const territoryOf = territories(db);
  return db
    .prepare<[number], DealRow>(
      `SELECT d.source_id, d.id, d.name, g.value ->> '$.name' AS stage, g.value ->> '$.outcome' AS outcome, d.stage_id, d.amount_minor,
              d.currency, d.close_on, coalesce(o.name, o.email) AS owner, d.territory_id, d.last_activity_at, d.loss_reason
       FROM identity_link l
       JOIN crm_deal d ON d.source_id = l.source_id AND d.account_id = l.account_id
       LEFT JOIN crm_pipeline p ON p.source_id = d.source_id AND p.id = d.pipeline_id
       LEFT JOIN json_each(p.stages) g ON g.value ->> '$.id' = d.stage_id
       LEFT JOIN crm_owner o ON o.source_id = d.source_id AND o.id = d.owner_id
       WHERE l.customer_id = ? AND d.deleted_at IS NULL
       ORDER BY coalesce(outcome, 'open') = 'open' DESC, d.close_on DESC, d.id`,
    )
    .all(customerId)
    .map((row) => {
      const said = wordsOf(row.source_id, row.id);
      return {
        sourceId: row.source_id as SourceId,
        dealId: row.id,
        name: row.name,
        stage: row.stage ?? row.stage_id,
        outcome: row.outcome ?? 'open',
        amountMinor: row.amount_minor === null ? null : minor(row.amount_minor),
        currency: row.currency,
        closeOn: row.close_on,
        owner: row.owner,
        territory: row.territory_id === null ? null : territoryOf(row.source_id, row.territory_id),
        lastActivityAt: row.last_activity_at,
        // A field that the founder chose comes before the system's own.
        lossReason: said.find(({ meaning }) => meaning === 'loss_reason')?.text ?? row.loss_reason,
        said: said.filter(({ meaning }) => meaning !== 'loss_reason'),
        page: pages(row.source_id, 'deal', row.id),
      };
    });
}

/** «World, Europe, North»: a territory with those that it lies in. One that was not read is shown by its id. */
function territories(db: ReadDb): (sourceId: number, id: string) => string {
  const find = db.prepare<[number, string], { way: string }>(
    // A territory that lies in itself by way of others is a fault of the system's own: ten levels are more than any has.
    `WITH RECURSIVE way (source_id, id, name, parent_id, level) AS (
       SELECT source_id, id, name, parent_id, 0 FROM crm_territory WHERE source_id = ? AND id = ?
       UNION ALL
       SELECT t.source_id, t.id, t.name, t.parent_id, w.level + 1 FROM way w
       JOIN crm_territory t ON t.source_id = w.source_id AND t.id = w.parent_id WHERE w.level < 10)
     SELECT group_concat(name, ', ') AS way FROM (SELECT name FROM way ORDER BY level DESC)`,
  );
  return (sourceId, id) => find.first(sourceId, id)?.way ?? id;
}
