/** Rows behind a figure, before the names and details of the page that is shown are looked up. */
import type { z } from 'zod';
import type {
  ExplainReading,
  ExplainRowSchema,
  ExplainUnit,
  SliceMovementKind,
} from '../../../../shared/contract/metrics.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { Policy } from '../core/policy.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import type { LedgerView } from '../query/ledger-view.ts';

export type ExplainRow = z.infer<typeof ExplainRowSchema>;

/** The object at the vendor that a row can be followed to. */
export interface SourceObject {
  readonly sourceId: number;
  readonly id: string;
}

export interface DraftRow {
  readonly amount: number;
  readonly customerId: CustomerId | null;
  readonly on: PlainDay | null;
  readonly kind: SliceMovementKind | null;
  readonly object: SourceObject | null;
  readonly note: string | null;
  readonly evidence: ExplainRow['evidence'];
  readonly native: { readonly annual: number; readonly currency: string } | null;
  readonly subscription: {
    readonly sourceId: number;
    readonly id: string;
    readonly plan: string | null;
    /** The price that the row is of, where it is of one. */
    readonly priceId?: string;
    readonly day: PlainDay;
  } | null;
}

export interface Explanation {
  readonly unit: ExplainUnit;
  /** Σ of the rows' amounts. */
  readonly total: number;
  readonly rows: readonly DraftRow[];
  /** How the figure is read off the rows where it is not their sum. */
  readonly reading?: ExplainReading;
}

export interface Question {
  readonly db: ReadDb;
  readonly view: LedgerView;
  readonly context: MetricsContext;
  readonly currency: CurrencyCode;
  readonly kind: SliceMovementKind | undefined;
  /** Null for the whole company. */
  readonly sliced: SlicedView | null;
  /** Another policy than the stored ledger's; null: the stored rows hold. */
  readonly policy: Policy | null;
  readonly from: PlainDay;
  readonly to: PlainDay;
}

export const BLANK: Omit<DraftRow, 'amount'> = {
  customerId: null,
  on: null,
  kind: null,
  object: null,
  note: null,
  evidence: null,
  native: null,
  subscription: null,
};

export function sumOf(rows: readonly DraftRow[]): number {
  return rows.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * Makes rounded parts add up to a total that was rounded once: the part with
 * the largest amount takes what is left.
 */
export function fitted(parts: readonly number[], total: number): number[] {
  const rest = total - parts.reduce((sum, part) => sum + part, 0);
  if (rest === 0 || parts.length === 0) return [...parts];
  const largest = parts.reduce((best, part, index) => (Math.abs(part) > Math.abs(parts[best] ?? 0) ? index : best), 0);
  return parts.map((part, index) => (index === largest ? part + rest : part));
}
