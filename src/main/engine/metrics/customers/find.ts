/** `customers.find`: the customers that somebody means who types a few letters, the likeliest first. */
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { storedCurrency } from './customer-row.ts';
import { customerTable, type CustomerTable } from './customer-table.ts';
import { nearWordTest, unaccented, type NearTest } from './near-words.ts';

export interface FindInput {
  readonly query: string;
  readonly limit: number;
}

/** How a name answers to what was typed, the best first. */
const RANKS = { begins: 0, wordBegins: 1, within: 2, near: 3 } as const;
type Rank = (typeof RANKS)[keyof typeof RANKS];
const RANK_COUNT = 4;

/**
 * All words typed must be met in the name, the e-mail address or the vendor's id, in any order; accents and capitals do
 * not matter. Where that leaves room, a word may have one slip. Within a rank those who pay most come first.
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
  const byId = table.ofVendorId(query);
  const ranks: number[][] = Array.from({ length: RANK_COUNT }, () => []);
  const whole = words.join(' ');
  const order = table.ordered('mrr', 'desc');
  for (const position of order) {
    const text = table.texts[position] ?? '';
    if (!words.every((word) => text.includes(word))) continue;
    const rank = rankOf(text, whole, words);
    const ranked = ranks[rank];
    if (ranked && ranked.length < limit) ranked.push(position);
    if (ranks[RANKS.begins]?.length === limit) break;
  }
  const exact = [...new Set([...byId, ...ranks.flat()])].slice(0, limit);
  return exact.length < limit
    ? [...exact, ...nearOnes(table, order, words, limit - exact.length, new Set(exact))]
    : exact;
}

function rankOf(text: string, whole: string, [first = '']: readonly string[]): Rank {
  if (text.startsWith(whole)) return RANKS.begins;
  const at = text.indexOf(first);
  return at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1)) ? RANKS.wordBegins : RANKS.within;
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
