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

/** How the screen looks; everywhere and at once. Motion and contrast also follow the system's wishes. */
const APPEARANCE = {
  theme: z.enum(['system', 'light', 'dark']),
  /** `more`: text at 7:1, whatever the system says. */
  contrast: z.enum(['system', 'more']),
  density: z.enum(['comfortable', 'compact']),
  /** `reduced`: nothing moves, whatever the system says. */
  motion: z.enum(['system', 'reduced']),
  textSize: z.enum(['normal', 'large', 'larger']),
};

export const DailyDigestSchema = z.object({
  /** In the company's zone. */
  at: TimeOfDaySchema,
  /** Whether Saturdays and Sundays have none. */
  workdaysOnly: z.boolean(),
  /** Whether it is told also when nothing happened. */
  whenQuiet: z.boolean().default(false),
});
export type DailyDigest = z.infer<typeof DailyDigestSchema>;

export const WeeklyDigestSchema = z.object({
  /** 1 = Monday … 7 = Sunday, in the company's zone. */
  on: z.number().int().min(1).max(7),
  at: TimeOfDaySchema,
});
export type WeeklyDigest = z.infer<typeof WeeklyDigestSchema>;

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
  ...APPEARANCE,
  /** Target growth of MRR per month as a fraction; null: no target. */
  growthTarget: z.number().min(-1).max(10).nullable(),
  /** Milestone of ARR to aim at, in minor units of the reporting currency; null: the next of the standard ones. */
  milestoneMinor: MinorSchema.nullable(),
  syncEveryMinutes: z.number().int().min(5).max(1_440),
  /** Day of the following month on which a month is closed by itself; null: by hand only. */
  closeOnDay: z.number().int().min(1).max(28).nullable(),
  /** Hours without notifications; null: none. */
  quietHours: QuietHoursSchema.nullable(),
  /** When the digest of the day is announced; null: never, it stands on its page all the same. */
  dailyDigest: DailyDigestSchema.nullable(),
  /** When the view of the week is announced; null: never. */
  weeklyDigest: WeeklyDigestSchema.nullable(),
  /**
   * Minutes without a call after which the database is locked; 0: never; null: as the host does by itself (the desktop
   * app never, the browser's server after an hour). `vario serve --lock-after` goes before it.
   */
  autoLockMinutes: z.number().int().min(0).max(10_080).nullable(),
  /** How tables are exported unless one is asked otherwise: for machines (ISO, dot, comma) or as the founder writes. */
  exportFormat: z.enum(['machine', 'locale']),
  /** Paper of printed reports; null: what the locale's country uses. */
  paperSize: z.enum(['A4', 'Letter']).nullable(),
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

/** Encoded pictures take a third more than their bytes: 300 kB. */
const MOST_LOGO_TEXT = 400_000;

/** The company's picture on printed reports, as a data address; null: none. */
export const LogoSchema = z.object({
  picture: z
    .string()
    .max(MOST_LOGO_TEXT, 'the picture is larger than 300 kB')
    .regex(/^data:image\/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/]+=*$/, 'not a PNG, JPEG, WebP or SVG picture')
    .nullable(),
});
export type Logo = z.infer<typeof LogoSchema>;

export const WorkspaceChangeSchema = WorkspaceSchema.omit({ demo: true, onboardedAt: true }).partial();

export const workspace = {
  get: query.output(WorkspaceSchema),
  /** Writes a backup now; the job's result is the backup. */
  backUp: command.output(z.object({ jobId: z.number() })),
  update: command.input(WorkspaceChangeSchema).output(WorkspaceSchema),
  logo: query.output(LogoSchema),
  setLogo: command.input(LogoSchema).output(LogoSchema),
  /** Shows a notification now, also in quiet hours; says until when those would hold an alert back. */
  testNotification: command.output(z.object({ quietUntil: InstantSchema.nullable() })),
  /**
   * Connects the demo company's vendors in an empty workspace (`session.openDemo` makes one) and syncs them.
   * Fails with `conflict` where sources exist.
   */
  startDemo: command.output(z.object({ jobId: z.number() })),
};
