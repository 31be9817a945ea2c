/** Every number: snapshots, series, the bridge, the climb, and what stands behind a figure. */
import { z } from 'zod';
import { EvidenceSchema, evidenceDisagreements } from './evidence.ts';
import { policyBridge, policyBridgeCustomers } from './policy-bridge.ts';
import { PolicyInputSchema } from './policy.ts';
import { breakdown, ConstantCurrencySchema, dimensions, dimensionValues, SliceSchema } from './slice.ts';
import { query } from './procedure.ts';
import { REVENUE_SERIES, RevenueFiguresSchema } from './revenue.ts';
import {
  CurrencySchema,
  CursorSchema,
  CustomerIdSchema,
  DaySchema,
  FigureSchema,
  MinorSchema,
  MonthSchema,
} from './scalars.ts';
import { UNIT_ECONOMICS, UNIT_ECONOMICS_SERIES } from './unit-economics.ts';

export const MOVEMENT_KINDS = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'paused',
  'resumed',
  'fx',
] as const;
export const MovementKindSchema = z.enum(MOVEMENT_KINDS);
export type MovementKind = z.infer<typeof MovementKindSchema>;
/** Of a slice there are two more: from and to the rest of the company, of customers who stay. */
export const SliceMovementKindSchema = z.enum([...MOVEMENT_KINDS, 'movedIn', 'movedOut']);
export type SliceMovementKind = z.infer<typeof SliceMovementKindSchema>;

/** Amounts are signed minor units of the reporting currency: losses are negative. */
const MovementsSchema = z.object({
  opening: MinorSchema,
  new: MinorSchema,
  expansion: MinorSchema,
  contraction: MinorSchema,
  churn: MinorSchema,
  reactivation: MinorSchema,
  paused: MinorSchema,
  resumed: MinorSchema,
  fx: MinorSchema,
  closing: MinorSchema,
  /** Of a slice only: from and to the rest of the company, of customers who stay. */
  movedIn: MinorSchema.optional(),
  movedOut: MinorSchema.optional(),
});

export const UnvaluedSchema = z.object({
  subscriptionId: z.string(),
  itemId: z.string().nullable(),
  customerId: CustomerIdSchema.nullable(),
  /** `price`, `currency`, `rate`, `quantity` … */
  what: z.string(),
  reason: z.string(),
  /** What is known of the amount: annual minor units in `currency`; null when not even that. */
  annualMinor: MinorSchema.nullable(),
  currency: z.string().nullable(),
});

/**
 * The metrics of a day (`asOf`, its end in the company's zone), with movements
 * and rates over a period: the month of `asOf` up to it, or the whole of
 * `month`. Amounts in minor units of `currency`; ratios are fractions; a null
 * has its sentence in `reasons` under the same name.
 */
export const MetricSnapshotSchema = z.object({
  asOf: DaySchema,
  month: MonthSchema.nullable(),
  periodFrom: DaySchema,
  policy: z.string(),
  currency: CurrencySchema,
  /** The day whose rates hold for all amounts (constant currency); null: each day's own. */
  ratesOn: DaySchema.nullable(),
  mrr: MinorSchema.nullable(),
  arr: MinorSchema.nullable(),
  cmrr: MinorSchema.nullable(),
  trialMrr: MinorSchema.nullable(),
  committedTrialMrr: MinorSchema.nullable(),
  pastDueMrr: MinorSchema.nullable(),
  usageRunRate: MinorSchema.nullable(),
  customers: z.number().int(),
  newCustomers: z.number().int(),
  churnedCustomers: z.number().int(),
  trials: z.number().int(),
  arpa: MinorSchema.nullable(),
  asp: MinorSchema.nullable(),
  movements: MovementsSchema,
  grossChurn: z.number().nullable(),
  netChurn: z.number().nullable(),
  logoChurn: z.number().nullable(),
  nrr: z.number().nullable(),
  grr: z.number().nullable(),
  quickRatio: z.number().nullable(),
  ...UNIT_ECONOMICS,
  trialConversion: z.number().nullable(),
  /** In the period: invoiced net of tax and discounts; charges that succeeded; refunds of them (positive). */
  netRevenue: MinorSchema.nullable(),
  cashCollected: MinorSchema.nullable(),
  refunds: MinorSchema.nullable(),
  ...RevenueFiguresSchema.shape,
  /** The first 200 of what could not be valued; `metrics.freshness` counts the items without a value. */
  unvalued: z.array(UnvaluedSchema),
  reasons: z.record(z.string(), z.string()),
});
export type MetricSnapshot = z.infer<typeof MetricSnapshotSchema>;

