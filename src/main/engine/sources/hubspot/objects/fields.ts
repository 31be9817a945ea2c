/** The kinds of field that HubSpot's objects are made of: everything is text, checked and bounded here. */
import { z } from 'zod';
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import { instant, instantOfIso, type Instant } from '../../../../../shared/kernel/instant.ts';
import { Misfit, typedCurrency } from '../../kit/index.ts';

const TEXT_LIMIT = 65_536;

/** HubSpot's record ids are whole numbers, written as text. */
export const RecordId = z.string().regex(/^\d{1,30}$/, 'is not an id of HubSpot');

const Value = z.string().max(TEXT_LIMIT).nullable();

/** Only the fields that are asked for are kept: HubSpot adds others of its own accord. An empty field is none. */
export function propertiesOf(names: readonly string[]) {
  const wanted = new Set(names);
  return z.record(z.string(), Value).transform((all) =>
    Object.fromEntries(
      Object.entries(all)
        .filter((entry): entry is [string, string] => wanted.has(entry[0]) && entry[1] !== null && entry[1] !== '')
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

export type Properties = Readonly<Record<string, string>>;

/**
 * Links to objects of another kind, as kept: sorted, the primary one named. The
 * list of objects gives them as `{ id, type }` with several entries for one
 * object, the association API as numbers; both must come to the same text.
 */
export interface Links {
  readonly primary: string | null;
  readonly ids: readonly string[];
}

const ListedLink = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  type: z.string().max(200),
});

const LinksSchema = z.union([
  z.object({ primary: z.string().nullable(), ids: z.array(z.string().max(30)) }),
  z.object({ results: z.array(ListedLink) }).transform(({ results }) =>
    linksOf(
      results.map(({ id }) => id),
      // The primary company's own kind of link; every company also has one with «unlabeled» at its end.
      results.find(({ type }) => type === 'deal_to_company')?.id ?? null,
    ),
  ),
]);

export function linksOf(ids: readonly string[], primary: string | null): Links {
  return { primary, ids: [...new Set(ids)].toSorted() };
}

/** What the portal says of itself, put into each record by the stream: amounts and days are read by it. */
export const PortalSchema = z.object({ currency: z.string().nullable(), timeZone: z.string().nullable() });
export type Portal = z.output<typeof PortalSchema>;

/** The frame of every object. */
export function recordSchema(properties: readonly string[]) {
  return z.object({
    id: RecordId,
    properties: propertiesOf(properties),
    archived: z.boolean().default(false),
    archivedAt: z
      .string()
      .nullish()
      .transform((value) => value ?? null),
    createdAt: z.string(),
    associations: z
      .record(z.string(), LinksSchema)
      .nullish()
      .transform((value) => value ?? {}),
    portal: PortalSchema.default({ currency: null, timeZone: null }),
  });
}
export type HubSpotRecord = z.output<ReturnType<typeof recordSchema>>;

/** A time as ISO 8601 or as milliseconds: HubSpot writes both. @throws Misfit. */
export function instantOf(text: string, path: string): Instant {
  try {
    return /^\d{1,15}$/.test(text) ? instant(Number(text)) : instantOfIso(text);
  } catch (cause) {
    throw new Misfit(path, `“${path}”: ${text.slice(0, 40)} is not a time (${String(cause)})`);
  }
}

export function optionalInstant(properties: Properties, name: string): Instant | null {
  const text = properties[name];
  return text === undefined ? null : instantOf(text, `properties.${name}`);
}

/** When the object went into the bin; null while it is alive. */
export function deletedAt({ archived, archivedAt, createdAt }: HubSpotRecord): Instant | null {
  if (!archived) return null;
  return instantOf(archivedAt ?? createdAt, archivedAt === null ? 'createdAt' : 'archivedAt');
}

/** The object's own currency, else the portal's. @throws Misfit for one that Vario cannot value. */
export function currencyOf(own: string | undefined, portal: Portal, path: string): CurrencyCode | null {
  return typedCurrency(own ?? portal.currency, path);
}

/** Ids of linked objects, the primary one first, each once. */
export function linkedIds({ associations }: HubSpotRecord, kind: string): string[] {
  const { primary, ids } = associations[kind] ?? NO_LINKS;
  return primary === null ? [...ids] : [primary, ...ids.filter((id) => id !== primary)];
}

const NO_LINKS: Links = { primary: null, ids: [] };

/** What remains of the fields once the known ones are read: the founder's own choice. */
export function furtherFields(properties: Properties, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (name in properties ? [[name, properties[name] ?? '']] : [])));
}

export function fullName(properties: Properties, first: string, last: string): string | null {
  const name = [properties[first], properties[last]].filter((part) => part !== undefined).join(' ');
  return name === '' ? null : name;
}
