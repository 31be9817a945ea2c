/** Where the founder stands on the way in. */
import type { Onboarding } from '../../../shared/contract/onboarding.ts';
import type { Workspace } from '../../../shared/contract/workspace.ts';
import type { ReadDb } from '../store/index.ts';
import { checklistItems, connectedSources } from './checklist.ts';
import { readProgress, type Progress } from './progress.ts';

/**
 * The state of the way in. A workspace that was filled in another way (command line, files, a version before) is `done`:
 * only what began on the welcome page asks for the company.
 * @param unnamed the name that a company has before it was given one.
 */
export function readOnboarding(db: ReadDb, workspace: Workspace, unnamed: string): Onboarding {
  const progress = readProgress(db);
  return {
    step: stepOf(db, workspace, progress),
    postponed: progress.postponedAt !== null,
    startedAt: progress.startedAt,
    firstNumberAt: progress.firstNumberAt,
    checklist: {
      shown: progress.startedAt !== null && progress.checklistHiddenAt === null,
      items: checklistItems(db, workspace, progress, unnamed),
    },
  };
}

function stepOf(db: ReadDb, workspace: Workspace, progress: Progress): Onboarding['step'] {
  if (workspace.demo) return 'done';
  if (workspace.onboardedAt === null && connectedSources(db).length === 0) return 'stripe';
  return progress.startedAt !== null && progress.companyAt === null ? 'company' : 'done';
}
