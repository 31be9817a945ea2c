/** What changed since the founder last looked. */
import { z } from 'zod';
import { MOVEMENT_KINDS, MovementKindSchema } from './metrics.ts';
import { command, query } from './procedure.ts';
import { CurrencySchema, CustomerIdSchema, DaySchema, InstantSchema, MinorSchema, SourceIdSchema } from './scalars.ts';

/** A visit is over after so many minutes without a sign of the founder. */
export const VISIT_MINUTES = 30;

const BridgeKinds = Object.fromEntries(MOVEMENT_KINDS.map((kind) => [kind, MinorSchema])) as Record<
  (typeof MOVEMENT_KINDS)[number],
  typeof MinorSchema
>;

/** From what was shown then to what is known now: monthly amounts of the reporting currency; `from`, the kinds and `restated` add up to `to`. */
export const SinceBridgeSchema = z.object({
  from: MinorSchema,
  ...BridgeKinds,
  /** What became known of days before the one of the look. */
  restated: MinorSchema,
  to: MinorSchema,
});
export type SinceBridge = z.infer<typeof SinceBridgeSchema>;

export const CustomerChangeSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  /** Monthly minor units of the reporting currency. */
  change: MinorSchema,
  kind: MovementKindSchema.exclude(['fx']),
  on: DaySchema,
  /** Became paying out of a trial. */
  converted: z.boolean(),
});
export type CustomerChange = z.infer<typeof CustomerChangeSchema>;

export const PastChangeSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  /** The first day whose figures read differently now. */
  on: DaySchema,
  /** By how much MRR of that day and all later ones differs. */
  change: MinorSchema,
  kind: MovementKindSchema.exclude(['fx']),
  /** Why, in a sentence. */
  because: z.string(),
  sourceUrl: z.string().nullable(),
});
export type PastChange = z.infer<typeof PastChangeSchema>;

const PaymentNewsSchema = z.object({
  customerId: CustomerIdSchema.nullable(),
  name: z.string(),
  at: InstantSchema,
  /** Minor units of `currency`. */
  amount: MinorSchema,
  currency: z.string(),
  /** Why it failed, in the vendor's word. */
  code: z.string().nullable(),
});

const CalledOffSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  at: InstantSchema,
  /** When it stops paying; null where that is already over. */
  endsOn: DaySchema.nullable(),
  /** MRR of the subscription; null without a rate. */
  mrr: MinorSchema.nullable(),
  reason: z.string().nullable(),
});

const AlertNewsSchema = z.object({
  alertId: z.number(),
  title: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  at: InstantSchema,
  target: z.string(),
});

/** A list cut to its first rows, and how many there are. */
function some<Row extends z.ZodType>(row: Row) {
  return z.object({ total: z.number().int(), rows: z.array(row) });
}

export const SinceSchema = z.object({
  /** The last look before this visit; null on the first visit: then all that follows is empty. */
  lookedAt: InstantSchema.nullable(),
  /** Its day in the company's zone. */
  lookedOn: DaySchema.nullable(),
  today: DaySchema,
  currency: CurrencySchema,
  mrr: SinceBridgeSchema.nullable(),
  /** Largest change first. */
  customers: some(CustomerChangeSchema),
  /** Largest change first. */
  past: some(PastChangeSchema),
  /** Restatements of closed months that were found since. */
  closedMonthEntries: z.number().int(),
  /** Newest first. */
  calledOff: some(CalledOffSchema),
  failed: some(PaymentNewsSchema),
  recovered: some(PaymentNewsSchema),
  sources: z.array(
    z.object({
      sourceId: SourceIdSchema,
      name: z.string(),
      /** Syncs that failed since. */
      failures: z.number().int(),
      message: z.string(),
      lastAt: InstantSchema,
      /** Synced to its end after that. */
      works: z.boolean(),
    }),
  ),
  alertsOpened: some(AlertNewsSchema),
  /** Closed because they were over; what the founder closed is no news. */
  alertsClosed: some(AlertNewsSchema),
  /** Nothing at all. */
  nothing: z.boolean(),
});
export type Since = z.infer<typeof SinceSchema>;

export const since = {
  changes: query.input(z.object({ limit: z.number().int().min(1).max(500).default(100) })).output(SinceSchema),
  /**
   * The founder is here; `cockpit`: with the cockpit on the screen. Says whether a new visit begins with it: then what
   * changed since the one before is told.
   */
  look: command.input(z.object({ cockpit: z.boolean() })).output(z.object({ began: z.boolean() })),
};
