/** What lies around invoices: payouts held against the balance, open offers, planned changes, what meters count. */
import { z } from 'zod';
import { query } from './procedure.ts';
import {
  CursorSchema,
  CurrencySchema,
  CustomerIdSchema,
  DaySchema,
  InstantSchema,
  MinorSchema,
  SourceIdSchema,
} from './scalars.ts';
import { SliceSchema } from './slice.ts';

export const PayoutRowSchema = z.object({
  sourceId: SourceIdSchema,
  sourceName: z.string(),
  payoutId: z.string(),
  createdAt: InstantSchema,
  arrivalOn: DaySchema,
  /** The vendor's word: paid, pending, in_transit, canceled, failed. */
  status: z.string(),
  failure: z.string().nullable(),
  currency: z.string(),
  /** In the payout's own currency; negative where money was taken from the bank. */
  amount: MinorSchema,
  /** Σ net of the balance transactions that it consists of, as they are stored; null where its parts are not known. */
  parts: MinorSchema.nullable(),
  /** What the parts are: charges before fees, fees, refunds and disputes, everything else. */
  charges: MinorSchema.nullable(),
  fees: MinorSchema.nullable(),
  returned: MinorSchema.nullable(),
  other: MinorSchema.nullable(),
  count: z.number().int(),
  /** Parts that it names and that are not stored. */
  missing: z.number().int(),
  /** `pending`: the vendor still puts it together. `manual`: it has no parts. `unread`: older than they are asked for. */
  verdict: z.enum(['agrees', 'differs', 'pending', 'manual', 'unread']),
  sourceUrl: z.string().nullable(),
});
export type PayoutRow = z.infer<typeof PayoutRowSchema>;

export const PayoutReportSchema = z.object({
  /** Of all payouts stored, by verdict. */
  agrees: z.number().int(),
  differs: z.number().int(),
  unheld: z.number().int(),
  total: z.number().int(),
  rows: z.array(PayoutRowSchema),
  cursor: CursorSchema,
});

export const OpenQuotesSchema = z.object({
  currency: CurrencySchema,
  /** What open offers would add a month, in the reporting currency at today's rates; null with no rate, see `unvalued`. */
  monthly: MinorSchema.nullable(),
  /** Offers in a currency without a rate of today. */
  unvalued: z.number().int(),
  rows: z.array(
    z.object({
      quoteId: z.string(),
      number: z.string().nullable(),
      customerId: CustomerIdSchema.nullable(),
      customerName: z.string().nullable(),
      status: z.enum(['draft', 'open']),
      currency: z.string().nullable(),
      /** Due at acceptance, without tax. */
      total: MinorSchema,
      /** Per month in its own currency; null where nothing recurs. */
      monthly: MinorSchema.nullable(),
      createdOn: DaySchema,
      expiresOn: DaySchema,
      sourceUrl: z.string().nullable(),
    }),
  ),
});
export type OpenQuotes = z.infer<typeof OpenQuotesSchema>;

export const MeterUsageSchema = z.array(
  z.object({
    meterId: z.string(),
    title: z.string(),
    sourceName: z.string(),
    /** False for a meter of which the last value of a day counts: its days are not added up. */
    addsUp: z.boolean(),
    through: DaySchema,
    /** Σ of the last 30 days, or the last value; and the same of the 30 days before. */
    last30: z.number(),
    before30: z.number(),
    /** The last 90 days, oldest first; days without usage are 0. */
    days: z.array(z.object({ on: DaySchema, quantity: z.number() })),
  }),
);
export type MeterUsageReport = z.infer<typeof MeterUsageSchema>;

export const PlannedChangeSchema = z.object({
  on: DaySchema,
  /** `changes`: a phase of a schedule begins, with other items. */
  kind: z.enum(['ends', 'trial_ends', 'changes', 'pauses', 'resumes']),
  /** Why it ends, or what it becomes. */
  detail: z.string().nullable(),
  customerId: CustomerIdSchema,
  customerName: z.string(),
  subscriptionId: z.string(),
  sourceUrl: z.string().nullable(),
});
export type PlannedChange = z.infer<typeof PlannedChangeSchema>;

export const cash = {
  /** Newest first. */
  payouts: query
    .input(z.object({ limit: z.number().int().min(1).max(500).default(100), cursor: CursorSchema.optional() }))
    .output(PayoutReportSchema),
  /** Drafts and open offers, the one that expires first on top; of a part of the company those to its customers, of a currency those in it. */
  openQuotes: query.input(z.object({ slice: SliceSchema.optional() }).default({})).output(OpenQuotesSchema),
  /** What subscriptions are planned to become, the next change first; of one customer, of those of a part of the company, or of all. */
  plannedChanges: query
    .input(
      z.object({
        limit: z.number().int().min(1).max(1_000).default(200),
        customerId: CustomerIdSchema.optional(),
        slice: SliceSchema.optional(),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(PlannedChangeSchema) })),
  meterUsage: query.input(z.object({ customerId: CustomerIdSchema })).output(MeterUsageSchema),
};
