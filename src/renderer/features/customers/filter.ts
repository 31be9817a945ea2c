/** The filter of the customers' table, between the address and the engine. */
import type { CustomerFilter, FilterCondition } from '../../../shared/contract/segments.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { decimalText, minor } from '../../../shared/kernel/money.ts';
import { plainDay } from '../../../shared/kernel/day.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import {
  conditionsOf,
  conditionText,
  sliceOf,
  type CustomersSearch,
  type FiltersText,
} from '../../lib/address/index.ts';
import { exponentOf } from '../../../shared/kernel/currency.ts';

type FilterSearch = Pick<CustomersSearch & FiltersText, 'search' | 'state' | 'slice' | 'mrr' | 'firstPaid' | 'churned'>;

/** A stretch as the address writes it: `from..to`, either end left out where it is open. */
function endsOf<End>(text: string | undefined, read: (text: string) => End | undefined): { from?: End; to?: End } {
  const [from = '', to = ''] = (text ?? '').split('..');
  const [first, last] = [from === '' ? undefined : read(from), to === '' ? undefined : read(to)];
  return { ...(first !== undefined && { from: first }), ...(last !== undefined && { to: last }) };
}

function readDay(text: string) {
  try {
    return plainDay(text);
  } catch (error) {
    // A boundary: an address may say anything; what is no day bounds nothing.
    if (isAppError(error, 'invalid_input')) return undefined;
    throw error;
  }
}

function readAmount(text: string) {
  const amount = Number(text);
  return Number.isSafeInteger(amount) && amount >= 0 ? minor(amount) : undefined;
}

/** What the address asks for, with the part of the company but without saved segments; empty: everybody. */
export function filterFrom(search: FilterSearch): CustomerFilter {
  const where = conditionsOf(search.slice);
  const { from: min, to: max } = endsOf(search.mrr, readAmount);
  const firstPaid = endsOf(search.firstPaid, readDay);
  const churned = endsOf(search.churned, readDay);
  return {
    ...(search.search !== undefined && { search: search.search }),
    ...(search.state !== undefined && { states: [search.state] }),
    ...(where.length > 0 && { where }),
    ...((min !== undefined || max !== undefined) && {
      mrr: { ...(min !== undefined && { min }), ...(max !== undefined && { max }) },
    }),
    ...(Object.keys(firstPaid).length > 0 && { firstPaid }),
    ...(Object.keys(churned).length > 0 && { churned }),
  };
}

/** No filter at all, for an address. */
export const NO_FILTER: Record<keyof FilterSearch, undefined> = {
  search: undefined,
  state: undefined,
  slice: undefined,
  mrr: undefined,
  firstPaid: undefined,
  churned: undefined,
};

/** Two filters of which both must hold, as far as one can say both. */
export function bothOf(first: CustomerFilter, second: CustomerFilter): CustomerFilter {
  const where: FilterCondition[] = [...(first.where ?? []), ...(second.where ?? [])];
  return { ...first, ...second, ...(where.length > 0 && { where }) };
}

/** The one saved segment that the part of the company is made of, where it is; its id as text. */
export function segmentIn(slice: string | undefined): string | undefined {
  const named = (sliceOf(slice)?.where ?? []).filter(({ dimension, not }) => dimension === 'segment' && not !== true);
  const [segment, ...more] = named.flatMap(({ values }) => values);
  return more.length === 0 ? segment : undefined;
}

/** That segment alone as the part of the company; undefined: all of it. */
export function sliceOfSegment(segmentId: number | undefined): string | undefined {
  return segmentId === undefined ? undefined : conditionText([{ dimension: 'segment', values: [String(segmentId)] }]);
}

/** `from..to`, or undefined where both ends are open. */
export function stretchText(from: string, to: string): string | undefined {
  return from === '' && to === '' ? undefined : `${from}..${to}`;
}

/** Major units as typed, to whole minor units; empty where it is no amount. */
export function minorText(typed: string, currency: CurrencyCode): string {
  const amount = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(amount) || amount < 0) return '';
  return String(Math.round(amount * 10 ** exponentOf(currency)));
}

/** The ends of the amount in the address, in major units as they are typed. */
export function majorEnds(text: string | undefined, currency: CurrencyCode): { from: string; to: string } {
  const { from, to } = endsOf(text, readAmount);
  return {
    from: from === undefined ? '' : decimalText(from, currency),
    to: to === undefined ? '' : decimalText(to, currency),
  };
}

export function dayEnds(text: string | undefined): { from: string; to: string } {
  const { from = '', to = '' } = endsOf(text, readDay);
  return { from, to };
}
