/** Salesforce's query language, as far as Vario asks in it: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/ */
import { instant, isoOfInstant } from '../../../../shared/kernel/instant.ts';

export interface Question {
  readonly fields: readonly string[];
  readonly from: string;
  /** All of them hold. */
  readonly where?: readonly string[];
  readonly orderBy?: readonly string[];
  readonly limit?: number;
}

export function soql({ fields, from, where = [], orderBy = [], limit }: Question): string {
  return [
    `SELECT ${fields.join(',')} FROM ${from}`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(orderBy.length > 0 ? [`ORDER BY ${orderBy.join(', ')}`] : []),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');
}

/** A text with quotes and backslashes escaped. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function isOneOf(field: string, values: readonly string[]): string {
  return `${field} IN (${values.map(quoted).join(',')})`;
}

/** A record's place in the order of changes: by the time of change, and by id among those of the same second. */
export interface Place {
  readonly ms: number;
  /** Empty: before all of that second. */
  readonly id: string;
}

/** The condition for every record that changed after a place; order by the same field and Id. */
export function changedAfter({ ms, id }: Place, timeField: string): string {
  const at = isoOfInstant(instant(ms));
  if (id === '') return `${timeField} >= ${at}`;
  return `(${timeField} > ${at} OR (${timeField} = ${at} AND Id > ${quoted(id)}))`;
}

/** Names in a query are part of its text: only what can be a name of a field is let in. */
export function isFieldName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,79}$/.test(text);
}
