/** What is kept of all customers, column by column, and how it is read. Positions are in the order of ids. */
import { CUSTOMER_STATES } from '../../../../shared/contract/customer-state.ts';
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { STATE_SQL, type StoredRow } from './customer-row.ts';
import { TextsBuilder, type CustomerTexts } from './customer-texts.ts';

/** What a search for a name needs. */
export interface Base {
  readonly ids: Int32Array;
  /** Annual minor units in the ledger's currency; NaN where no rate is known. */
  readonly annual: Float64Array;
  readonly texts: CustomerTexts;
}

/** What other orders and filters need; read when they are first asked for. */
export interface Details {
  /** Index into `CUSTOMER_STATES`. */
  readonly states: Uint8Array;
  /** As `dayNumber`; NaN where there is none. */
  readonly since: Float64Array;
  readonly churned: Float64Array;
  readonly countries: Named;
  readonly plans: Named;
}

/** Texts that many share, each once; 0 is none. */
class Named {
  readonly texts: (string | null)[] = [null];
  readonly codes: Uint32Array;
  readonly #known = new Map<string, number>();

  constructor(length: number) {
    this.codes = new Uint32Array(length);
  }

  set(position: number, text: string | null): void {
    if (text === null) return;
    let code = this.#known.get(text);
    if (code === undefined) this.#known.set(text, (code = this.texts.push(text) - 1));
    this.codes[position] = code;
  }

  at(position: number): string | null {
    return this.texts[this.codes[position] ?? 0] ?? null;
  }

  /** By position, numbers that lie as the texts do; NaN for none. */
  ranks(): Float64Array {
    const ranked = new Map(
      this.texts
        .filter((text) => text !== null)
        .toSorted(byCodeUnits)
        .map((text, rank) => [text, rank]),
    );
    const ofCode = Float64Array.from(this.texts, (text) => (text === null ? Number.NaN : (ranked.get(text) ?? 0)));
    return Float64Array.from(this.codes, (code) => ofCode[code] ?? Number.NaN);
  }
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Of whom rows are read: who was erased, or merged into another, is not listed. */
export const FROM = `FROM customer c LEFT JOIN customer_standing s ON s.customer_id = c.customer_id
  WHERE c.erased_at IS NULL AND c.merged_into_id IS NULL`;

/** So many ids are read at once: rows of all customers as objects would take some fifty megabytes. */
const IDS_AT_ONCE = 4_096;

/** Rows of all customers, by id. */
function* storedRows<Row>(db: ReadDb, columns: string): Generator<Row> {
  const rows = db.prepare<[number, number], Row>(
    `SELECT ${columns} ${FROM} AND c.customer_id BETWEEN ? AND ? ORDER BY c.customer_id`,
  );
  const last = db.prepare<[], { id: number | null }>(`SELECT max(customer_id) AS id FROM customer`).first()?.id ?? 0;
  for (let from = 1; from <= last; from += IDS_AT_ONCE) yield* rows.all(from, from + IDS_AT_ONCE - 1);
}

type BaseRow = Pick<StoredRow, 'customer_id' | 'name' | 'email'> & { readonly annual: number | null };

export function readBase(db: ReadDb): Base {
  const most = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM customer`).first()?.n ?? 0;
  const ids = new Int32Array(most);
  const annual = new Float64Array(most);
  const texts = new TextsBuilder();
  let length = 0;
  const columns = `c.customer_id, c.name, c.email, CASE ${STATE_SQL} WHEN 'lead' THEN 0 ELSE s.reporting_minor END AS annual`;
  for (const row of storedRows<BaseRow>(db, columns)) {
    ids[length] = row.customer_id;
    annual[length] = row.annual ?? Number.NaN;
    texts.add(row.name, row.email);
    length += 1;
  }
  return { ids: ids.subarray(0, length), annual: annual.subarray(0, length), texts: texts.texts() };
}

type DetailRow = Pick<StoredRow, 'customer_id' | 'state' | 'country' | 'plan' | 'first_paid_on' | 'churned_on'>;

/** @param ids those of the table that the details belong to. */
export function readDetails(db: ReadDb, ids: Int32Array): Details {
  const { length } = ids;
  const states = new Uint8Array(length);
  const [since, churned] = [new Float64Array(length).fill(Number.NaN), new Float64Array(length).fill(Number.NaN)];
  const [countries, plans] = [new Named(length), new Named(length)];
  const numbers = new Map(CUSTOMER_STATES.map((state, number) => [state, number]));
  let position = 0;
  const columns = `c.customer_id, ${STATE_SQL} AS state, c.country, s.plan, s.first_paid_on, s.churned_on`;
  for (const row of storedRows<DetailRow>(db, columns)) {
    // Both lie by id; a customer who came or went between the two reads is passed over.
    while (position < length && (ids[position] ?? 0) < row.customer_id) position += 1;
    if (ids[position] !== row.customer_id) continue;
    states[position] = numbers.get(row.state) ?? 0;
    if (row.first_paid_on !== null) since[position] = dayNumber(row.first_paid_on);
    if (row.churned_on !== null) churned[position] = dayNumber(row.churned_on);
    countries.set(position, row.country);
    plans.set(position, row.plan);
  }
  return { states, since, churned, countries, plans };
}
