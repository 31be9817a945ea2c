/** The kinds of value that Salesforce's records are made of, checked and bounded: everything is kept as text. */
import { z } from 'zod';
import { plainDay, startOfDay, timeZone, UTC, type PlainDay } from '../../../../../shared/kernel/day.ts';
import { isAppError } from '../../../../../shared/kernel/errors.ts';
import { instantOfIso, type Instant } from '../../../../../shared/kernel/instant.ts';
import { Misfit } from '../../kit/index.ts';

const TEXT_LIMIT = 65_536;

/** 15 characters, or 18 of which the last three guard against changes of case. */
export const RecordId = z.string().regex(/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/, 'is not an id of Salesforce');

const Value = z.union([z.string().max(TEXT_LIMIT), z.number(), z.boolean()], 'is not a single value').nullable();

/** What the organisation says of itself, put into each record by the stream: amounts and days are read by it. */
export const OrganisationSchema = z.object({ currency: z.string().nullable(), timeZone: z.string().nullable() });

/** Only what is asked for is kept: fields by name, and the organisation's own, whose names end in `__c`. An empty field is none. */
function fieldsOf(names: readonly string[]) {
  const wanted = new Set([...SYSTEM_FIELDS, ...names]);
  return z.record(z.string(), Value).transform((all) =>
    Object.fromEntries(
      Object.entries(all)
        .filter(([name, value]) => (wanted.has(name) || name.endsWith('__c')) && value !== null && value !== '')
        .map(([name, value]) => [name, String(value)] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

export type Fields = Readonly<Record<string, string>>;

export const SYSTEM_FIELDS = ['CreatedDate', 'SystemModstamp', 'IsDeleted', 'CurrencyIsoCode'] as const;

/** The frame of every object. */
export function recordSchema(names: readonly string[]) {
  return z.object({
    id: RecordId,
    fields: fieldsOf(names),
    org: OrganisationSchema.default({ currency: null, timeZone: null }),
  });
}
export type SalesforceRecord = z.output<ReturnType<typeof recordSchema>>;

/** @throws Misfit where the field is empty or no time. */
export function instantIn(fields: Fields, name: string): Instant {
  const path = `fields.${name}`;
  const text = fields[name];
  if (text === undefined) throw new Misfit(path, `“${path}” is empty`);
  return instantOf(text, path);
}

/** Salesforce writes its offset without a colon: `2026-11-20T09:30:00.000+0000`. @throws Misfit. */
export function instantOf(text: string, path: string): Instant {
  try {
    return instantOfIso(text);
  } catch (error) {
    if (isAppError(error)) throw new Misfit(path, `“${path}”: ${text.slice(0, 40)} is not a time`);
    throw error;
  }
}

/** @throws Misfit for a text that is no day; null where the field is empty. */
export function dayIn(fields: Fields, name: string): PlainDay | null {
  const text = fields[name];
  return text === undefined ? null : dayOf(text, `fields.${name}`);
}

export function dayOf(text: string, path: string): PlainDay {
  try {
    return plainDay(text);
  } catch (error) {
    if (isAppError(error)) throw new Misfit(path, `“${path}”: ${text.slice(0, 40)} is not a day`);
    throw error;
  }
}

export function zoneOf(org: SalesforceRecord['org']) {
  return org.timeZone === null ? UTC : timeZone(org.timeZone);
}

/** A day as the instant at which it begins for the organisation. */
export function beginningOf(day: PlainDay | null, org: SalesforceRecord['org']): Instant | null {
  return day === null ? null : startOfDay(day, zoneOf(org));
}

/** When it was deleted; null while it is alive. Being deleted is a record's last change. */
export function deletedAt(fields: Fields): Instant | null {
  return fields['IsDeleted'] === 'true' ? instantIn(fields, 'SystemModstamp') : null;
}

/** What remains of the fields once the known ones are read. */
export function furtherFields(fields: Fields, known: readonly string[]): Record<string, string> {
  const read = new Set<string>([...SYSTEM_FIELDS, ...known]);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !read.has(name)));
}

export function fullName(fields: Fields): string | null {
  const name = [fields['FirstName'], fields['LastName']].filter((part) => part !== undefined).join(' ');
  return name === '' ? null : name;
}
