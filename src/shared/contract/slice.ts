/** Slices: figures of a part of the company, by plan, country, segment and the like, and a figure broken down by one of these. */
import { z } from 'zod';
import { PolicyInputSchema } from './policy.ts';
import { query } from './procedure.ts';
import { CurrencySchema, DaySchema, MinorSchema } from './scalars.ts';

/**
 * They belong to a price: a customer may have several values at once, and moves from one to another. `account` is the
 * connection that the price comes from: one account of a billing system, such as that of one legal entity, or files.
 */
export const ITEM_DIMENSIONS = ['plan', 'product', 'price', 'interval', 'currency', 'account'] as const;
/** They belong to the customer, as known today. `channel` is the metadata key `channel`. */
export const CUSTOMER_DIMENSIONS = ['country', 'segment', 'channel'] as const;
export const NAMED_DIMENSIONS = [...ITEM_DIMENSIONS, ...CUSTOMER_DIMENSIONS] as const;

/** A named dimension, or `metadata:` and a key of the vendor's customer. */
export const DimensionSchema = z.union([
  z.enum(NAMED_DIMENSIONS),
  z.templateLiteral(['metadata:', z.string().min(1).max(100)]),
]);
export type ItemDimension = (typeof ITEM_DIMENSIONS)[number];
export type Dimension = z.infer<typeof DimensionSchema>;

export function isItemDimension(dimension: Dimension): dimension is ItemDimension {
  return ITEM_DIMENSIONS.some((name) => name === dimension);
}

/** The value of what has none: customers without a country, prices without a product. */
export const NO_VALUE = '';

/**
 * All conditions hold; each by any of its values, or with `not` by none of them. A value is the id of a breakdown's row,
 * or its label, in any case. Of what belongs to a price, `not` leaves out the prices, and keeps what else the customer
 * pays for.
 */
export const SliceSchema = z.object({
  where: z
    .array(
      z.object({
        dimension: DimensionSchema,
        values: z.array(z.string().max(500)).min(1).max(200),
        not: z.boolean().optional(),
      }),
    )
    .max(12),
});
export type Slice = z.infer<typeof SliceSchema>;

/** All amounts at one day's rates; without a day those of the end of the day before the period. The FX movement is then 0. */
export const ConstantCurrencySchema = z.object({ at: DaySchema.optional() });
export type ConstantCurrency = z.infer<typeof ConstantCurrencySchema>;

/** Signed minor units of the reporting currency. `movedIn` and `movedOut`: from and to other values of the slice, of customers who stay. */
export const SlicedMovementsSchema = z.object({
  opening: MinorSchema,
  new: MinorSchema,
  expansion: MinorSchema,
  contraction: MinorSchema,
  churn: MinorSchema,
  reactivation: MinorSchema,
  paused: MinorSchema,
  resumed: MinorSchema,
  movedIn: MinorSchema,
  movedOut: MinorSchema,
  fx: MinorSchema,
  closing: MinorSchema,
});
export type SlicedMovements = z.infer<typeof SlicedMovementsSchema>;

export const BreakdownRowSchema = z.object({
  /** What to filter by; null: the rows that were not asked for, as one («other»). */
  value: z.string().nullable(),
  label: z.string(),
  /** Monthly, apportioned: every column adds up to the total, every row to its closing. */
  movements: SlicedMovementsSchema,
  /** The same exact, in annual amounts. */
  annual: SlicedMovementsSchema,
  /** Closing annual amount; rows add up to the total exactly. */
  arr: MinorSchema,
  /** Customers who pay for it at the end of `to`; one with two plans counts in both. */
  customers: z.number().int(),
  /** Of the total's closing, a fraction; null where that is 0. */
  share: z.number().nullable(),
});
export type BreakdownRow = z.infer<typeof BreakdownRowSchema>;

export const BreakdownSchema = z.object({
  from: DaySchema,
  to: DaySchema,
  by: DimensionSchema,
  policy: z.string(),
  currency: CurrencySchema,
  /** The day whose rates hold for all amounts; null: each day's own. */
  ratesOn: DaySchema.nullable(),
  /** How many values there are in all; `rows` holds one page of them, largest first, and «other» for the rest. */
  values: z.number().int(),
  rows: z.array(BreakdownRowSchema),
  total: BreakdownRowSchema,
  /** Currencies without a rate on the first or the last day: in no amount. */
  missing: z.array(z.string()),
});
export type Breakdown = z.infer<typeof BreakdownSchema>;

/** A slice's values of a dimension, for choosing them. */
export const DimensionValueSchema = z.object({ value: z.string(), label: z.string(), customers: z.number().int() });
export type DimensionValue = z.infer<typeof DimensionValueSchema>;

export const breakdown = query
  .input(
    z.object({
      from: DaySchema,
      to: DaySchema,
      by: DimensionSchema,
      slice: SliceSchema.optional(),
      policy: PolicyInputSchema.optional(),
      constantCurrency: ConstantCurrencySchema.optional(),
      search: z.string().max(200).optional(),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1_000).default(50),
    }),
  )
  .output(BreakdownSchema);

/** The dimensions there are (with the metadata keys in use), and a page of the values of one. */
export const dimensions = query.output(
  z.array(z.object({ dimension: DimensionSchema, label: z.string(), of: z.enum(['item', 'customer']) })),
);
export const dimensionValues = query
  .input(
    z.object({
      dimension: DimensionSchema,
      search: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  )
  .output(z.object({ total: z.number().int(), values: z.array(DimensionValueSchema) }));
