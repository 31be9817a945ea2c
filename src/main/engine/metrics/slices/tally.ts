/** One pass over the ledger that sums a period up by the values of a dimension. */
import { isItemDimension, type Dimension } from '../../../../shared/contract/slice.ts';
import type { ReadDb } from '../../store/handles.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import { customerLabel } from './conditions.ts';
import { customerValues } from './dimension-values.ts';
import type { ItemBook } from './items.ts';
import { TRANSFER } from './move-columns.ts';
import type { Selection } from './selection.ts';
import type { SliceLedger } from './slice-ledger.ts';

/** The movements of a row of a breakdown, in the order of `Tally.kinds`. */
export const TALLY_KINDS = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'paused',
  'resumed',
  'movedIn',
  'movedOut',
] as const;
const MOVED_IN = TALLY_KINDS.indexOf('movedIn');
const MOVED_OUT = TALLY_KINDS.indexOf('movedOut');

/** What one value of the dimension comes to. Annual minor units. */
export interface Tally {
  readonly value: string;
  readonly label: string;
  /** By currency, before they are converted. */
  readonly opening: Map<number, number>;
  readonly closing: Map<number, number>;
  /** As `valueOf` gives them, by `TALLY_KINDS`. */
  readonly kinds: Float64Array;
  /** The same by currency, before they are converted. */
  readonly natives: Map<number, Float64Array>;
  customers: number;
}

export interface TallyQuestion {
  readonly ledger: SliceLedger;
  readonly selection: Selection;
  readonly by: Exclude<Dimension, 'segment'>;
  /** Day numbers, both included. */
  readonly from: number;
  readonly to: number;
  /** A native amount of a row of the ledger on its day, in the currency asked for; `reporting` is the ledger's own. */
  readonly valueOf: (native: number, reporting: number, currency: number, day: number) => number;
}

interface Leftover {
  readonly code: number;
  readonly natives: Map<number, number>;
  value: number;
}

/** A tally while it is added up: by the place of a currency, which costs less than to look each row's up. */
interface Running extends Pick<Tally, 'kinds' | 'natives'> {
  readonly opening: Float64Array;
  readonly closing: Float64Array;
  customers: number;
}

/** A tally for every value that has something in the period. */
export function tallies(db: ReadDb, question: TallyQuestion): Tally[] {
  const { ledger, selection, from, to, valueOf } = question;
  const {
    length,
    customers,
    days,
    kinds,
    items,
    currencies,
    annual,
    reporting,
    ownAnnual,
    ownReporting,
    everyCurrency,
  } = ledger.moves;
  const { customer: holds, currencies: wanted } = selection;
  const chosen = selection.items();
  const { codeOf, nameOf } = dimensionCoder(db, ledger.book, question.by);
  const found = new Map<number, Running>();
  const places = new Map(everyCurrency.map((currency, place) => [currency, place]));
  const held = new Held();
  const leftovers: Leftover[] = [];
  // Rows beside each other are mostly of one value and one currency: neither is looked up again.
  let lastCode = -1;
  let lastTally = emptyTally(everyCurrency.length);
  let lastCurrency = -1;
  let place = 0;
  const tallyOf = (code: number): Running => {
    if (code === lastCode) return lastTally;
    let tally = found.get(code);
    if (!tally) found.set(code, (tally = emptyTally(everyCurrency.length)));
    lastCode = code;
    lastTally = tally;
    return tally;
  };
  for (let index = 0; index < length;) {
    const customer = customers[index] ?? 0;
    if (holds && !holds(customer)) {
      while (index < length && customers[index] === customer) index += 1;
      continue;
    }
    while (index < length && customers[index] === customer) {
      const day = days[index] ?? 0;
      for (; index < length && customers[index] === customer && days[index] === day; index++) {
        if (day > to) continue;
        const item = items[index] ?? 0;
        if (chosen && chosen[item] !== 1) continue;
        const currency = currencies[index] ?? 0;
        if (wanted && !wanted.has(currency)) continue;
        if (currency !== lastCurrency) {
          lastCurrency = currency;
          place = places.get(currency) ?? 0;
        }
        const native = annual[index] ?? 0;
        const code = codeOf(customer, item, currency);
        const tally = tallyOf(code);
        tally.closing[place] = (tally.closing[place] ?? 0) + native;
        held.add(code, place, native);
        if (day < from) {
          tally.opening[place] = (tally.opening[place] ?? 0) + native;
          continue;
        }
        const own = ownAnnual[index] ?? 0;
        const value = valueOf(native, reporting[index] ?? 0, currency, day);
        const ownValue = valueOf(own, ownReporting[index] ?? 0, currency, day);
        const kind = kinds[index] ?? TRANSFER;
        if (kind !== TRANSFER) book(tally, kindIndex(kind), currency, own, ownValue);
        if (native === own && value === ownValue) continue;
        let leftover = leftovers.find((known) => known.code === code);
        if (!leftover) leftovers.push((leftover = { code, natives: new Map(), value: 0 }));
        leftover.value += value - ownValue;
        add(leftover.natives, currency, native - own);
      }
      if (leftovers.length === 0) continue;
      for (const { code, natives, value } of leftovers) bookMoved(tallyOf(code), natives, value);
      leftovers.length = 0;
    }
    held.eachPayer((code) => (tallyOf(code).customers += 1));
  }
  const byCurrency = (sums: Float64Array) =>
    new Map(everyCurrency.flatMap((currency, at) => (sums[at] ? [[currency, sums[at]] as const] : [])));
  return [...found].map(([code, { opening, closing, ...tally }]) => ({
    ...nameOf(code),
    ...tally,
    opening: byCurrency(opening),
    closing: byCurrency(closing),
  }));
}

