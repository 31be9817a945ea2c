/** Sections are made alike: what is counted, what it sums up to, and the first lines of it. */
import type { DigestLine, DigestSection } from '../../../shared/contract/digest.ts';
import { minor } from '../../../shared/kernel/money.ts';

/** So many lines of a section are handed out; all are counted. */
export const MOST_LINES = 12;

type Named = Pick<DigestSection, 'id' | 'group' | 'title' | 'definition'> &
  Partial<Pick<DigestSection, 'how' | 'why' | 'isEvent'>>;

export interface Found {
  readonly count: number;
  readonly amount?: number | null;
  readonly amountIs?: DigestSection['amountIs'];
  readonly note?: string | null;
  /** At least the first `MOST_LINES`, in the order in which they are to stand. */
  readonly lines: readonly DigestLine[];
}

/** A section of what is known. */
export function section(
  named: Named,
  { count, amount = null, amountIs = null, note = null, lines }: Found,
): DigestSection {
  const shown = lines.slice(0, MOST_LINES);
  return {
    how: null,
    why: null,
    isEvent: true,
    ...named,
    count,
    reason: null,
    amount: amount === null ? null : minor(amount),
    amountIs: amount === null ? null : amountIs,
    note,
    lines: [...shown],
    more: count - shown.length,
  };
}

/** A section of which nobody can know anything: never nothing. */
export function unknown(named: Named, reason: string): DigestSection {
  return { ...section(named, { count: 0, lines: [] }), why: null, count: null, reason };
}

export const BLANK_LINE = {
  customerId: null,
  on: null,
  what: null,
  amount: null,
  currency: null,
  note: null,
  evidence: null,
  sourceObjectId: null,
  sourceUrl: null,
} as const satisfies Partial<DigestLine>;

/** What a sum leaves out; null where it leaves out nothing. */
export function withoutRate(currencies: ReadonlySet<string>, currency: string): string | null {
  if (currencies.size === 0) return null;
  return `Without amounts in ${[...currencies].toSorted().join(', ')}: no rate to ${currency}`;
}

/** Sums what has a value, and names the currencies of what has none. */
export function summed(rows: readonly { readonly value: number | null; readonly currency: string }[]): {
  readonly amount: number;
  readonly missing: ReadonlySet<string>;
} {
  return {
    amount: rows.reduce((sum, { value }) => sum + (value ?? 0), 0),
    missing: new Set(rows.flatMap(({ value, currency }) => (value === null ? [currency] : []))),
  };
}
