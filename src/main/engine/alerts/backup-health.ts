/** Rule `backup_failing`: a backup that could not be written is missed on the day when it is needed. */
import { z } from 'zod';
import { InstantSchema } from '../../../shared/contract/scalars.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import type { Look } from './candidate.ts';
import type { Reading } from './condition.ts';

const SETTING = 'backup.last';

const LastBackupSchema = z.object({
  at: InstantSchema,
  /** Why it failed; null when it was written. */
  problem: z.string().nullable(),
});
type LastBackup = z.output<typeof LastBackupSchema>;

/** Remembers how the last backup went. */
export function noteBackup(db: WriteDb, last: LastBackup): void {
  const value = JSON.stringify(last);
  db.run(
    db.build
      .insertInto('setting')
      .values({ name: SETTING, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value })),
  );
}

function lastBackup(db: ReadDb): LastBackup | null {
  const row = db.first(db.build.selectFrom('setting').select('value').where('name', '=', SETTING));
  return row ? LastBackupSchema.parse(JSON.parse(row.value)) : null;
}

export function backupReadings(look: Look): Reading[] {
  const last = lastBackup(look.db);
  if (last === null) return [];
  return [
    {
      rule: 'backup_failing',
      subject: 'backup',
      state: last.problem === null ? 'ended' : 'holds',
      alert: {
        on: dayAt(last.at, look.zone),
        severity: 'warning',
        facts: { rule: 'backup_failing', problem: last.problem },
        customerId: null,
        amountMinor: null,
        target: '/settings',
        sourceId: null,
      },
    },
  ];
}