function emptyTally(currencies: number): Running {
  return {
    opening: new Float64Array(currencies),
    closing: new Float64Array(currencies),
    kinds: new Float64Array(TALLY_KINDS.length),
    natives: new Map(),
    customers: 0,
  };
}

/** What one customer holds of each value in each currency: a handful, used again and again. */
class Held {
  #count = 0;
  readonly #codes: number[] = [];
  readonly #places: number[] = [];
  readonly #levels: number[] = [];

  add(code: number, place: number, amount: number): void {
    for (let at = 0; at < this.#count; at++)
      if (this.#codes[at] === code && this.#places[at] === place) {
        this.#levels[at] = (this.#levels[at] ?? 0) + amount;
        return;
      }
    const at = this.#count++;
    this.#codes[at] = code;
    this.#places[at] = place;
    this.#levels[at] = amount;
  }

  /** Names each value that the customer pays for, in any currency, once; and forgets the customer. */
  eachPayer(visit: (code: number) => void): void {
    for (let at = 0; at < this.#count; at++)
      if ((this.#levels[at] ?? 0) > 0 && !this.#paysBefore(at)) visit(this.#codes[at] ?? 0);
    this.#count = 0;
  }

  #paysBefore(end: number): boolean {
    for (let at = 0; at < end; at++)
      if (this.#codes[at] === this.#codes[end] && (this.#levels[at] ?? 0) > 0) return true;
    return false;
  }
}

const KIND_INDEX = LEDGER_KINDS.map((kind) => TALLY_KINDS.findIndex((name) => name === kind));

function kindIndex(kind: number): number {
  return KIND_INDEX[kind] ?? 0;
}

function add(sums: Map<number, number>, currency: number, amount: number): void {
  sums.set(currency, (sums.get(currency) ?? 0) + amount);
}

function book({ kinds, natives }: Running, kind: number, currency: number, native: number, value: number): void {
  kinds[kind] = (kinds[kind] ?? 0) + value;
  let own = natives.get(currency);
  if (!own) natives.set(currency, (own = new Float64Array(TALLY_KINDS.length)));
  own[kind] = (own[kind] ?? 0) + native;
}

/** What of a customer's day came from, or went to, other values; of two currencies that changed places nothing did. */
function bookMoved(tally: Running, natives: ReadonlyMap<number, number>, value: number): void {
  let native = 0;
  for (const amount of natives.values()) native += amount;
  const sign = value !== 0 || natives.size > 1 ? value : native;
  if (sign === 0) return;
  const kind = sign > 0 ? MOVED_IN : MOVED_OUT;
  let rest = value;
  for (const [currency, amount] of natives) {
    book(tally, kind, currency, amount, rest);
    rest = 0;
  }
}

interface Coder {
  readonly codeOf: (customer: number, item: number, currency: number) => number;
  readonly nameOf: (code: number) => { value: string; label: string };
}

/** A number for every value of a dimension; prices as far as the book knows them by now. */
export function dimensionCoder(db: ReadDb, items: ItemBook, by: TallyQuestion['by']): Coder {
  if (by === 'currency')
    return {
      codeOf: (_customer, _item, currency) => currency,
      nameOf: (code) => ({ value: currencyOfNumber(code), label: currencyOfNumber(code) }),
    };
  if (isItemDimension(by)) {
    const values: string[] = [];
    const codes = new Map<string, number>();
    const codeOfItem = Int32Array.from({ length: items.size }, (_, item) => {
      const value = items.value(item, by);
      let code = codes.get(value);
      if (code === undefined) codes.set(value, (code = values.push(value) - 1));
      return code;
    });
    return {
      codeOf: (_customer, item) => codeOfItem[item] ?? 0,
      nameOf: (code) => ({ value: values[code] ?? '', label: items.label(by, values[code] ?? '') }),
    };
  }
  const { values, codeOf } = customerValues(db, by);
  return {
    codeOf,
    nameOf: (code) => ({ value: values[code] ?? '', label: customerLabel(by, values[code] ?? '') }),
  };
}
