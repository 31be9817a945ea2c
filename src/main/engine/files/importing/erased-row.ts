/** Rows about somebody who is erased: what people wrote goes, what figures rest on stays. */
import { hash } from 'node:crypto';
import { erasedSubject } from '../../store/tables/erased-fact.ts';
import type { Erased } from '../../store/tables/erasures.ts';
import type { KindSpec, Values } from '../kinds/kind.ts';
import { valuesOf } from './known-rows.ts';

/** Texts that say what is billed, where a deal stands and who sells it, not who buys. */
const FIGURES: ReadonlySet<string> = new Set([
  'plan',
  'product',
  'pipeline',
  'stage',
  'owner',
  'team',
  'country',
  'channel',
  'survey',
  'meter',
  'meter_id',
]);

interface Row {
  readonly key: string;
  readonly body: string;
}

/** The row as it may be kept: the same where it is nobody's who is erased. */
export function erasedRow(kind: KindSpec, row: Row, erased: Erased): Row {
  return isErased(kind, row, erased) ? blankedRow(kind, row) : row;
}

function isErased(kind: KindSpec, { key, body }: Row, erased: Erased): boolean {
  const values = valuesOf(body);
  if (erased('customer', values['customer_id'] ?? null) !== null) return true;
  return kind.facts?.(values, key).some((fact) => erasedSubject(fact, erased) !== null) ?? false;
}

/** A row of an erased customer: without its texts and addresses. Those by which a row knows somebody become a number. */
export function blankedRow(kind: KindSpec, { key, body }: Row): Row {
  const values = valuesOf(body);
  const kept: Record<string, string> = {};
  for (const [field, value] of Object.entries(values)) {
    const spec = kind.fields.find((each) => each.field === field);
    if (spec === undefined) continue;
    const isText = spec.type === 'text' || spec.type === 'email';
    if (!isText || FIGURES.has(field)) kept[field] = value;
    else if (spec.required || isWhoItIs(field, values)) kept[field] = numbered(value);
  }
  // Only a key that is made of other fields can have changed: one of its content was never to be read.
  return { key: kind.key(kept) ?? key, body: JSON.stringify(kept) };
}

/** Without ids, companies are known by their names and people by their addresses. */
function isWhoItIs(field: string, values: Values): boolean {
  if (field === 'account') return values['account_id'] === undefined;
  return (field === 'email' || field === 'company') && values['customer_id'] === undefined;
}

/** The same for the same text, so that who is one stays one; what has been replaced already is left. */
function numbered(value: string): string {
  return /^erased [0-9a-f]{12}$/.test(value) ? value : `erased ${hash('sha256', value, 'hex').slice(0, 12)}`;
}
