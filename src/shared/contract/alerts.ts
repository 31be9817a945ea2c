/** Warnings: the inbox, and the rules that fill it. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { CursorSchema, CustomerIdSchema, DaySchema, InstantSchema, MinorSchema } from './scalars.ts';

export const ALERT_RULES = [
  'customer_churned',
  'customer_cancelling',
  'payment_failed',
  'growth_under_target',
  'sync_failing',
  'sync_stale',
  'backup_failing',
] as const;
export const AlertRuleIdSchema = z.enum(ALERT_RULES);
export type AlertRuleId = z.infer<typeof AlertRuleIdSchema>;

export const AlertSchema = z.object({
  alertId: z.number(),
  rule: AlertRuleIdSchema,
  severity: z.enum(['info', 'warning', 'critical']),
  title: z.string(),
  body: z.string(),
  /** The customer it is about. */
  customerId: CustomerIdSchema.nullable(),
  /** MRR at stake, minor units of `currency`. */
  amountMinor: MinorSchema.nullable(),
  currency: z.string().nullable(),
  raisedAt: InstantSchema,
  on: DaySchema,
  state: z.enum(['open', 'snoozed', 'done']),
  snoozedUntil: InstantSchema.nullable(),
  readAt: InstantSchema.nullable(),
  /** In-app path that a click opens. */
  target: z.string(),
  /** What to do next, in a sentence. */
  nextAction: z.string().nullable(),
});
export type Alert = z.infer<typeof AlertSchema>;

export const AlertRuleSchema = z.object({
  rule: AlertRuleIdSchema,
  title: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  notify: z.boolean(),
  /** Whether its alerts stand in the digests of the day and the week. */
  digest: z.boolean(),
  /** The rule's threshold, where it has one: a fraction of MRR, of growth, or minutes. */
  threshold: z.number().nullable(),
  thresholdUnit: z.enum(['fraction', 'minutes']).nullable(),
});

export const alerts = {
  list: query
    .input(
      z.object({
        state: z.enum(['open', 'snoozed', 'done', 'all']).default('open'),
        limit: z.number().int().min(1).max(200).default(50),
        cursor: CursorSchema.optional(),
      }),
    )
    .output(
      z.object({ open: z.number().int(), unread: z.number().int(), rows: z.array(AlertSchema), cursor: CursorSchema }),
    ),
  /** Whether notifications are held back now, until when, and how many wait. */
  quiet: query.output(z.object({ until: InstantSchema.nullable(), held: z.number().int() })),
  act: command
    .input(
      z.object({
        alertId: z.number(),
        action: z.enum(['read', 'done', 'reopen', 'snooze']),
        until: InstantSchema.optional(),
      }),
    )
    .output(AlertSchema),
  rules: query.output(z.array(AlertRuleSchema)),
  updateRule: command
    .input(
      z.object({
        rule: AlertRuleIdSchema,
        enabled: z.boolean().optional(),
        notify: z.boolean().optional(),
        digest: z.boolean().optional(),
        threshold: z.number().optional(),
      }),
    )
    .output(AlertRuleSchema),
};
