/** Revenue beside MRR: cash, fees, disputes and tax, failed payments, why customers leave, and what discounts give away. */
import { z } from 'zod';
import { query } from './procedure.ts';
import { CurrencySchema, CustomerIdSchema, DaySchema, FigureSchema, MinorSchema, MonthSchema } from './scalars.ts';
import { DimensionSchema, SliceSchema } from './slice.ts';

/**
 * Of the snapshot's period, in its currency; amounts positive, but losses of MRR
 * negative. A null has its sentence in the snapshot's `reasons`.
 */
export const RevenueFiguresSchema = z.object({
  /** Charges as captured; less refunds it is `cashCollected`, less fees and lost disputes `netCash`. */
  grossCash: MinorSchema.nullable(),
  netCash: MinorSchema.nullable(),
  fees: MinorSchema.nullable(),
  taxCollected: MinorSchema.nullable(),
  disputesOpened: z.number().int().nullable(),
  disputesOpenedAmount: MinorSchema.nullable(),
  disputesWon: z.number().int().nullable(),
  disputesWonAmount: MinorSchema.nullable(),
  disputesLost: z.number().int().nullable(),
  disputesLostAmount: MinorSchema.nullable(),
  /** Payments whose first try failed, and their share of those tried. */
  failedPayments: z.number().int().nullable(),
  failedPaymentsAmount: MinorSchema.nullable(),
  failedPaymentRate: z.number().nullable(),
  /** Of them what was paid within the retry window, by count and by amount; null while any is open. */
  recoveryRate: z.number().nullable(),
  recoveryRateByAmount: z.number().nullable(),
  /** With `freeChurnMrr` they add up to the movement «churn». */
  involuntaryChurnMrr: MinorSchema.nullable(),
  voluntaryChurnMrr: MinorSchema.nullable(),
  freeChurnMrr: MinorSchema.nullable(),
  involuntaryChurnCustomers: z.number().int().nullable(),
  voluntaryChurnCustomers: z.number().int().nullable(),
  /** Median days from signing up to the first money paid, of those who first paid in the period. */
  timeToFirstPayment: z.number().nullable(),
  contractedArr: MinorSchema.nullable(),
  /** MRR at list prices less MRR, and its share of MRR at list prices. */
  discountGiven: MinorSchema.nullable(),
  discountShare: z.number().nullable(),
  /** R29: shares of the largest customers in MRR, and Σ share². */
  concentration: z.object({
    top1: z.number().nullable(),
    top5: z.number().nullable(),
    top10: z.number().nullable(),
    top20: z.number().nullable(),
    hhi: z.number().nullable(),
  }),
});
export type RevenueFigures = z.infer<typeof RevenueFiguresSchema>;

/** Of these there are lines over time besides those of the ledger. */
export const REVENUE_SERIES = [
  'grossCash',
  'netCash',
  'fees',
  'taxCollected',
  'disputesOpened',
  'disputesOpenedAmount',
  'disputesWonAmount',
  'disputesLostAmount',
  'failedPayments',
  'failedPaymentRate',
  'recoveryRate',
  'recoveryRateByAmount',
  'involuntaryChurnMrr',
  'voluntaryChurnMrr',
  'freeChurnMrr',
  'timeToFirstPayment',
  'cmrr',
  'discountGiven',
  'discountShare',
] as const;
export type RevenueSeries = (typeof REVENUE_SERIES)[number];

/** How many, and how much of the reporting currency. */
const CountedSchema = z.object({ count: z.number().int(), amount: MinorSchema });

