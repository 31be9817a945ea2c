/** The cockpit's own questions: what is ahead, who is about to leave, what needs the founder today, what becomes of trials. */
import { z } from 'zod';
import { query } from './procedure.ts';
import { CurrencySchema, CustomerIdSchema, DaySchema, FigureSchema, MinorSchema } from './scalars.ts';
import { SliceSchema } from './slice.ts';

export const AHEAD_KINDS = [
  'cancellation',
  'reduction',
  'discount_end',
  'increase',
  'trial_end',
  'start',
  'renewal',
] as const;
export const AheadKindSchema = z.enum(AHEAD_KINDS);
export type AheadKind = z.infer<typeof AheadKindSchema>;

export const AheadRowSchema = z.object({
  on: DaySchema,
  kind: AheadKindSchema,
  customerId: CustomerIdSchema,
  name: z.string(),
  /** What it does to MRR as things stand; of a trial what it pays if it stays; of a renewal the MRR that is decided on; null without a rate. */
  mrr: MinorSchema.nullable(),
});
export type AheadRow = z.infer<typeof AheadRowSchema>;

export const AheadSchema = z.object({
  from: DaySchema,
  to: DaySchema,
  currency: CurrencySchema,
  kinds: z.array(
    z.object({ kind: AheadKindSchema, count: z.number().int(), mrr: MinorSchema, unvalued: z.number().int() }),
  ),
  /** What the changes that are certain come to: all but trials that end and renewals. */
  planned: MinorSchema,
  total: z.number().int(),
  /** The next first. */
  rows: z.array(AheadRowSchema),
});
export type Ahead = z.infer<typeof AheadSchema>;

export const LEAVING_SIGNS = ['called_off', 'past_due'] as const;

export const LeavingSchema = z.object({
  currency: CurrencySchema,
  /** MRR at risk, each customer's subscriptions once. */
  atRisk: MinorSchema,
  /** Of the company's MRR; null with the reason. */
  share: FigureSchema,
  calledOff: z.object({ customers: z.number().int(), mrr: MinorSchema }),
  pastDue: z.object({ customers: z.number().int(), mrr: MinorSchema }),
  /** Open alerts about churn and payments. */
  alerts: z.number().int(),
  total: z.number().int(),
  /** Most at risk first. */
  rows: z.array(
    z.object({
      customerId: CustomerIdSchema,
      name: z.string(),
      sign: z.enum(LEAVING_SIGNS),
      /** Null without a rate. */
      mrr: MinorSchema.nullable(),
      /** When it stops paying, or since when it owes. */
      on: DaySchema.nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export type Leaving = z.infer<typeof LeavingSchema>;

export const NEXT_ACTION_KINDS = [
  'source_failing',
  'sign_in_again',
  'quarantine',
  'unvalued',
  'past_due',
  'alert',
  'month_to_close',
  'month_restated',
  'mapping',
  'target_missed',
  'no_target',
] as const;

export const NextActionSchema = z.object({
  kind: z.enum(NEXT_ACTION_KINDS),
  /** Tells it from others of its kind. */
  key: z.string(),
  severity: z.enum(['critical', 'warning', 'info']),
  /** What to do, in a few words. Names are in `subject`. */
  title: z.string(),
  /** Whom or what it is about; hidden where names of customers are. */
  subject: z.string().nullable(),
  /** Whether the subject is a customer. */
  ofCustomer: z.boolean(),
  /** Why, in a sentence. */
  detail: z.string(),
  /** The path of the place where it is done. */
  target: z.string(),
  /** Monthly minor units at stake; null where there are none. */
  amount: MinorSchema.nullable(),
});
export type NextAction = z.infer<typeof NextActionSchema>;

export const TrialFunnelSchema = z.object({
  from: DaySchema,
  to: DaySchema,
  graceDays: z.number().int(),
  /** Of the trials that began in the span. */
  started: z.number().int(),
  converted: z.number().int(),
  lost: z.number().int(),
  open: z.number().int(),
  rate: FigureSchema,
  /** On trial at the span's end, and what they pay a month if they stay. */
  running: z.number().int(),
  mrr: MinorSchema,
  currency: CurrencySchema,
});
export type TrialFunnel = z.infer<typeof TrialFunnelSchema>;

/** `slice`: whoever is in it today, with all that they pay for; of trials those whose main price is in it. */
export const cockpit = {
  ahead: query
    .input(
      z.object({
        days: z.number().int().min(1).max(366).default(30),
        limit: z.number().int().min(1).max(500).default(50),
        slice: SliceSchema.optional(),
      }),
    )
    .output(AheadSchema),
  leaving: query
    .input(z.object({ limit: z.number().int().min(1).max(500).default(50), slice: SliceSchema.optional() }))
    .output(LeavingSchema),
  nextActions: query
    .input(z.object({ limit: z.number().int().min(1).max(100).default(20) }))
    .output(z.object({ total: z.number().int(), currency: CurrencySchema, rows: z.array(NextActionSchema) })),
  trials: query
    .input(z.object({ asOf: DaySchema.optional(), slice: SliceSchema.optional() }))
    .output(TrialFunnelSchema),
};
