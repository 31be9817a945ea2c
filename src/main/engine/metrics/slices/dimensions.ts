/** What figures can be sliced by, and the values to choose from. */
import {
  CUSTOMER_DIMENSIONS,
  isItemDimension,
  ITEM_DIMENSIONS,
  type Dimension,
  type DimensionValue,
} from '../../../../shared/contract/slice.ts';
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { knownValues } from './conditions.ts';
import { metadataKeys } from './dimension-values.ts';
import { segments } from './segment-members.ts';
import { selectionOf } from './selection.ts';
import { sliceLedger } from './slice-ledger.ts';
import { tallies } from './tally.ts';

const LABELS: Readonly<Record<(typeof ITEM_DIMENSIONS)[number] | (typeof CUSTOMER_DIMENSIONS)[number], string>> = {
  plan: 'Plan',
  product: 'Product',
  price: 'Price',
  interval: 'Interval',
  currency: 'Currency',
  account: 'Account',
  country: 'Country',
  segment: 'Segment',
  channel: 'Channel',
};

/** `metrics.dimensions`: the named ones, and every metadata key that customers have. */
export function dimensions(db: ReadDb): { dimension: Dimension; label: string; of: 'item' | 'customer' }[] {
  return [
    ...ITEM_DIMENSIONS.map((dimension) => ({ dimension, label: LABELS[dimension], of: 'item' as const })),
    ...CUSTOMER_DIMENSIONS.map((dimension) => ({ dimension, label: LABELS[dimension], of: 'customer' as const })),
    ...metadataKeys(db)
      .filter(({ key }) => key !== 'channel' && key.length <= 100)
      .map(({ key }) => ({ dimension: `metadata:${key}` as const, label: key, of: 'customer' as const })),
  ];
}

export interface DimensionValuesInput {
  readonly dimension: Dimension;
  readonly search?: string | undefined;
  readonly limit: number;
}

/** `metrics.dimensionValues`: those with most paying customers today first. */
export function dimensionValues(
  db: ReadDb,
  { dimension, search, limit }: DimensionValuesInput,
  context: MetricsContext,
): { total: number; values: DimensionValue[] } {
  const wanted = search?.trim().toLowerCase() ?? '';
  const found = allValues(db, dimension, context)
    .filter(({ label }) => wanted === '' || label.toLowerCase().includes(wanted))
    .sort((a, b) => b.customers - a.customers || (a.label < b.label ? -1 : 1));
  return { total: found.length, values: found.slice(0, limit) };
}

function allValues(db: ReadDb, dimension: Dimension, context: MetricsContext): DimensionValue[] {
  if (dimension === 'segment')
    return segments(db, context).map(({ segmentId, name, customers }) => ({
      value: String(segmentId),
      label: name,
      customers,
    }));
  const ledger = sliceLedger(db, context.policy, context);
  // A price on trial has not moved anything yet.
  if (isItemDimension(dimension)) ledger.states();
  const today = dayNumber(context.today);
  const selection = selectionOf(db, { where: [] }, ledger, context);
  const counted = new Map(
    tallies(db, { ledger, selection, by: dimension, from: today + 1, to: today, valueOf: () => 0 }).map(
      ({ value, customers }) => [value, customers],
    ),
  );
  return knownValues(db, dimension, ledger).map(({ value, label }) => ({
    value,
    label,
    customers: counted.get(value) ?? 0,
  }));
}
