/** From changed invoices, credit notes, charges, refunds and costs of closed months to restatements: one per object. */
import { dayAt, lastDayOf, monthOf, type PlainMonth } from '../../../shared/kernel/day.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import { convert, rateBook } from '../fx/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import type { Cause } from './cause.ts';
import type { Close } from './closes.ts';
import type { Entry } from './entry-writer.ts';
import { monthFlows, type FlowLine } from './known.ts';

interface ChangeRow {
  kind: FlowLine;
  source_id: number | null;
  object_id: string;
  flowed_at: number;
  currency: string;
  before_minor: number | null;
  after_minor: number | null;
}

/** What a person calls the objects of a line. */
const OBJECTS: Readonly<Record<FlowLine, string>> = {
  invoiced: 'invoice',
  credited: 'credit note',
  charged: 'charge',
  refunded: 'refund',
  fee: 'fee',
  disputed: 'dispute',
  dispute_won: 'won dispute',
  costs: 'cost',
};

/** How an object's customer is found. */
const CUSTOMER_OF: Readonly<Partial<Record<FlowLine, string>>> = {
  invoiced: `SELECT billing_customer_id FROM invoice WHERE source_id = ? AND id = ?`,
  credited: `SELECT billing_customer_id FROM credit_note WHERE source_id = ? AND id = ?`,
  charged: `SELECT billing_customer_id FROM charge WHERE source_id = ? AND id = ?`,
  refunded: `SELECT c.billing_customer_id FROM refund r JOIN charge c ON c.source_id = r.source_id AND c.id = r.charge_id
             WHERE r.source_id = ? AND r.id = ?`,
  disputed: `SELECT c.billing_customer_id FROM dispute d JOIN charge c ON c.source_id = d.source_id AND c.id = d.charge_id
             WHERE d.source_id = ? AND d.id = ?`,
  dispute_won: `SELECT c.billing_customer_id FROM dispute d JOIN charge c ON c.source_id = d.source_id AND c.id = d.charge_id
                WHERE d.source_id = ? AND d.id = ?`,
};

/**
 * Takes the noted changes of objects and gives an entry for each. Amounts are
 * converted one by one; what that rounds otherwise than the day's sum goes to
 * the month's largest entry of the line. Costs that changed together (a file
 * imported, taken back or imported again) are one entry for the month: a
 * spreadsheet has hundreds of rows, and a month's costs are one figure.
 */
export function flowEntries(
  db: WriteDb,
  closes: readonly Close[],
  basis: Cause | null,
  { zone }: MetricsContext,
): { readonly entries: readonly Entry[]; readonly from: PlainMonth | null } {
  const byMonth = new Map(closes.map((close) => [close.month, close]));
  const rates = rateBook(db);
  const drafts = new Map<string, { close: Close; line: FlowLine; entries: Draft[] }>();
  let from: PlainMonth | null = null;
  for (const row of takeChanges(db)) {
    const month = monthOf(dayAt(instant(row.flowed_at), zone));
    const close = byMonth.get(month);
    if (!close) continue;
    if (from === null || month < from) from = month;
    const day = row.kind === 'costs' ? lastDayOf(month) : dayAt(instant(row.flowed_at), zone);
    const rate = rates.rate(row.currency, close.currency, day);
    if (!rate) continue;
    const key = `${close.closeId}|${row.kind}`;
    const group = drafts.get(key) ?? { close, line: row.kind, entries: [] };
    group.entries.push({
      closeId: close.closeId,
      line: row.kind,
      customerId: customerOf(db, row),
      native: { currency: row.currency, before: row.before_minor ?? 0, after: row.after_minor ?? 0 },
      before: convert(row.before_minor ?? 0, rate),
      after: convert(row.after_minor ?? 0, rate),
      runId: null,
      ...(basis ?? causeOf(db, row, close)),
      sourceId: row.source_id,
      objectId: row.object_id,
    });
    drafts.set(key, group);
  }
  const groups = [...drafts.values()].flatMap((group) => {
    if (group.line !== 'costs' || group.entries.length === 1) return [group];
    const whole = together(group.entries);
    // What was only put under another kind leaves the month's costs as they were.
    return whole.before === whole.after ? [] : [{ ...group, entries: [whole] }];
  });
  for (const { close, line, entries } of groups) settleRounding(db, close, line, entries);
  return { entries: groups.flatMap(({ entries }) => entries), from };
}

type Draft = { -readonly [Key in keyof Entry]: Entry[Key] };

