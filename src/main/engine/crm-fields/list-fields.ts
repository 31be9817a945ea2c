/** `crmFields.list`: every further field that a sales system has or has brought, with how well it is filled in. */
import type { CrmField, CrmFieldObject, SaidOfField } from '../../../shared/contract/crm-fields.ts';
import { CRM_FIELD_OBJECTS, CrmMeaningSchema } from '../../../shared/contract/crm-fields.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';

const TABLES: Readonly<Record<CrmFieldObject, string>> = {
  account: 'crm_account',
  contact: 'crm_contact',
  deal: 'crm_deal',
};

const SAMPLES = 3;
const SAMPLE_LENGTH = 80;

interface FoundRow {
  source_id: number;
  key: string;
  filled: number;
}

interface DefinedRow {
  source_id: number;
  object: CrmFieldObject;
  key: string;
  label: string;
  type: string;
}

/** Which further fields a connection asks for; null: all there are. */
export type AskedFields = (source: {
  readonly vendor: string;
  readonly config: string;
  readonly object: CrmFieldObject;
}) => ReadonlySet<string> | null;

/** @param askedOf tells a field that nobody has filled in from one that is not read. */
export function listFields(db: ReadDb, askedOf: AskedFields): CrmField[] {
  const sources = new Map(
    db
      .prepare<[], { source_id: number; name: string; vendor: string; config: string }>(
        `SELECT source_id, name, vendor, config FROM source WHERE state <> 'disconnected'`,
      )
      .all()
      .map((source) => [source.source_id, source] as const),
  );
  const defined = new Map(
    db
      .prepare<[], DefinedRow>('SELECT source_id, object, key, label, type FROM crm_field')
      .all()
      .map((field) => [nameOf(field.source_id, field.object, field.key), field] as const),
  );
  const meanings = meaningsByField(db);
  return CRM_FIELD_OBJECTS.flatMap((object) => {
    const objects = countsOf(db, object);
    const found = new Map(foundFields(db, object).map((row) => [nameOf(row.source_id, object, row.key), row] as const));
    const names = new Set([
      ...found.keys(),
      ...[...defined].filter(([, one]) => one.object === object).map(([name]) => name),
    ]);
    return [...names].flatMap((name): CrmField[] => {
      const definition = defined.get(name);
      const row = found.get(name) ?? definition;
      const source = row && sources.get(row.source_id);
      if (row === undefined || source === undefined) return [];
      const filled = found.get(name)?.filled ?? 0;
      return [
        {
          sourceId: source.source_id as SourceId,
          sourceName: source.name,
          vendor: source.vendor,
          object,
          key: row.key,
          label: definition?.label ?? row.key,
          type: definition?.type ?? null,
          objects: objects.get(source.source_id) ?? 0,
          filled,
          samples: object === 'contact' ? [] : samplesOf(db, object, source.source_id, row.key),
          isRead: found.has(name) || (askedOf({ ...source, object })?.has(row.key) ?? true),
          said: meanings.get(name) ?? null,
        },
      ];
    });
  }).toSorted(
    (a, b) =>
      a.sourceId - b.sourceId ||
      CRM_FIELD_OBJECTS.indexOf(a.object) - CRM_FIELD_OBJECTS.indexOf(b.object) ||
      a.label.localeCompare(b.label, 'en'),
  );
}

function nameOf(sourceId: number, object: string, key: string): string {
  return `${sourceId} ${object} ${key}`;
}

function countsOf(db: ReadDb, object: CrmFieldObject): ReadonlyMap<number, number> {
  const rows = db
    .prepare<[], { source_id: number; n: number }>(
      `SELECT source_id, count(*) AS n FROM ${TABLES[object]} WHERE deleted_at IS NULL GROUP BY source_id`,
    )
    .all();
  return new Map(rows.map(({ source_id, n }) => [source_id, n]));
}

function foundFields(db: ReadDb, object: CrmFieldObject): FoundRow[] {
  return db
    .prepare<[], FoundRow>(
      `SELECT t.source_id, f.key, count(*) AS filled FROM ${TABLES[object]} t, json_each(t.fields) f
       WHERE t.deleted_at IS NULL AND trim(f.value) <> '' GROUP BY t.source_id, f.key`,
    )
    .all();
}

function samplesOf(db: ReadDb, object: CrmFieldObject, sourceId: number, key: string): string[] {
  return db
    .prepare<[string, number, number], { value: string }>(
      `SELECT f.value FROM ${TABLES[object]} t, json_each(t.fields) f
       WHERE f.key = ? AND t.source_id = ? AND t.deleted_at IS NULL AND trim(f.value) <> ''
       GROUP BY f.value ORDER BY count(*) DESC, f.value LIMIT ?`,
    )
    .all(key, sourceId, SAMPLES)
    .map(({ value }) => (value.length > SAMPLE_LENGTH ? `${value.slice(0, SAMPLE_LENGTH)}…` : value));
}

function meaningsByField(db: ReadDb): ReadonlyMap<string, SaidOfField> {
  const rows = db
    .prepare<[], { source_id: number; object: string; key: string; meaning: string; slice: string | null }>(
      'SELECT source_id, object, key, meaning, slice FROM crm_field_meaning',
    )
    .all();
  return new Map(
    rows.map(({ source_id, object, key, meaning, slice }) => [
      nameOf(source_id, object, key),
      CrmMeaningSchema.parse({ meaning, slice }),
    ]),
  );
}
