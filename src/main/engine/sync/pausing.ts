/** A source that rests: nothing is asked of its vendor until it is resumed, and what was read stays. */
import { AppError } from '../../../shared/kernel/errors.ts';
import { loadConnection } from './connections.ts';
import type { SyncDeps } from './deps.ts';
import { planNow } from './plan.ts';
import { stopRun } from './run-book.ts';

/**
 * Pauses a source. A sync of it that is under way stops at its next page, and goes on from there when it is resumed;
 * twice is once. @throws AppError `not_found`, `conflict` when it is disconnected.
 */
export function pauseSource(deps: SyncDeps, sourceId: number): void {
  setState(deps, sourceId, 'paused');
  stopRun(deps, sourceId);
}

/**
 * Lets a paused source go on, at once. @throws AppError `not_found` (also where no such vendor can be asked), `conflict`
 * when it is disconnected.
 */
export function resumeSource(deps: SyncDeps, sourceId: number): void {
  deps.db.transaction(() => {
    // Tables from files rest for good: there is nobody to ask.
    loadConnection(deps, sourceId);
    setState(deps, sourceId, 'ready');
    planNow(deps.db, sourceId, deps.clock.now());
  });
}

function setState({ db }: SyncDeps, sourceId: number, state: 'paused' | 'ready'): void {
  const row = db.one(db.build.selectFrom('source').selectAll().where('source_id', '=', sourceId), 'source');
  if (row.state === 'disconnected')
    throw new AppError('conflict', `“${row.name}” is disconnected; connect it again first`);
  if (state === 'ready' && row.state !== 'paused') return;
  db.run(db.build.updateTable('source').set({ state }).where('source_id', '=', sourceId));
}
