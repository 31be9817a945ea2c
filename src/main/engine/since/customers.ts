/** The customers behind what moved, and those of whom the past reads differently. */
import type { CustomerChange, PastChange } from '../../../shared/contract/since.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { basisCause, causeFinder, storedBasis, type NewRow } from '../closing/index.ts';
import { sourceUrl } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import type { LedgerNews, NewsRow } from './ledger-news.ts';
import type { Mark } from './visits.ts';

interface Group {
  readonly customerId: CustomerId;
  readonly rows: readonly NewsRow[];
  /** Annual minor units of the reporting currency. */
  readonly annual: number;
}

function groupsOf(rows: readonly NewsRow[], worth: LedgerNews['worth']): Group[] {
  return [...Map.groupBy(rows, ({ customer_id }) => customer_id)]
    .map(([customerId, own]) => ({ customerId, rows: own, annual: own.reduce((sum, row) => sum + worth(row), 0) }))
    .toSorted((a, b) => Math.abs(b.annual) - Math.abs(a.annual) || a.customerId - b.customerId);
}

/** The row that did most; the later of two that did as much. */
function mainOf(rows: readonly NewsRow[], worth: LedgerNews['worth']): NewsRow | undefined {
  return rows.toSorted((a, b) => Math.abs(worth(b)) - Math.abs(worth(a)) || (a.moved_on < b.moved_on ? 1 : -1))[0];
}

/** One line a customer, the largest change first. */
export function customerChanges(
  db: ReadDb,
  { rows, worth }: LedgerNews,
  limit: number,
): { total: number; rows: CustomerChange[] } {
  const groups = groupsOf(rows, worth);
  const name = customerNames(db);
  const converted = db.prepare<[number, string], { one: number }>(
    'SELECT 1 AS one FROM trial WHERE customer_id = ? AND converted_on = ? LIMIT 1',
  );
  return {
    total: groups.length,
    rows: groups.slice(0, limit).flatMap(({ customerId, rows: own, annual }) => {
      const main = mainOf(own, worth);
      if (!main) return [];
      return [
        {
          customerId,
          name: name(customerId),
          change: divideRounded(annual, 12),
          kind: main.kind,
          on: main.moved_on,
          converted: main.kind === 'new' && converted.first(customerId, main.moved_on) !== undefined,
        },
      ];
    }),
  };
}

/** One line a customer whose days before the look read differently now, with the reason. */
export function pastChanges(
  db: ReadDb,
  { past, worth }: LedgerNews,
  mark: Mark,
  lookedOn: PlainDay,
  limit: number,
): { total: number; rows: PastChange[] } {
  const groups = groupsOf(past, worth);
  const name = customerNames(db);
  const because = reasonFinder(db, mark, lookedOn);
  return {
    total: groups.length,
    rows: groups.slice(0, limit).flatMap(({ customerId, rows: own, annual }) => {
      const main = mainOf(own, worth);
      const [first] = own.map(({ moved_on }) => moved_on).toSorted();
      if (!main || first === undefined) return [];
      return [
        {
          customerId,
          name: name(customerId),
          on: first,
          change: divideRounded(annual, 12),
          kind: main.kind,
          ...because(customerId),
        },
      ];
    }),
  };
}

/** In words: settings that changed explain everything; else the customer's own new rows say what came to light. */
function reasonFinder(
  db: ReadDb,
  mark: Mark,
  lookedOn: PlainDay,
): (customerId: CustomerId) => { because: string; sourceUrl: string | null } {
  const settings = basisCause(mark.basis, storedBasis(db));
  const newRows = db.prepare<[number, number, string], NewRow>(
    `SELECT movement_id, run_id, customer_id, moved_on, kind, source_id, subscription_id, price_id, currency, annual_minor,
            reporting_minor, evidence, evidence_id, reverses_id
     FROM movement WHERE customer_id = ? AND movement_id > ? AND moved_on < ? ORDER BY movement_id`,
  );
  const source = db.prepare<[number], { name: string; vendor: string }>(
    'SELECT name, vendor FROM source WHERE source_id = ?',
  );
  const find = causeFinder(db);
  return (customerId) => {
    const { cause, detail, sourceId, objectId } =
      settings ?? find(newRows.all(customerId, mark.movementHead, lookedOn), mark.lookedAt);
    const from = sourceId === null ? undefined : source.first(sourceId);
    const at = from?.name ?? 'The source';
    const sentences: Partial<Record<typeof cause, string>> = {
      late: `${at} told of it only after the last look.`,
      source_added: `${at} was connected after the last look.`,
      source_removed: 'Its source was disconnected and its data deleted.',
      changed: `${at} shows it otherwise than at the last look.`,
    };
    return {
      because: settings === null ? (sentences[cause] ?? detail) : detail,
      sourceUrl: from === undefined || objectId === null ? null : sourceUrl(from.vendor, objectId),
    };
  };
}

/** A customer's name; the number where there is no such customer any more. */
export function customerNames(db: ReadDb): (customerId: number) => string {
  const name = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  return (customerId) => name.first(customerId)?.name ?? `Customer ${customerId}`;
}
