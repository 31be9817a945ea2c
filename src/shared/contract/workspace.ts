/** The company behind the numbers, and how they are shown. */
import { z } from 'zod';
import { ChosenPolicySchema } from './policy.ts';
import { command, query } from './procedure.ts';
import { CurrencySchema, InstantSchema, MinorSchema, TimeOfDaySchema, TimeZoneSchema } from './scalars.ts';

export const QuietHoursSchema = z
  .object({
    /** In the company's zone; over midnight where `from` is later than `to`. */
    from: TimeOfDaySchema,
    to: TimeOfDaySchema,
    /** Whether critical alerts are notified all the same. */
    criticalThrough: z.boolean(),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from the beginning' });
export type QuietHours = z.infer<typeof QuietHoursSchema>;

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
  /** Hours without notifications; null: none. */
  quietHours: QuietHoursSchema.nullable(),
  /** Whether single keys act on their own (WCAG 2.2, success criterion 2.1.4); keys with Ctrl or ⌘ always do. */
  singleKeys: z.boolean(),
  /** How many daily backups are kept; 0: none are made. */
  dailyBackups: z.number().int().min(0).max(365),
  /** Folder of the daily backups; null: beside the database. */
  backupFolder: z.string().min(1).max(4_096).nullable(),
  demo: z.boolean(),
  onboardedAt: InstantSchema.nullable(),
});
export type Workspace = z.infer<typeof WorkspaceSchema>;

export const WorkspaceChangeSchema = WorkspaceSchema.omit({ demo: true, onboardedAt: true }).partial();

export const workspace = {
  get: query.output(WorkspaceSchema),
  /** Writes a backup now; the job's result is the backup. */
  backUp: command.output(z.object({ jobId: z.number() })),
  update: command.input(WorkspaceChangeSchema).output(WorkspaceSchema),
  /**
   * Connects the demo company's vendors in an empty workspace (`session.openDemo` makes one) and syncs them.
   * Fails with `conflict` where sources exist.
   */
  startDemo: command.output(z.object({ jobId: z.number() })),
};
