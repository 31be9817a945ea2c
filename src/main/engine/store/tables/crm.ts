/** Writes what a sales system knows: accounts, contacts, deals with their stages and lines, pipelines and owners. */
import type {
  CrmAccount,
  CrmContact,
  CrmDeal,
  CrmDealLine,
  CrmDealStages,
  CrmField,
  CrmOwner,
  CrmPipeline,
  CrmTerritory,
} from '../../domain/index.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { SqlValue, WriteDb } from '../handles.ts';
import { bit, upsert } from './upsert.ts';

export interface CrmWriter {
  account(account: CrmAccount): void;
  contact(contact: CrmContact): void;
  deal(deal: CrmDeal): void;
  stages(stages: CrmDealStages): void;
  line(line: CrmDealLine): void;
  /** @returns whether it was new or different: pipelines, owners and fields keep no record to compare with. */
  pipeline(pipeline: CrmPipeline): boolean;
  owner(owner: CrmOwner): boolean;
  territory(territory: CrmTerritory): boolean;
  field(field: CrmField): boolean;
  /** For what the system no longer knows at all: merged into another, or deleted for good. */
  markDeleted(objectType: string, id: string, at: Instant): void;
}

const KEY = ['source_id', 'id'] as const;

const DELETABLE: ReadonlySet<string> = new Set(['crm_account', 'crm_contact', 'crm_deal', 'crm_deal_line']);

export function crmWriter(db: WriteDb, sourceId: number): CrmWriter {
  const account = upsert(db, 'crm_account', KEY, [
    ...KEY,
    'name',
    'domain',
    'country',
    'industry',
    'employees',
    'owner_id',
    'billing_customer_id',
    'created_at',
    'deleted_at',
    'fields',
  ]);
  const contact = upsert(db, 'crm_contact', KEY, [
    ...KEY,
    'account_id',
    'name',
    'email',
    'title',
    'owner_id',
    'created_at',
    'deleted_at',
    'fields',
  ]);
  const deal = upsert(db, 'crm_deal', KEY, [
    ...KEY,
    'name',
    'account_id',
    'contact_ids',
    'owner_id',
    'pipeline_id',
    'stage_id',
    'amount_minor',
    'currency',
    'close_on',
    'created_at',
    'last_activity_at',
    'next_activity_at',
    'loss_reason',
    'territory_id',
    'deleted_at',
    'fields',
  ]);
  const line = upsert(db, 'crm_deal_line', KEY, [
    ...KEY,
    'deal_id',
    'product_id',
    'name',
    'quantity',
    'amount_minor',
    'currency',
    'deleted_at',
  ]);
  const clearStages = db.prepareWrite<[number, string]>(
    'DELETE FROM crm_deal_stage WHERE source_id = ? AND deal_id = ?',
  );
  const addStage = db.prepareWrite<[number, string, number, string, number]>(
    'INSERT INTO crm_deal_stage (source_id, deal_id, position, stage_id, entered_at) VALUES (?, ?, ?, ?, ?)',
  );
  const pipeline = upsertIfDifferent(db, 'crm_pipeline', KEY, ['name', 'position', 'archived', 'stages']);
  const owner = upsertIfDifferent(db, 'crm_owner', KEY, ['name', 'email', 'team', 'active']);
  const territory = upsertIfDifferent(db, 'crm_territory', KEY, ['name', 'parent_id']);
  const field = upsertIfDifferent(db, 'crm_field', ['source_id', 'object', 'key'], ['label', 'type']);

  function writeStages({ dealId, stages }: CrmDealStages): void {
    clearStages.run(sourceId, dealId);
    stages.forEach(({ stageId, enteredAt }, position) => addStage.run(sourceId, dealId, position, stageId, enteredAt));
  }

  return {
    account: (value) =>
      void account.run(
        sourceId,
        value.id,
        value.name,
        value.domain,
        value.country,
        value.industry,
        value.employees,
        value.ownerId,
        value.billingCustomerId,
        value.createdAt,
        value.deletedAt,
        JSON.stringify(value.fields),
      ),
    contact: (value) =>
      void contact.run(
        sourceId,
        value.id,
        value.accountId,
        value.name,
        value.email,
        value.title,
        value.ownerId,
        value.createdAt,
        value.deletedAt,
        JSON.stringify(value.fields),
      ),
    deal(value) {
      deal.run(
        sourceId,
        value.id,
        value.name,
        value.accountId,
        JSON.stringify(value.contactIds),
        value.ownerId,
        value.pipelineId,
        value.stageId,
        value.amountMinor,
        value.currency,
        value.closeOn,
        value.createdAt,
        value.lastActivityAt,
        value.nextActivityAt,
        value.lossReason,
        value.territoryId ?? null,
        value.deletedAt,
        JSON.stringify(value.fields),
      );
      if (value.stages !== null) writeStages({ dealId: value.id, stages: value.stages });
    },
    stages: writeStages,
    line: (value) =>
      void line.run(
        sourceId,
        value.id,
        value.dealId,
        value.productId,
        value.name,
        value.quantity,
        value.amountMinor,
        value.currency,
        value.deletedAt,
      ),
    pipeline: (value) =>
      pipeline(sourceId, value.id, value.name, value.position, bit(value.archived), JSON.stringify(value.stages)),
    owner: (value) => owner(sourceId, value.id, value.name, value.email, value.team, bit(value.active)),
    territory: (value) => territory(sourceId, value.id, value.name, value.parentId),
    field: (value) => field(sourceId, value.object, value.key, value.label, value.type),
    markDeleted(objectType, id, at) {
      if (!DELETABLE.has(objectType)) return;
      db.prepareWrite<[number, number, string]>(
        `UPDATE ${objectType} SET deleted_at = ? WHERE source_id = ? AND id = ? AND deleted_at IS NULL`,
      ).run(at, sourceId, id);
    },
  };
}

/** Writes nothing where all columns are as given. */
function upsertIfDifferent(
  db: WriteDb,
  table: 'crm_pipeline' | 'crm_owner' | 'crm_field' | 'crm_territory',
  key: readonly string[],
  columns: readonly string[],
): (...values: readonly SqlValue[]) => boolean {
  const all = [...key, ...columns];
  const statement = db.prepareWrite<readonly SqlValue[]>(
    `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
     WHERE ${columns.map((column) => `${column} IS NOT excluded.${column}`).join(' OR ')}`,
  );
  return (...values) => statement.run(...values).changes > 0;
}
