/** What is done with a connected source: rest, change, take back, look at its budget; and whether rates agree. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { CurrencySchema, DaySchema, InstantSchema, SourceIdSchema } from './scalars.ts';

const JobSchema = z.object({ jobId: z.number() });
const OneSource = z.object({ sourceId: SourceIdSchema });

export const BudgetSchema = z.object({
  title: z.string(),
  /** Requests in a whole period; null where the vendor tells only what is left. */
  allowed: z.number().int().nullable(),
  used: z.number().int().nullable(),
  left: z.number().int(),
  resetsAt: InstantSchema.nullable(),
  /** When the vendor said so; null for what Vario counted itself. */
  seenAt: InstantSchema.nullable(),
  /** Where the vendor writes the quota down, for one that no answer states. */
  statedAt: z.string().nullable(),
});
export type Budget = z.infer<typeof BudgetSchema>;

export const HoldingsSchema = z.object({
  /** Kept records by kind of object, most first. */
  kinds: z.array(z.object({ kind: z.string(), count: z.number().int() })),
  setAside: z.number().int(),
  /** Customers of whom no other source speaks: they lose their names with its data. */
  onlyHere: z.number().int(),
});
export type Holdings = z.infer<typeof HoldingsSchema>;

export const RateDifferencesSchema = z.object({
  /** Two rates of a day that are further apart than this fraction count as different. */
  tolerance: z.number(),
  /** Pairs of providers that have both quoted the currency on some day, the trusted one first. */
  pairs: z.array(
    z.object({
      currency: CurrencySchema,
      trusted: z.string(),
      other: z.string(),
      /** Days on which both have a rate. */
      days: z.number().int(),
      /** Those on which they differ by more than the tolerance. */
      differing: z.number().int(),
      /** The day on which they are furthest apart; `share` is |other − trusted| ÷ trusted. */
      worst: z.object({ on: DaySchema, trusted: z.string(), other: z.string(), share: z.number() }),
    }),
  ),
});
export type RateDifferences = z.infer<typeof RateDifferencesSchema>;

export const sourceUpkeep = {
  /** Nothing is asked of its vendor any more; a sync under way stops at its next page and goes on when resumed. */
  pause: command.input(OneSource).output(z.object({ done: z.literal(true) })),
  resume: command.input(OneSource).output(JobSchema),
  /**
   * Changes name, settings or secrets in place; what was read stays, and a disconnected source is connected again.
   * Secrets left out or empty stay as stored. Checked at the vendor before anything is stored, but for a new name.
   */
  edit: command
    .input(
      z.object({
        sourceId: SourceIdSchema,
        name: z.string().min(1).max(100).optional(),
        config: z.record(z.string(), z.string()).optional(),
        secrets: z.record(z.string(), z.string().max(10_000)).optional(),
      }),
    )
    .output(z.object({ jobId: z.number().nullable() })),
  /** Within two minutes of a disconnection that kept the data. Fails with `conflict` afterwards. */
  undoDisconnect: command.input(OneSource).output(JobSchema),
  /** What would be deleted with the source's data. */
  holdings: query.input(OneSource).output(HoldingsSchema),
  /** The vendor's quotas: what it allows, what is used, what is left. */
  budgets: query.input(OneSource).output(z.array(BudgetSchema)),
  /** The machine woke, or the network came back: what waited for that is synced soon. */
  nudge: command.input(z.object({ kind: z.enum(['wake', 'online']) })).output(z.object({ hastened: z.number().int() })),
  /** Where two providers of exchange rates disagree. */
  rateDifferences: query.output(RateDifferencesSchema),
};
