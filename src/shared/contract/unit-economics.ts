/** R21, R22, R28: what a customer costs and brings, and what growth costs. Part of a snapshot. */
import { z } from 'zod';
import { MinorSchema, MonthSchema } from './scalars.ts';

/** A channel's part of customer acquisition: text as on the costs and under `channel` of the customers' metadata. */
const ChannelAcquisitionSchema = z.object({
  /** Null: spend without a channel, and customers without one. */
  channel: z.string().nullable(),
  /** Minor units; null where no spend is recorded for the channel. */
  spend: MinorSchema.nullable(),
  newCustomers: z.number().int(),
  cac: MinorSchema.nullable(),
  reason: z.string().nullable(),
});
export type ChannelAcquisition = z.infer<typeof ChannelAcquisitionSchema>;

/** Amounts in minor units of the snapshot's currency, ratios as fractions; a null has its sentence in `reasons`. */
export const UNIT_ECONOMICS = {
  /** The whole month that these figures are of: the last one over by the snapshot's day. */
  costMonth: MonthSchema,
  salesAndMarketing: MinorSchema.nullable(),
  costOfRevenue: MinorSchema.nullable(),
  grossMargin: z.number().nullable(),
  ltv: MinorSchema.nullable(),
  ltvBeforeMargin: MinorSchema.nullable(),
  cac: MinorSchema.nullable(),
  /** By spend, largest first; spend adds up to `salesAndMarketing`, customers to those new in the month. Empty without costs. */
  cacByChannel: z.array(ChannelAcquisitionSchema),
  cacPaybackMonths: z.number().nullable(),
  cacPaybackMonthsBeforeMargin: z.number().nullable(),
  ltvToCac: z.number().nullable(),
  operatingMargin: z.number().nullable(),
  ruleOf40: z.number().nullable(),
  magicNumber: z.number().nullable(),
  /** Positive where more went out than came in. */
  netBurn: MinorSchema.nullable(),
  burnMultiple: z.number().nullable(),
};

export const UNIT_ECONOMICS_SERIES = [
  'salesAndMarketing',
  'grossMargin',
  'ltv',
  'ltvBeforeMargin',
  'cac',
  'cacPaybackMonths',
  'cacPaybackMonthsBeforeMargin',
  'ltvToCac',
  'operatingMargin',
  'ruleOf40',
  'magicNumber',
  'netBurn',
  'burnMultiple',
] as const;
export type UnitEconomicsSeries = (typeof UNIT_ECONOMICS_SERIES)[number];