/** Metrics that can be drawn over time. */
export const SERIES_METRICS = [
  'mrr',
  'arr',
  'customers',
  'arpa',
  'nrr',
  'grr',
  'logoChurn',
  'grossChurn',
  'netChurn',
  'quickRatio',
  'pastDueMrr',
  'trialMrr',
  'newMrr',
  'expansionMrr',
  'contractionMrr',
  'churnMrr',
  'reactivationMrr',
  'netNewMrr',
  'netNewArr',
  'cashCollected',
  'netRevenue',
  'refunds',
  ...REVENUE_SERIES,
  ...UNIT_ECONOMICS_SERIES,
] as const;
export const SeriesMetricSchema = z.enum(SERIES_METRICS);
export type SeriesMetric = z.infer<typeof SeriesMetricSchema>;

export const SeriesSchema = z.object({
  metric: SeriesMetricSchema,
  unit: z.enum(['money', 'ratio', 'count', 'months']),
  currency: CurrencySchema,
  /** One point per day, week or month: `on` is its last day (for the current one, `asOf`). */
  points: z.array(z.object({ on: DaySchema, value: z.number().nullable(), reason: z.string().nullable() })),
});

export const BridgeSchema = z.object({
  from: DaySchema,
  to: DaySchema,
  currency: CurrencySchema,
  /** Monthly amounts: opening and closing rounded plainly, the movements apportioned so that the sum holds. */
  mrr: MovementsSchema,
  /** Exact annual amounts. */
  arr: MovementsSchema,
  counts: z.record(MovementKindSchema, z.number().int()),
  /** Customers that moved into and out of the slice; null without one. */
  moved: z.object({ in: z.number().int(), out: z.number().int() }).nullable(),
  /** The day whose rates hold for all amounts; null: each day's own. */
  ratesOn: DaySchema.nullable(),
});
export type Bridge = z.infer<typeof BridgeSchema>;

export const ClimbSchema = z.object({
  asOf: DaySchema,
  currency: CurrencySchema,
  arr: MinorSchema,
  /** Net new ARR over the trailing window, scaled to the period: minor units. */
  window: z.number().int().describe('days'),
  perDay: MinorSchema,
  perWeek: MinorSchema,
  perMonth: MinorSchema,
  /** Rate of climb of the same window one window earlier, per week. */
  previousPerWeek: MinorSchema,
  composition: z.object({ new: MinorSchema, expansion: MinorSchema, loss: MinorSchema, fx: MinorSchema }),
  /** Null of a part of the company as well: milestones are the whole company’s. */
  milestone: z
    .object({
      target: MinorSchema,
      distance: MinorSchema,
      /** The day it is reached at the trailing climb; null with the reason when not climbing. */
      expectedOn: DaySchema.nullable(),
      reason: z.string().nullable(),
      /** The day that the growth target (or, without one, the end of the fiscal year) asks for. */
      dueOn: DaySchema,
      /** Net new ARR per week needed to be there by `dueOn`. */
      neededPerWeek: MinorSchema,
    })
    .nullable(),
  /** Net new ARR of each of the last 52 weeks, oldest first. */
  weeks: z.array(z.object({ endsOn: DaySchema, netNewArr: MinorSchema })),
});
export type Climb = z.infer<typeof ClimbSchema>;

