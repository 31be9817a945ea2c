/** The values of a dimension, and what a condition on one comes to: a test of customers, of prices or of currencies. */
import { isItemDimension, NO_VALUE, type Dimension, type ItemDimension } from '../../../../shared/contract/slice.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyNumber, currencyOfNumber } from '../ledger/customer-block.ts';
import { customerValues, type CustomerDimension } from './dimension-values.ts';
import { catalogueValues } from './catalogue-values.ts';
import type { ItemBook } from './items.ts';
import type { SliceLedger } from './slice-ledger.ts';

export interface KnownValue {
  readonly value: string;
  readonly label: string;
}

/** A dimension that is read off facts: every one but saved segments. */
export type FactDimension = ItemDimension | CustomerDimension;

/** Which prices, in which currencies; null: all. Prices by their number, as far as they have been met. */
export interface ItemTest {
  readonly items: () => Uint8Array | null;
  readonly currencies: ReadonlySet<number> | null;
  /** The same of an item of another book, and of a currency in which nothing recurs. */
  readonly itemsOf: (book: ItemBook, item: number) => boolean;
  readonly currency: ((currency: number) => boolean) | null;
  /** Whether prices are told apart by anything but their currency. */
  readonly byPrice: boolean;
}

/** Every value that a dimension has. */
export function knownValues(db: ReadDb, dimension: FactDimension, { book, moves }: SliceLedger): KnownValue[] {
  if (dimension === 'currency')
    return moves.everyCurrency.map(currencyOfNumber).map((value) => ({ value, label: value }));
  if (isItemDimension(dimension)) {
    const values = new Set(Array.from({ length: book.size }, (_, item) => book.value(item, dimension)));
    return [...values].map((value) => ({ value, label: book.label(dimension, value) }));
  }
  return customerValues(db, dimension).values.map((value) => ({ value, label: customerLabel(dimension, value) }));
}

export function customerLabel(dimension: Dimension, value: string): string {
  if (value !== NO_VALUE) return value;
  if (dimension === 'country') return 'Country not known';
  return dimension === 'channel' ? 'Channel not known' : 'Without a value';
}

/**
 * The values that texts name: a value itself, else a label or value in another case; `unknown` or `none` names what has none.
 * `unheard`: what to do with a text that names nothing; a saved segment outlives the values it was made of.
 * @throws AppError `invalid_input` for a text that names nothing, with the values there are.
 */
export function resolveValues(
  db: ReadDb,
  dimension: FactDimension,
  texts: readonly string[],
  ledger: SliceLedger,
  unheard: 'refuse' | 'ignore' = 'refuse',
): string[] {
  let known = knownValues(db, dimension, ledger);
  return texts.flatMap((text) => {
    const found = named(known, text);
    if (found !== null) return [found];
    // A price that has only been on trial is known from the states alone.
    ledger.states();
    known = knownValues(db, dimension, ledger);
    const late = named(known, text);
    if (late !== null) return [late];
    // What never recurred, such as a fee billed once, is in revenue and cash all the same.
    const billed = isItemDimension(dimension) ? named(catalogueValues(db, dimension), text) : null;
    if (billed !== null) return [billed];
    if (unheard === 'ignore') return [];
    throw new AppError('invalid_input', `There is no ${dimensionWord(dimension)} “${text}”; ${listed(known)}`, {
      details: { dimension, value: text },
    });
  });
}

function named(known: readonly KnownValue[], text: string): string | null {
  if (known.some(({ value }) => value === text)) return text;
  const lower = text.toLowerCase();
  const found = known.find(({ value, label }) => label.toLowerCase() === lower || value.toLowerCase() === lower);
  if (found) return found.value;
  const isNone = lower === 'unknown' || lower === 'none';
  return isNone && known.some(({ value }) => value === NO_VALUE) ? NO_VALUE : null;
}

const SHOWN = 12;

/** The values there are, in words. */
export function listed(known: readonly KnownValue[]): string {
  const labels = known
    .filter(({ value }) => value !== NO_VALUE)
    .map(({ label }) => label)
    .sort();
  if (labels.length === 0) return 'none is known yet';
  const rest = labels.length - SHOWN;
  return `known: ${labels.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function dimensionWord(dimension: Dimension): string {
  return dimension.startsWith('metadata:')
    ? `value of the metadata key ${dimension.slice('metadata:'.length)}`
    : dimension;
}

export interface ItemCondition {
  readonly dimension: ItemDimension;
  readonly values: readonly string[];
  /** Those that have none of the values. */
  readonly not?: boolean;
}

/** Prices that meet all conditions, each by any of its own values. */
export function itemTest(conditions: readonly ItemCondition[], { book, moves }: SliceLedger): ItemTest {
  let currencies: Set<number> | null = null;
  const byPrice: { dimension: Exclude<ItemDimension, 'currency'>; values: ReadonlySet<string>; not: boolean }[] = [];
  const byCurrency: ((currency: number) => boolean)[] = [];
  for (const { dimension, values, not = false } of conditions) {
    if (dimension !== 'currency') {
      byPrice.push({ dimension, values: new Set(values), not });
      continue;
    }
    const named = new Set(values.map(currencyNumber));
    byCurrency.push((currency) => named.has(currency) !== not);
    currencies = bothOf(
      currencies,
      not ? new Set(moves.everyCurrency.filter((currency) => !named.has(currency))) : named,
    );
  }
  const itemsOf = (of: ItemBook, item: number): boolean =>
    byPrice.every(({ dimension, values, not }) => values.has(of.value(item, dimension)) !== not);
  return {
    currencies,
    itemsOf,
    byPrice: byPrice.length > 0,
    currency: byCurrency.length === 0 ? null : (currency) => byCurrency.every((holds) => holds(currency)),
    items: () =>
      byPrice.length === 0 ? null : Uint8Array.from({ length: book.size }, (_, item) => (itemsOf(book, item) ? 1 : 0)),
  };
}

function bothOf(before: ReadonlySet<number> | null, own: Set<number>): Set<number> {
  return before === null ? own : new Set([...own].filter((currency) => before.has(currency)));
}

/** A test of customers by their value of a dimension. */
export function customerTest(
  db: ReadDb,
  dimension: CustomerDimension,
  values: readonly string[],
): (customerId: number) => boolean {
  const { values: all, codeOf } = customerValues(db, dimension);
  const wanted = Uint8Array.from(all, (value) => (values.includes(value) ? 1 : 0));
  return (customerId) => wanted[codeOf(customerId)] === 1;
}