export const RecoverySchema = z.object({
  currency: CurrencySchema,
  /** Days after which a payment that is not collected counts as lost. */
  windowDays: z.number().int(),
  months: z.array(
    z.object({
      month: MonthSchema,
      attempted: z.number().int(),
      failed: CountedSchema,
      recovered: CountedSchema,
      lost: CountedSchema,
      open: CountedSchema,
      failureRate: FigureSchema,
      recoveryRate: FigureSchema,
      recoveryRateByAmount: FigureSchema,
      /** Of the payments decided so far. */
      soFar: FigureSchema,
    }),
  ),
  /** By why the first try failed, in the vendor's word, the commonest first. */
  codes: z.array(z.object({ code: z.string().nullable(), failed: z.number().int(), recovered: z.number().int() })),
  /** Payments that are being retried, the largest first; at most 500 of `openTotal`. */
  open: z.array(
    z.object({
      customerId: CustomerIdSchema.nullable(),
      customerName: z.string().nullable(),
      failedOn: DaySchema,
      lostOn: DaySchema,
      tries: z.number().int(),
      code: z.string().nullable(),
      amount: MinorSchema.nullable(),
      /** The charge that failed, or the payment where it never came to one. */
      objectId: z.string(),
    }),
  ),
  openTotal: z.number().int(),
});
export type RecoveryReport = z.infer<typeof RecoverySchema>;

const ChurnSumSchema = z.object({ mrr: MinorSchema, customers: z.number().int() });

export const ChurnReportSchema = z.object({
  currency: CurrencySchema,
  months: z.array(
    z.object({
      month: MonthSchema,
      involuntary: ChurnSumSchema,
      voluntary: ChurnSumSchema,
      free: ChurnSumSchema,
      /** Of the churned MRR, a fraction. */
      involuntaryShare: FigureSchema,
    }),
  ),
});
export type ChurnReport = z.infer<typeof ChurnReportSchema>;

export const TimeToPaySchema = z.object({
  months: z.array(
    z.object({
      /** Of the first payment. */
      month: MonthSchema,
      customers: z.number().int(),
      /** Days from signing up; null without customers. */
      lowerQuartile: z.number().nullable(),
      median: z.number().nullable(),
      upperQuartile: z.number().nullable(),
    }),
  ),
});
export type TimeToPay = z.infer<typeof TimeToPaySchema>;

/** A day on which a limited discount stops and the price rises. Monthly minor units of the reporting currency; null without a rate. */
export const CliffSchema = z.object({
  on: DaySchema,
  customerId: CustomerIdSchema,
  customerName: z.string(),
  subscriptionId: z.string(),
  plan: z.string().nullable(),
  coupons: z.array(z.object({ id: z.string(), name: z.string() })),
  /** What ends, in words: «25 % off for 12 months, since 2025-12-03». */
  why: z.string(),
  before: MinorSchema.nullable(),
  after: MinorSchema.nullable(),
  uplift: MinorSchema.nullable(),
  /** What became of it within 60 days; null for a cliff to come, `open` while the days are not over. */
  outcome: z.enum(['kept', 'contracted', 'churned', 'open']).nullable(),
  /** The customer's MRR 60 days after the cliff, less that of the day before. */
  realised: MinorSchema.nullable(),
});
export type Cliff = z.infer<typeof CliffSchema>;

export const CliffReportSchema = z.object({
  asOf: DaySchema,
  currency: CurrencySchema,
  /** Days after a cliff in which its outcome is watched. */
  outcomeDays: z.number().int(),
  /** Coupons of cliffs to come or past, for filters. */
  coupons: z.array(z.object({ id: z.string(), name: z.string(), upcoming: z.number().int(), past: z.number().int() })),
  /** Months to come, with those in which nothing ends. */
  calendar: z.array(
    z.object({
      month: MonthSchema,
      cliffs: z.number().int(),
      customers: z.number().int(),
      /** MRR of these subscriptions now: at risk; at the new price; the difference. */
      atRisk: MinorSchema,
      after: MinorSchema,
      uplift: MinorSchema,
    }),
  ),
  upcoming: z.object({
    cliffs: z.number().int(),
    customers: z.number().int(),
    atRisk: MinorSchema,
    uplift: MinorSchema,
    rows: z.array(CliffSchema),
  }),
  past: z.object({
    /** Decided ones by outcome. */
    decided: z.number().int(),
    kept: z.number().int(),
    contracted: z.number().int(),
    churned: z.number().int(),
    open: z.number().int(),
    /** Of the decided: what the uplift would have been, and what the customers' MRR rose by (negative: it fell). */
    uplift: MinorSchema,
    realised: MinorSchema,
    keptRate: FigureSchema,
    realisedRate: FigureSchema,
    rows: z.array(CliffSchema),
  }),
  /** Cliffs that could not be valued for want of a rate, by currency: in no sum. */
  withoutRate: z.array(z.string()),
});
export type CliffReport = z.infer<typeof CliffReportSchema>;

