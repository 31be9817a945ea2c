/** The company behind the numbers, and how they are shown. */
import { z } from 'zod';
import { ChosenPolicySchema } from './policy.ts';
import { command, query } from './procedure.ts';
import { CurrencySchema, InstantSchema, MinorSchema, TimeZoneSchema } from './scalars.ts';

export const WorkspaceSchema = z.object({
  companyName: z.string().min(1).max(200),
  reportingCurrency: CurrencySchema,
  timeZone: TimeZoneSchema,
  /** BCP 47 (`de-DE`); null follows the operating system. */
  locale: z.string().min(2).max(35).nullable(),
  /** 1 = Monday … 7 = Sunday. */
  weekStartsOn: z.number().int().min(1).max(7),
  fiscalYearStartMonth: z.number().int().min(1).max(12),
  policy: ChosenPolicySchema,
  theme: z.enum(['system', 'light', 'dark']),
  /** Target growth of MRR per month as a fraction; null: no target. */
  growthTarget: z.number().min(-1).max(10).nullable(),
  /** Milestone of ARR to aim at, in minor units of the reporting currency; null: the next of the standard ones. */
  milestoneMinor: MinorSchema.nullable(),
  syncEveryMinutes: z.number().int().min(5).max(1_440),
  /** Day of the following month on which a month is closed by itself; null: by hand only. */
  closeOnDay: z.number().int().min(1).max(28).nullable(),
  demo: z.boolean(),
  onboardedAt: InstantSchema.nullable(),
});
export type Workspace = z.infer<typeof WorkspaceSchema>;

export const WorkspaceChangeSchema = WorkspaceSchema.omit({ demo: true, onboardedAt: true }).partial();

export const workspace = {
  get: query.output(WorkspaceSchema),
  update: command.input(WorkspaceChangeSchema).output(WorkspaceSchema),
  /**
   * Connects the demo company's vendors in an empty workspace (`session.openDemo` makes one) and syncs them.
   * Fails with `conflict` where sources exist.
   */
  startDemo: command.output(z.object({ jobId: z.number() })),
};