/** Costs of one month as one entry. In their own currency where they have the same. */
function together(entries: readonly Draft[]): Draft {
  const [first] = entries as readonly [Draft, ...Draft[]];
  const sum = (of: (entry: Draft) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  const currency = first.native?.currency ?? '';
  return {
    ...first,
    native: entries.every(({ native }) => native?.currency === currency)
      ? { currency, before: sum(({ native }) => native?.before ?? 0), after: sum(({ native }) => native?.after ?? 0) }
      : null,
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
    detail:
      first.cause === 'costs'
        ? `${entries.length} costs were entered or changed after the month was closed.`
        : first.detail,
    objectId: null,
  };
}

/** Whether objects or costs of closed months changed that no comparison has looked at yet. */
export function restatementsDue(db: ReadDb): boolean {
  return (
    db.prepare<[], { change_id: number }>(`SELECT change_id FROM closing_flow_change LIMIT 1`).first() !== undefined
  );
}

/** The noted changes in their order, each object's first and last amounts; they are gone afterwards. */
function takeChanges(db: WriteDb): ChangeRow[] {
  const rows = db
    .prepare<[], ChangeRow>(
      `SELECT kind, source_id, object_id, flowed_at, currency, before_minor, after_minor FROM closing_flow_change ORDER BY change_id`,
    )
    .all();
  db.prepareWrite(`DELETE FROM closing_flow_change`).run();
  const objects = new Map<string, ChangeRow>();
  for (const row of rows) {
    const key = [row.kind, row.source_id, row.object_id, row.flowed_at, row.currency].join('|');
    const known = objects.get(key);
    if (known) known.after_minor = row.after_minor;
    else objects.set(key, { ...row });
  }
  return [...objects.values()].filter(({ before_minor, after_minor }) => (before_minor ?? 0) !== (after_minor ?? 0));
}

function customerOf(db: ReadDb, row: ChangeRow): number | null {
  const customer = CUSTOMER_OF[row.kind];
  if (customer === undefined || row.source_id === null) return null;
  return (
    db
      .prepare<[number, number, string], { customer_id: number }>(
        `SELECT customer_id FROM billing_customer WHERE source_id = ? AND id = (${customer})`,
      )
      .first(row.source_id, row.source_id, row.object_id)?.customer_id ?? null
  );
}

function causeOf(db: ReadDb, row: ChangeRow, { closedAt }: Close): Cause {
  const pointer = { sourceId: row.source_id, objectId: row.object_id };
  if (row.source_id === null)
    return {
      cause: 'costs',
      detail: `The cost “${row.object_id.trim()}” was entered or changed after the month was closed.`,
      ...pointer,
    };
  const source = db
    .prepare<[number], { name: string; connected_at: number }>(
      `SELECT name, connected_at FROM source WHERE source_id = ?`,
    )
    .first(row.source_id);
  const what = OBJECTS[row.kind];
  if (!source)
    return { cause: 'source_removed', detail: 'Its source was disconnected and its data deleted.', ...pointer };
  if (source.connected_at > closedAt)
    return { cause: 'source_added', detail: `${source.name} was connected after the month was closed.`, ...pointer };
  if (row.before_minor === null)
    return { cause: 'late', detail: `The ${what} came to light after the month was closed.`, ...pointer };
  if (row.after_minor === null)
    return { cause: 'deleted', detail: `The ${what} was taken back after the month was closed.`, ...pointer };
  return { cause: 'changed', detail: `The ${what} was changed after the month was closed.`, ...pointer };
}

/** Converting a day's sum and converting its parts may differ by a minor unit each. */
function settleRounding(db: WriteDb, close: Close, line: FlowLine, entries: Draft[]): void {
  const restated =
    db
      .prepare<[number, string], { change: number | null }>(
        `SELECT sum(change_minor) AS change FROM restatement_rollup WHERE close_id = ? AND line = ?`,
      )
      .first(close.closeId, line)?.change ?? 0;
  const known = monthFlows(db, close.month, close.currency)[line] ?? 0;
  const change = entries.reduce((sum, { before, after }) => sum + after - before, 0);
  const rest = known - (close.flows[line] ?? 0) - restated - change;
  const largest = entries.reduce((a, b) => (Math.abs(b.after - b.before) > Math.abs(a.after - a.before) ? b : a));
  if (rest !== 0 && Math.abs(rest) <= 2 * entries.length) largest.after += rest;
}
