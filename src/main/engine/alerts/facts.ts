/** What an alert knows, apart from how it is said: sentences are made of it whenever it is read. */
import { z } from 'zod';
import { CurrencySchema, DaySchema, MinorSchema } from '../../../shared/contract/scalars.ts';

/** Amounts in minor units of `currency`; MRR where nothing else is said; null: it could not be valued. */
const loss = {
  currency: CurrencySchema,
  mrr: MinorSchema.nullable(),
  /** Of the company's MRR, a fraction. */
  share: z.number().nullable(),
  plan: z.string().nullable(),
  firstPaidOn: DaySchema.nullable(),
  /** In words. */
  reason: z.string().nullable(),
};

export const AlertFactsSchema = z.discriminatedUnion('rule', [
  z.object({
    rule: z.literal('customer_churned'),
    ...loss,
    endedOn: DaySchema,
    /** A payment that failed ended it. */
    unpaid: z.boolean(),
  }),
  z.object({
    rule: z.literal('customer_cancelling'),
    ...loss,
    raisedOn: DaySchema,
    endsOn: DaySchema,
    /** All that the customer pays for ends. */
    whole: z.boolean(),
    /** What the customer goes on paying; null where nothing is, or it is not known. */
    rest: MinorSchema.nullable(),
    /** What to do about it. */
    action: z.string(),
  }),
  z.object({
    rule: z.literal('payment_failed'),
    currency: CurrencySchema,
    mrr: MinorSchema.nullable(),
    share: z.number().nullable(),
    due: z.object({ amount: MinorSchema, currency: z.string() }),
    invoice: z.string(),
    attempts: z.number().int(),
    /** The bank's words. */
    message: z.string().nullable(),
    nextOn: DaySchema.nullable(),
  }),
  z.object({
    rule: z.literal('growth_under_target'),
    currency: CurrencySchema,
    /** Fractions of MRR over the days. */
    growth: z.number(),
    target: z.number(),
    days: z.number().int(),
    from: z.object({ on: DaySchema, mrr: MinorSchema }),
    to: z.object({ on: DaySchema, mrr: MinorSchema }),
    missing: MinorSchema,
  }),
  z.object({
    rule: z.literal('sync_failing'),
    source: z.string(),
    refused: z.boolean(),
    message: z.string().nullable(),
  }),
  z.object({ rule: z.literal('sync_stale'), source: z.string(), minutes: z.number() }),
  z.object({ rule: z.literal('backup_failing'), problem: z.string().nullable() }),
]);

export type AlertFacts = z.infer<typeof AlertFactsSchema>;
export type FactsOf<Rule extends AlertFacts['rule']> = Extract<AlertFacts, { rule: Rule }>;
