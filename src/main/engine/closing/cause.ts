/** Why a closed month is known otherwise than it was reported. */
import type { RestatementCause } from '../../../shared/contract/closing.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';
import type { Basis } from './watch.ts';

/** A cause in one of the closed list's words, with a sentence and the object that shows it. */
export interface Cause {
  readonly cause: RestatementCause;
  readonly detail: string;
  readonly sourceId: number | null;
  readonly objectId: string | null;
}

/** A row of the ledger that the last comparison did not know. */
export interface NewRow {
  readonly movement_id: number;
  readonly run_id: number;
  readonly customer_id: CustomerId;
  readonly moved_on: string;
  readonly kind: string;
  readonly source_id: number;
  readonly subscription_id: string;
  readonly price_id: string;
  readonly currency: string;
  readonly annual_minor: number;
  readonly reporting_minor: number | null;
  readonly evidence: string;
  readonly evidence_id: string;
  readonly reverses_id: number | null;
}

const nothing = { sourceId: null, objectId: null };

/** What of the settings and rules differs from what the ledger was computed under before; null: nothing. */
export function basisCause(before: Basis, now: Basis): Cause | null {
  const differs: [boolean, RestatementCause, string][] = [
    [
      before.currency !== now.currency,
      'currency',
      `the reporting currency is ${now.currency}, it was ${before.currency}`,
    ],
    [before.timeZone !== now.timeZone, 'time_zone', `the time zone is ${now.timeZone}, it was ${before.timeZone}`],
    [
      before.policy !== now.policy,
      'policy',
      `the policy is “${nameOf(now)}”, it was “${nameOf(before)}”${switchesText(before, now)}`,
    ],
    [
      before.rulesVersion !== now.rulesVersion,
      'rules',
      `the program counts by version ${now.rulesVersion} of its rules, it was ${before.rulesVersion}`,
    ],
  ];
  const found = differs.filter(([differ]) => differ);
  const [first] = found;
  if (!first) return null;
  return { cause: first[1], detail: sentence(found.map(([, , text]) => text).join('; ')), ...nothing };
}

function nameOf({ policy }: Basis): string {
  return policy === '' ? 'none' : String((JSON.parse(policy) as { name?: unknown }).name ?? 'own');
}

function switchesText(before: Basis, now: Basis): string {
  if (before.policy === '' || now.policy === '') return '';
  const was = JSON.parse(before.policy) as Record<string, unknown>;
  const is = JSON.parse(now.policy) as Record<string, unknown>;
  const turned = Object.keys(is).filter((name) => name !== 'name' && is[name] !== was[name]);
  return turned.length === 0 ? '' : ` (${turned.map((name) => `${name}: ${String(is[name])}`).join(', ')})`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export type CauseFinder = (rows: readonly NewRow[], closedAt: Instant) => Cause;

interface SourceRow {
  name: string;
  state: string;
  connected_at: number;
}

/**
 * Finds the cause of a customer's new rows in one closed month, from the
 * plainest to the finest: the source came or went, customers were merged or split, the customer was deleted,
 * only the rate differs, something came to light that was not known before, or
 * what was known reads otherwise now.
 */
export function causeFinder(db: ReadDb): CauseFinder {
  const source = db.prepare<[number], SourceRow>(`SELECT name, state, connected_at FROM source WHERE source_id = ?`);
  const deleted = db.prepare<[number, number], { deleted_at: number }>(
    `SELECT deleted_at FROM billing_customer WHERE customer_id = ? AND source_id = ? AND deleted_at IS NOT NULL`,
  );
  const regrouped = db.prepare<[number, number, number, number], { one: number }>(
    `SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM identity_decision WHERE customer_id = ? AND decided_at > ? AND action IN ('merge', 'split'))
       OR EXISTS (SELECT 1 FROM identity_decision WHERE from_customer_id = ? AND decided_at > ? AND action IN ('merge', 'split'))`,
  );
  return (rows, closedAt) => {
    const added = rows.filter((row) => row.reverses_id === null);
    const reversed = rows.filter((row) => row.reverses_id !== null);
    const known = new Set(reversed.map(({ evidence_id }) => evidence_id));
    const news = added.find(({ evidence, evidence_id }) => isNews(evidence) && !known.has(evidence_id));
    const main = news ?? added[0] ?? reversed[0];
    if (!main) return { cause: 'changed', detail: 'The ledger differs.', ...nothing };
    const pointer = { sourceId: main.source_id, objectId: main.evidence_id };
    const from = source.first(main.source_id);
    if (!from || from.state === 'disconnected')
      return { cause: 'source_removed', detail: 'Its source was disconnected and its data deleted.', ...pointer };
    if (from.connected_at > closedAt)
      return { cause: 'source_added', detail: `${from.name} was connected after the month was closed.`, ...pointer };
    if (regrouped.first(main.customer_id, closedAt, main.customer_id, closedAt))
      return {
        cause: 'changed',
        detail: 'Customers were merged or split by hand after the month was closed.',
        ...pointer,
      };
    if (onlyRates(added, reversed))
      return { cause: 'rate', detail: `The rate from ${main.currency} of ${main.moved_on} changed.`, ...pointer };
    const gone = deleted.first(main.customer_id, main.source_id);
    if (gone && gone.deleted_at > closedAt)
      return { cause: 'deleted', detail: `The customer was deleted at ${from.name}.`, ...pointer };
    if (news)
      return {
        cause: 'late',
        detail: `${news.evidence === 'invoice' ? 'An invoice' : 'An event'} of ${from.name} came to light after the month was closed.`,
        ...pointer,
      };
    return {
      cause: 'changed',
      detail: `${from.name} shows the subscription otherwise than when the month was closed.`,
      ...pointer,
    };
  };
}

function isNews(evidence: string): boolean {
  return evidence === 'event' || evidence === 'invoice';
}

/** Whether what was taken back was added again with the same native amounts. */
function onlyRates(added: readonly NewRow[], reversed: readonly NewRow[]): boolean {
  if (added.length === 0 || added.length !== reversed.length) return false;
  const counts = new Map<string, number>();
  for (const row of reversed) count(counts, contentOf(row, -row.annual_minor), 1);
  for (const row of added) count(counts, contentOf(row, row.annual_minor), -1);
  return [...counts.values()].every((rest) => rest === 0);
}

function contentOf(row: NewRow, annual: number): string {
  return `${row.moved_on}|${row.kind}|${row.source_id}|${row.subscription_id}|${row.price_id}|${row.currency}|${annual}`;
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
