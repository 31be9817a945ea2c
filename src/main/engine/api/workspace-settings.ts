/** The company's settings, one row each in the table `setting`. */
import { z } from 'zod';
import { WorkspaceSchema, type Workspace, type WorkspaceChangeSchema } from '../../../shared/contract/workspace.ts';
import { currencyCode } from '../../../shared/kernel/currency.ts';
import { UTC } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

/** What holds until the founder says otherwise. */
export const DEFAULT_WORKSPACE: Workspace = {
  companyName: 'My company',
  reportingCurrency: currencyCode('USD'),
  timeZone: UTC,
  locale: null,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  policy: 'vario',
  theme: 'system',
  contrast: 'system',
  density: 'comfortable',
  motion: 'system',
  textSize: 'normal',
  growthTarget: null,
  milestoneMinor: null,
  syncEveryMinutes: 15,
  closeOnDay: null,
  quietHours: null,
  dailyDigest: null,
  weeklyDigest: null,
  autoLockMinutes: null,
  exportFormat: 'machine',
  paperSize: null,
  singleKeys: true,
  dailyBackups: 7,
  backupFolder: null,
  demo: false,
  onboardedAt: null,
};

export type WorkspaceChange = z.output<typeof WorkspaceChangeSchema> & Partial<Pick<Workspace, 'demo' | 'onboardedAt'>>;

/**
 * Reads the settings; those never set have their default.
 * @throws AppError `storage_failed` naming a setting that does not parse.
 */
export function readWorkspace(db: ReadDb): Workspace {
  const names = Object.keys(DEFAULT_WORKSPACE);
  const rows = db.all(db.build.selectFrom('setting').selectAll().where('name', 'in', names));
  const stored = Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
  const parsed = WorkspaceSchema.safeParse({ ...DEFAULT_WORKSPACE, ...stored });
  if (!parsed.success)
    throw new AppError('storage_failed', `A setting in the database does not fit: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Stores what is given and leaves the rest. @returns the settings afterwards. */
export function writeWorkspace(db: WriteDb, change: WorkspaceChange): Workspace {
  return db.transaction(() => {
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) continue;
      const row = { value: JSON.stringify(value) };
      db.run(
        db.build
          .insertInto('setting')
          .values({ name, ...row })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row)),
      );
    }
    return readWorkspace(db);
  });
}
