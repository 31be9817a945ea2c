/** `customers.find`: the customers that somebody means who types a few letters, the likeliest first. */
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { storedCurrency } from './customer-row.ts';
import { customerTable, type CustomerTable } from './customer-table.ts';
import { isWordCode, nearWordTest, unaccented, type NearTest } from './near-words.ts';

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
  return {
    currency: storedCurrency(db, context),
    rows: found.flatMap((position) => table.rows[position] ?? []),
  };
}

function bestOf(table: CustomerTable, words: readonly string[], query: string, limit: number): number[] {
  const begins: number[] = [];
  const wordBegins: number[] = [];
  const within: number[] = [];
  const whole = words.join(' ');
  const [first = ''] = words;
  const order = table.ordered('mrr', 'desc');
  for (const position of order) {
    if (begins.length === limit) break;
    const text = table.texts[position] ?? '';
    if (text.startsWith(whole)) {
      begins.push(position);
      continue;
    }
    // A short word fits nearly everybody: once there are enough of a rank, it is not looked for any more.
    if (wordBegins.length === limit && within.length === limit) continue;
    if (!words.every((word) => text.includes(word))) continue;
    const ranked = beginsWord(text, first) ? wordBegins : within;
    if (ranked.length < limit) ranked.push(position);
  }
  const exact = [...new Set([...table.ofVendorId(query), ...begins, ...wordBegins, ...within])].slice(0, limit);
  return exact.length < limit
    ? [...exact, ...nearOnes(table, order, words, limit - exact.length, new Set(exact))]
    : exact;
}

/** Whether the first place where the letters stand is the beginning of a word. */
function beginsWord(text: string, letters: string): boolean {
  const at = text.indexOf(letters);
  return at === 0 || !isWordCode(text.charCodeAt(at - 1));
}

/** Those whose words meet the typed ones but for a slip. */
function nearOnes(
  table: CustomerTable,
  order: Int32Array,
  words: readonly string[],
  room: number,
  known: ReadonlySet<number>,
): number[] {
  const tests = words.map((word): NearTest => nearWordTest(word) ?? ((text) => text.includes(word)));
  const found: number[] = [];
  for (const position of order) {
    if (found.length >= room) break;
    const text = table.texts[position] ?? '';
    if (!known.has(position) && tests.every((holds) => holds(text))) found.push(position);
  }
  return found;
}
