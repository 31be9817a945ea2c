/** `crmFields.list`: every further field that a sales system has or has brought, with how well it is filled in. */
import {
  CRM_FIELD_OBJECTS,
  CrmMeaningSchema,
  type CrmField,
  type CrmFieldObject,
} from '../../../shared/contract/crm-fields.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';

const TABLES: Readonly<Record<CrmFieldObject, string>> = {
  account: 'crm_account',
  contact: 'crm_contact',
  deal: 'crm_deal',
};

/** What a connection's own settings say of further fields. */
export interface FieldSettings {
  /** Those that are asked for; null: all there are. */
  asked(object: CrmFieldObject): ReadonlySet<string> | null;
  /** The field of accounts that was named as the billing customer's id when connecting, or null. */
  readonly billingField: string | null;
}

export type SettingsOf = (source: { readonly vendor: string; readonly config: string }) => FieldSettings;

interface SourceRow {
  source_id: number;
  name: string;
  vendor: string;
  config: string;
}

/** @param settingsOf tells a field that nobody has filled in from one that is not read. */
export function listFields(db: ReadDb, settingsOf: SettingsOf): CrmField[] {
  return db
    .prepare<[], SourceRow>(
      `SELECT source_id, name, vendor, config FROM source WHERE state <> 'disconnected' ORDER BY source_id`,
    )
    .all()
    .flatMap((source) => CRM_FIELD_OBJECTS.flatMap((object) => fieldsOf(db, source, object, settingsOf(source))));
}

interface Definition {
  label: string;
  type: string;
}

function fieldsOf(db: ReadDb, source: SourceRow, object: CrmFieldObject, settings: FieldSettings): CrmField[] {
  const { source_id: sourceId, name, vendor } = source;
  const defined = new Map(
    db
      .prepare<[number, string], Definition & { key: string }>(
        'SELECT key, label, type FROM crm_field WHERE source_id = ? AND object = ?',
      )
      .all(sourceId, object)
      .map(({ key, ...definition }) => [key, definition] as const),
  );
  const filled = filledIn(db, sourceId, object);
  const keys = new Set([...defined.keys(), ...filled.keys()]);
  if (keys.size === 0) return [];
  const objects = countOf(db, sourceId, object);
  const asked = settings.asked(object);
  const said = meaningsOf(db, sourceId, object);
  return [...keys]
    .map((key): CrmField => {
      const byConnection = object === 'account' && key === settings.billingField;
      const own = filled.get(key);
      return {
        sourceId: sourceId as SourceId,
        sourceName: name,
        vendor,
        object,
        key,
        label: defined.get(key)?.label ?? key,
        type: defined.get(key)?.type ?? null,
        objects,
        filled: own ?? (byConnection ? billingIdsOf(db, sourceId) : 0),
        samples: object === 'contact' || own === undefined ? [] : samplesOf(db, sourceId, object, key),
        isRead: own !== undefined || byConnection || (asked?.has(key) ?? true),
        byConnection,
        said: said.get(key) ?? null,
      };
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en'));
}

function countOf(db: ReadDb, sourceId: number, object: CrmFieldObject): number {
  return (
    db
      .prepare<[number], { n: number }>(
        `SELECT count(*) AS n FROM ${TABLES[object]} WHERE source_id = ? AND deleted_at IS NULL`,
      )
      .first(sourceId)?.n ?? 0
  );
}

/** By key, in how many living objects there is a value. */
function filledIn(db: ReadDb, sourceId: number, object: CrmFieldObject): ReadonlyMap<string, number> {
  const rows = db
    .prepare<[number], { key: string; filled: number }>(
      `SELECT f.key, count(*) AS filled FROM ${TABLES[object]} t, json_each(t.fields) f
       WHERE t.source_id = ? AND t.deleted_at IS NULL AND trim(f.value) <> '' GROUP BY f.key`,
    )
    .all(sourceId);
  return new Map(rows.map(({ key, filled }) => [key, filled]));
}

function billingIdsOf(db: ReadDb, sourceId: number): number {
  return (
    db
      .prepare<[number], { n: number }>(
        'SELECT count(billing_customer_id) AS n FROM crm_account WHERE source_id = ? AND deleted_at IS NULL',
      )
      .first(sourceId)?.n ?? 0
  );
}

const SAMPLES = 3;
const SAMPLE_LENGTH = 80;
/** Values are looked for among so many objects: a million addresses need not be sorted for three of them. */
const LOOKED_AT = 5_000;

/** The most frequent values first. */
function samplesOf(db: ReadDb, sourceId: number, object: CrmFieldObject, key: string): string[] {
  return db
    .prepare<[string, string, number, number, number], { value: string }>(
      `SELECT value FROM (SELECT fields ->> ('$."' || ? || '"') AS value FROM ${TABLES[object]}
         WHERE trim(fields ->> ('$."' || ? || '"')) <> '' AND source_id = ? AND deleted_at IS NULL LIMIT ?)
       GROUP BY value ORDER BY count(*) DESC, value LIMIT ?`,
    )
    .all(key, key, sourceId, LOOKED_AT, SAMPLES)
    .map(({ value }) => (value.length > SAMPLE_LENGTH ? `${value.slice(0, SAMPLE_LENGTH)}…` : value));
}

function meaningsOf(db: ReadDb, sourceId: number, object: CrmFieldObject): ReadonlyMap<string, CrmField['said']> {
  const rows = db
    .prepare<[number, string], { key: string; meaning: string; slice: string | null }>(
      'SELECT key, meaning, slice FROM crm_field_meaning WHERE source_id = ? AND object = ?',
    )
    .all(sourceId, object);
  return new Map(rows.map(({ key, meaning, slice }) => [key, CrmMeaningSchema.parse({ meaning, slice })]));
}
