/** What is remembered of the way in: one row of the table `setting`. */
import { z } from 'zod';
import { InstantSchema } from '../../../shared/contract/scalars.ts';
import type { OnboardingEvent } from '../../../shared/contract/onboarding.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

const ROW = 'onboarding';

const at = InstantSchema.nullable().default(null);

const ProgressSchema = z.object({
  startedAt: at,
  companyAt: at,
  postponedAt: at,
  firstNumberAt: at,
  checklistHiddenAt: at,
});
export type Progress = z.output<typeof ProgressSchema>;

/**
 * How far the way in was gone; nothing where it never began.
 * @throws AppError `storage_failed` where the row does not parse.
 */
export function readProgress(db: ReadDb): Progress {
  const row = db.first(db.build.selectFrom('setting').select('value').where('name', '=', ROW));
  const parsed = ProgressSchema.safeParse(row === undefined ? {} : JSON.parse(row.value));
  if (!parsed.success)
    throw new AppError(
      'storage_failed',
      `What is remembered of the first start does not fit: ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}

/** Notes when the way in was chosen; a second time changes nothing. */
export function beginOnboarding(db: WriteDb, startedAt: Instant, now: Instant): void {
  change(db, (known) => ({ startedAt: known.startedAt ?? (startedAt < now ? startedAt : now) }));
}

/** Notes what happened on the way in. */
export function noteOnboarding(db: WriteDb, event: OnboardingEvent, now: Instant): void {
  change(db, (known) => changeBy(db, event, known, now));
}

function changeBy(db: ReadDb, event: OnboardingEvent, known: Progress, now: Instant): Partial<Progress> {
  switch (event) {
    case 'companyConfirmed':
      return { companyAt: known.companyAt ?? now };
    case 'postponed':
      return { postponedAt: known.postponedAt ?? now };
    case 'firstNumber':
      return known.startedAt === null || known.firstNumberAt !== null || !hasMovement(db) ? {} : { firstNumberAt: now };
    case 'checklistHidden':
      return { checklistHiddenAt: now };
    case 'checklistShown':
      return { checklistHiddenAt: null };
  }
}

function hasMovement(db: ReadDb): boolean {
  return db.first(db.build.selectFrom('movement').select('movement_id').limit(1)) !== undefined;
}

function change(db: WriteDb, changeOf: (known: Progress) => Partial<Progress>): void {
  db.transaction(() => {
    const known = readProgress(db);
    const value = JSON.stringify({ ...known, ...changeOf(known) });
    db.run(
      db.build
        .insertInto('setting')
        .values({ name: ROW, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value })),
    );
  });
}