/** What the amounts of the rows behind a figure are. */
const EXPLAIN_UNITS = ['money', 'ratio', 'count', 'days', 'hours', 'points'] as const;
export type ExplainUnit = (typeof EXPLAIN_UNITS)[number];

/** How a figure is read off rows that do not add up to it: their mean, the middle one, or what nine in ten are within. */
const EXPLAIN_READINGS = ['mean', 'median', 'nineTenths'] as const;
export type ExplainReading = (typeof EXPLAIN_READINGS)[number];

/** One row behind a figure. The `amount`s of all rows add up to the figure, in its unit. */
export const ExplainRowSchema = z.object({
  customerId: CustomerIdSchema.nullable(),
  customerName: z.string().nullable(),
  on: DaySchema.nullable(),
  kind: SliceMovementKindSchema.nullable(),
  subscriptionId: z.string().nullable(),
  priceId: z.string().nullable(),
  plan: z.string().nullable(),
  quantity: z.string().nullable(),
  /** Native annual minor units and their currency. */
  nativeAnnualMinor: MinorSchema.nullable(),
  nativeCurrency: z.string().nullable(),
  /** The share of the figure: minor units of the reporting currency, or 1 for a count. */
  amount: z.number(),
  evidence: EvidenceSchema.nullable(),
  note: z.string().nullable(),
  /** The object at the vendor and where to look at it. */
  sourceObjectId: z.string().nullable(),
  sourceUrl: z.string().nullable(),
});
export type ExplainRow = z.infer<typeof ExplainRowSchema>;

export const MetricDefinitionSchema = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.enum(['money', 'ratio', 'count', 'months', 'days', 'hours', 'points']),
  kind: z.enum(['stock', 'flow', 'ratio']),
  definition: z.string(),
  formula: z.string(),
  rule: z.string(),
  source: z.object({ title: z.string(), url: z.string() }),
  needs: z.array(z.string()),
  /** Whether more of it is good, bad or neither: for colour and words. */
  better: z.enum(['up', 'down', 'neither']),
});
export type MetricDefinition = z.infer<typeof MetricDefinitionSchema>;

/** A customer's movement of one day, kind and currency. */
export const MovementRowSchema = z.object({
  on: DaySchema,
  customerId: CustomerIdSchema,
  customerName: z.string(),
  kind: SliceMovementKindSchema,
  /** Why a loss is one: `canceled`, `discount`, `free plan`, `unpaid`, `trial` …; null for a gain or a smaller plan. */
  reason: z.string().nullable(),
  /** Of the subscription that did most in the row's direction, as are `plan` and `evidence`. */
  subscriptionId: z.string(),
  plan: z.string().nullable(),
  nativeAnnualMinor: MinorSchema,
  nativeCurrency: z.string(),
  /** Annual minor units of the reporting currency. */
  annualMinor: MinorSchema,
  evidence: EvidenceSchema,
  /** The subscriptions whose changes were netted; they add up to the row. */
  parts: z.array(
    z.object({
      subscriptionId: z.string(),
      plan: z.string().nullable(),
      nativeAnnualMinor: MinorSchema,
      annualMinor: MinorSchema,
      evidence: EvidenceSchema,
    }),
  ),
});
export type MovementRow = z.infer<typeof MovementRowSchema>;

/** Of a part of the company, in constant currency. */
const cut = { slice: SliceSchema.optional(), constantCurrency: ConstantCurrencySchema.optional() };

const period = {
  ...cut,
  asOf: DaySchema.optional(),
  currency: CurrencySchema.optional(),
  policy: PolicyInputSchema.optional(),
};