export const DiscountsSchema = z.object({
  asOf: DaySchema,
  currency: CurrencySchema,
  /** Monthly minor units: at list prices, as paid, and the difference. */
  listed: MinorSchema,
  paid: MinorSchema,
  given: MinorSchema,
  share: FigureSchema,
  coupons: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      terms: z.string(),
      customers: z.number().int(),
      given: MinorSchema,
    }),
  ),
  withoutRate: z.array(z.string()),
});
export type DiscountsReport = z.infer<typeof DiscountsSchema>;

/**
 * A part of the company's revenue and cash in a period. Invoices count by their lines, payments and what is taken from or
 * given back of them in proportion to the lines of what was paid; what is counted lies with the price worth most of it.
 */
export const RevenuePartSchema = z.object({
  /** What to filter by; null: the rows that were not asked for, as one. */
  value: z.string().nullable(),
  label: z.string(),
  netRevenue: MinorSchema,
  grossCash: MinorSchema,
  refunds: MinorSchema,
  cashCollected: MinorSchema,
  /** Null where no balance transaction was read. */
  fees: MinorSchema.nullable(),
  disputesOpened: z.number().int(),
  disputesOpenedAmount: MinorSchema,
  disputesWonAmount: MinorSchema,
  netCash: MinorSchema.nullable(),
  taxCollected: MinorSchema,
  /** Monthly, at the end of `to`. */
  discountGiven: MinorSchema,
  /** Payments of customers that succeeded, and payments whose first try failed. */
  payments: z.number().int(),
  failedPayments: z.number().int(),
});
export type RevenuePart = z.infer<typeof RevenuePartSchema>;

export const RevenueByPartSchema = z.object({
  from: DaySchema,
  to: DaySchema,
  by: DimensionSchema,
  currency: CurrencySchema,
  /** How many values there are in all; `rows` holds one page of them, largest first, and «others» for the rest. */
  values: z.number().int(),
  /** They add up to the total to the minor unit; segments, which overlap, do not. */
  rows: z.array(RevenuePartSchema),
  total: RevenuePartSchema,
  /** Currencies without a rate on a day of the period: those amounts are in no row. */
  missing: z.array(z.string()),
});
export type RevenueByPart = z.infer<typeof RevenueByPartSchema>;

const months = { from: MonthSchema, to: MonthSchema, slice: SliceSchema.optional() };

export const revenue = {
  /** By the month of the first failure. */
  recovery: query.input(z.object(months)).output(RecoverySchema),
  churn: query.input(z.object(months)).output(ChurnReportSchema),
  timeToPay: query.input(z.object(months)).output(TimeToPaySchema),
  /** Revenue and cash of a period by the values of a dimension. */
  byPart: query
    .input(
      z.object({
        from: DaySchema,
        to: DaySchema,
        by: DimensionSchema,
        slice: SliceSchema.optional(),
        search: z.string().max(200).optional(),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(1_000).default(50),
      }),
    )
    .output(RevenueByPartSchema),
  /** What discounts in force give away, by coupon. */
  discounts: query
    .input(z.object({ asOf: DaySchema.optional(), slice: SliceSchema.optional() }))
    .output(DiscountsSchema),
  cliffs: query
    .input(
      z.object({
        /** How far ahead and back. */
        months: z.number().int().min(1).max(60).default(12),
        pastMonths: z.number().int().min(1).max(60).default(24),
        coupon: z.string().max(200).optional(),
        /** The stretch of those that came, instead of so many months back. */
        pastFrom: DaySchema.optional(),
        pastTo: DaySchema.optional(),
        slice: SliceSchema.optional(),
      }),
    )
    .output(CliffReportSchema),
};
