/** `customers.find`: the customers that somebody means who types a few letters, the likeliest first. */
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { storedCurrency } from './customer-row.ts';
import { customerTable, type CustomerTable } from './customer-table.ts';
import { unaccented, wordPieces } from './near-words.ts';

export interface FindInput {
  readonly query: string;
  readonly limit: number;
}

/**
 * All words typed must be met in the name, the e-mail address or the vendor's id, in any order; accents and capitals do
 * not matter. Names that begin so come first, then those with a word that does, then all others, in each those who pay
 * most. Where that leaves room, a word may have one slip.
 */
export function findCustomers(
  db: ReadDb,
  { query, limit }: FindInput,
  context: MetricsContext,
): { currency: CurrencyCode; rows: CustomerRow[] } {
  const table = customerTable(db);
  const words = unaccented(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = words.length === 0 ? [] : bestOf(table, words, query.trim(), limit);
  return { currency: storedCurrency(db, context), rows: table.rowsAt(found) };
}

function bestOf(table: CustomerTable, words: readonly string[], query: string, limit: number): number[] {
  const begins: number[] = [];
  const wordBegins: number[] = [];
  const within: number[] = [];
  const whole = Buffer.from(words.join(' '));
  const first = Buffer.from(words[0] ?? '');
  const order = table.ordered('mrr', 'desc');
  const has = all(words.map((word) => table.texts.having(word)));
  for (const position of order) {
    if (begins.length === limit) break;
    if (has[position] !== 1) continue;
    if (table.texts.begins(position, whole)) {
      begins.push(position);
      continue;
    }
    // A short word fits nearly everybody: once there are enough of a rank, it is not looked for any more.
    if (wordBegins.length === limit && within.length === limit) continue;
    const ranked = table.texts.beginsWord(position, first) ? wordBegins : within;
    if (ranked.length < limit) ranked.push(position);
  }
  const exact = [...new Set([...table.ofVendorId(query), ...begins, ...wordBegins, ...within])].slice(0, limit);
  return exact.length < limit
    ? [...exact, ...nearOnes(table, order, words, limit - exact.length, new Set(exact))]
    : exact;
}

/** Those whose words meet the typed ones but for a slip. */
function nearOnes(
  table: CustomerTable,
  order: Int32Array,
  words: readonly string[],
  room: number,
  known: ReadonlySet<number>,
): number[] {
  // Most customers have no piece of a word that one slip leaves as it is, and are not looked at.
  const has = all(
    words.map((word) => {
      const pieces = wordPieces(word);
      return pieces === null ? table.texts.having(word) : any(pieces.map((piece) => table.texts.having(piece)));
    }),
  );
  const tests = words.map((word) => table.texts.nearTest(word)).filter((test) => test !== null);
  const found: number[] = [];
  for (const position of order) {
    if (found.length >= room) break;
    if (has[position] !== 1 || known.has(position)) continue;
    if (tests.every((holds) => holds(position))) found.push(position);
  }
  return found;
}

function all(marks: readonly Uint8Array[]): Uint8Array {
  return joined(marks, (a, b) => a & b);
}

function any(marks: readonly Uint8Array[]): Uint8Array {
  return joined(marks, (a, b) => a | b);
}

/** The first set of marks with the others in it. */
function joined([first = new Uint8Array(0), ...others]: readonly Uint8Array[], join: (a: number, b: number) => number) {
  for (const other of others)
    for (let index = 0; index < first.length; index++) first[index] = join(first[index] ?? 0, other[index] ?? 0);
  return first;
}