export const metrics = {
  definitions: query.output(z.array(MetricDefinitionSchema)),
  snapshot: query.input(z.object({ ...period, month: MonthSchema.optional() })).output(MetricSnapshotSchema),
  series: query
    .input(
      z.object({
        metrics: z.array(SeriesMetricSchema).min(1).max(12),
        from: DaySchema,
        to: DaySchema,
        grain: z.enum(['day', 'week', 'month']),
        policy: PolicyInputSchema.optional(),
        ...cut,
      }),
    )
    .output(z.array(SeriesSchema)),
  bridge: query
    .input(z.object({ from: DaySchema, to: DaySchema, policy: PolicyInputSchema.optional(), ...cut }))
    .output(BridgeSchema),
  breakdown,
  dimensions,
  dimensionValues,
  policyBridge,
  policyBridgeCustomers,
  climb: query
    .input(
      z.object({
        asOf: DaySchema.optional(),
        window: z.number().int().min(7).max(365).optional(),
        policy: PolicyInputSchema.optional(),
        ...cut,
      }),
    )
    .output(ClimbSchema),
  /** `kind` narrows movements to one kind; `from`/`to` bound flows, `to` alone is the day of a stock. */
  explain: query
    .input(
      z.object({
        metric: z.string(),
        kind: SliceMovementKindSchema.optional(),
        slice: SliceSchema.optional(),
        policy: PolicyInputSchema.optional(),
        from: DaySchema.optional(),
        to: DaySchema,
        limit: z.number().int().min(1).max(500).default(100),
        cursor: CursorSchema.optional(),
      }),
    )
    .output(
      z.object({
        metric: z.string(),
        unit: z.enum(EXPLAIN_UNITS),
        /** Σ of the amounts of all rows. */
        total: z.number(),
        /** Null: the figure, or what it divides, is the sum. The value is in the rows' unit; null without rows. */
        reading: z.object({ as: z.enum(EXPLAIN_READINGS), value: z.number().nullable() }).nullable(),
        rowCount: z.number().int(),
        rows: z.array(ExplainRowSchema),
        cursor: CursorSchema,
        /** Another metric that a ratio is divided by, and the days to ask for its rows. */
        dividedBy: z
          .object({
            metric: z.string(),
            from: DaySchema,
            to: DaySchema,
            unit: z.enum(EXPLAIN_UNITS),
            total: z.number(),
          })
          .nullable(),
      }),
    ),
  movements: query
    .input(
      z.object({
        from: DaySchema,
        to: DaySchema,
        customerId: CustomerIdSchema.optional(),
        kind: SliceMovementKindSchema.optional(),
        slice: SliceSchema.optional(),
        policy: PolicyInputSchema.optional(),
        limit: z.number().int().min(1).max(1_000).default(200),
        cursor: CursorSchema.optional(),
      }),
    )
    .output(z.object({ rows: z.array(MovementRowSchema), cursor: CursorSchema })),
  evidenceDisagreements,
  /** Share of the largest customers in MRR, and the Herfindahl–Hirschman index (0–1). */
  concentration: query.input(z.object({ asOf: DaySchema.optional(), ...cut })).output(
    z.object({
      currency: CurrencySchema,
      mrr: MinorSchema,
      shares: z.array(z.object({ top: z.number().int(), share: FigureSchema })),
      hhi: FigureSchema,
      largest: z.array(
        z.object({ customerId: CustomerIdSchema, name: z.string(), mrr: MinorSchema, share: z.number() }),
      ),
    }),
  ),
  /** From when the ledger holds data, its revision, and what could not be valued. */
  freshness: query.output(
    z.object({
      firstDay: DaySchema.nullable(),
      today: DaySchema,
      ledgerRevision: z.number().int(),
      computedAt: z.number().nullable(),
      dirtyCustomers: z.number().int(),
      unvaluedItems: z.number().int(),
      /** While a first listing is under way, figures of days before `from` are provisional; `from` null: of all days. */
      history: z.object({ complete: z.boolean(), from: DaySchema.nullable() }),
    }),
  ),
};
