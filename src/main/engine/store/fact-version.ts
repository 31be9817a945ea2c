/**
 * Tells whether facts changed meanwhile. Threads that prepare rows for the
 * writer read what is committed when they begin; whoever writes facts on the
 * writer's thread says so, and rows prepared before that are thrown away.
 */
import type { WriteDb } from './handles.ts';

const versions = new WeakMap<WriteDb, number>();

/** Changes whenever facts were written or deleted over this handle. */
export function factVersion(db: WriteDb): number {
  return versions.get(db) ?? 0;
}

export function noteFactsChanged(db: WriteDb): void {
  versions.set(db, factVersion(db) + 1);
}
