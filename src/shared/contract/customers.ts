/** The founder's customers: the table, and one customer's whole story. */
import { z } from 'zod';
import { CustomerStateSchema } from './customer-state.ts';
import { EvidenceSchema } from './evidence.ts';
import { query } from './procedure.ts';
import { CustomerFilterSchema } from './segments.ts';
import { CurrencySchema, CustomerIdSchema, DaySchema, InstantSchema, MinorSchema } from './scalars.ts';
import { SliceSchema } from './slice.ts';

export const CustomerRowSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  email: z.string().nullable(),
  country: z.string().nullable(),
  state: CustomerStateSchema,
  /** Minor units of the reporting currency per month. */
  mrr: MinorSchema.nullable(),
  plan: z.string().nullable(),
  customerSince: DaySchema.nullable(),
  churnedOn: DaySchema.nullable(),
});
export type CustomerRow = z.infer<typeof CustomerRowSchema>;

/** One thing that happened, from any source. `target` is the vendor's page of the object. */
export const TimelineEntrySchema = z.object({
  at: InstantSchema,
  kind: z.enum([
    'movement',
    'subscription',
    'invoice',
    'payment',
    'payment_failed',
    'payment_open',
    'refund',
    'dispute',
    'credit_note',
    'deal',
    'quote',
    'ticket',
    'nps',
    'alert',
    'customer',
    'usage',
  ]),
  title: z.string(),
  detail: z.string().nullable(),
  amountMinor: MinorSchema.nullable(),
  currency: z.string().nullable(),
  tone: z.enum(['gain', 'loss', 'warning', 'neutral']),
  /** Of a movement: what shows it; null of anything else, which is an object at the vendor itself. */
  evidence: EvidenceSchema.nullable(),
  sourceObjectId: z.string().nullable(),
  sourceUrl: z.string().nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntrySchema>;

export const CustomerSubscriptionSchema = z.object({
  subscriptionId: z.string(),
  status: z.string(),
  plan: z.string().nullable(),
  mrr: MinorSchema.nullable(),
  currency: z.string(),
  startedOn: DaySchema,
  currentPeriodEndsOn: DaySchema.nullable(),
  endsOn: DaySchema.nullable(),
  discounts: z.array(z.string()),
  sourceUrl: z.string().nullable(),
});

export const customers = {
  list: query
    .input(
      z.object({
        search: z.string().max(200).optional(),
        state: CustomerStateSchema.optional(),
        filter: CustomerFilterSchema.optional(),
        /** Only a saved segment's customers: its id or name. */
        segment: z.string().max(100).optional(),
        /** Of a part of the company: who of its customers meets all conditions, as a filter means them. */
        slice: SliceSchema.optional(),
        sort: z.enum(['name', 'mrr', 'customerSince', 'churnedOn', 'state', 'country']).default('mrr'),
        direction: z.enum(['asc', 'desc']).default('desc'),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ currency: CurrencySchema, total: z.number().int(), rows: z.array(CustomerRowSchema) })),
  /** Whom somebody means by a few letters, the likeliest first: accents do not matter, one slip is forgiven. */
  find: query
    .input(z.object({ query: z.string().max(200), limit: z.number().int().min(1).max(50).default(8) }))
    .output(z.object({ currency: CurrencySchema, rows: z.array(CustomerRowSchema) })),
  get: query.input(z.object({ customerId: CustomerIdSchema })).output(
    z.object({
      customer: CustomerRowSchema,
      currency: CurrencySchema,
      /** The annual sum itself, which MRR is a rounded twelfth of; null where MRR is. */
      arr: MinorSchema.nullable(),
      /** Share of the company's MRR, fraction; null when MRR is 0. */
      shareOfMrr: z.number().nullable(),
      lifetimeCash: MinorSchema.nullable(),
      subscriptions: z.array(CustomerSubscriptionSchema),
      /** MRR at each day on which it changed. */
      mrrHistory: z.array(z.object({ on: DaySchema, mrr: MinorSchema })),
      sources: z.array(z.object({ sourceName: z.string(), id: z.string(), url: z.string().nullable() })),
    }),
  ),
  timeline: query
    .input(
      z.object({
        customerId: CustomerIdSchema,
        limit: z.number().int().min(1).max(500).default(100),
        before: InstantSchema.optional(),
      }),
    )
    .output(z.object({ entries: z.array(TimelineEntrySchema), more: z.boolean() })),
};
