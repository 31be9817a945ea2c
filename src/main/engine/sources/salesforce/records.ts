/** Records as Salesforce sends them, made flat: `{ Product2: { Name } }` → `Product2.Name`. */
import { z } from 'zod';
import { instantOfIso } from '../../../../shared/kernel/instant.ts';
import { gapError } from '../kit/index.ts';
import type { SalesforceClient } from './client.ts';
import type { Place } from './soql.ts';

export type FlatRecord = Readonly<Record<string, unknown>>;

const Nested = z.record(z.string(), z.unknown());

/** A record that is no object is passed on as it is, for the quarantine to say so. */
export function flat(record: unknown): FlatRecord {
  const parsed = Nested.safeParse(record);
  if (!parsed.success) return { value: record };
  return Object.fromEntries(
    Object.entries(parsed.data).flatMap(([name, value]) => {
      if (name === 'attributes') return [];
      const inner = Nested.safeParse(value);
      if (!inner.success) return [[name, value]];
      return Object.entries(inner.data).flatMap(([part, each]) =>
        part === 'attributes' ? [] : [[`${name}.${part}`, each]],
      );
    }),
  );
}

/** A record's own id; empty where it has none. */
export function idOf(record: FlatRecord): string {
  return textIn(record, 'Id');
}

export function textIn(record: FlatRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}

const Time = z.string().regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/);

/** Where a record stands among the changes. @throws a gap where it does not say so: without it nothing can be followed. */
export function placeOf(record: FlatRecord, timeField: string): Place {
  const at = Time.safeParse(record[timeField]).data;
  if (at === undefined || idOf(record) === '')
    throw gapError('refused', `Salesforce sent a record without ${timeField} or Id; try again later`);
  return { ms: instantOfIso(at), id: idOf(record) };
}

/** The place of an object's newest change; the beginning of time where there is none. */
export async function newestPlace(
  client: SalesforceClient,
  object: string,
  timeField: string,
  where: readonly string[],
): Promise<Place> {
  const { records } = await client.page(
    { fields: ['Id', timeField], from: object, where, orderBy: [`${timeField} DESC`, 'Id DESC'], limit: 1 },
    true,
  );
  const [newest] = records;
  return newest === undefined ? { ms: 0, id: '' } : placeOf(flat(newest), timeField);
}

export function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
