/** A disconnected source can be had back for a while: its secret leaves the database at once, and the memory soon after. */
import { AppError } from '../../../shared/kernel/errors.ts';
import { MINUTE_MS } from '../../../shared/kernel/instant.ts';
import type { SyncDeps } from './deps.ts';
import { planNow } from './plan.ts';

/** As long as a person may notice a slip. */
const UNDO_MS = 2 * MINUTE_MS;

interface Kept {
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
  readonly forget: NodeJS.Timeout;
}

const kept = new WeakMap<object, Map<number, Kept>>();

function keptOf({ db }: Pick<SyncDeps, 'db'>): Map<number, Kept> {
  let known = kept.get(db);
  if (!known) kept.set(db, (known = new Map()));
  return known;
}

/** To be called before the source is disconnected. What is remembered ends with the process, and after two minutes. */
export function rememberSecrets(deps: Pick<SyncDeps, 'db'>, sourceId: number): void {
  const { db } = deps;
  const secrets = db.all(
    db.build.selectFrom('secret').select(['name', 'value']).where('source_id', '=', sourceId).orderBy('name'),
  );
  forgetSecrets(deps, sourceId);
  const forget = setTimeout(() => keptOf(deps).delete(sourceId), UNDO_MS).unref();
  keptOf(deps).set(sourceId, { secrets, forget });
}

/** Forgets what was remembered of a source, before its time. */
export function forgetSecrets(deps: Pick<SyncDeps, 'db'>, sourceId: number): void {
  clearTimeout(keptOf(deps).get(sourceId)?.forget);
  keptOf(deps).delete(sourceId);
}

/** Takes a disconnection back. @throws AppError `conflict` when it is connected, or when its secret is forgotten by now. */
export function undoDisconnect(deps: SyncDeps, sourceId: number): void {
  const { db, clock } = deps;
  const row = db.one(db.build.selectFrom('source').selectAll().where('source_id', '=', sourceId), 'source');
  const remembered = keptOf(deps).get(sourceId);
  if (row.state !== 'disconnected') throw new AppError('conflict', `“${row.name}” is connected; nothing was changed`);
  if (!remembered)
    throw new AppError('conflict', `The key of “${row.name}” is forgotten by now; connect it again with a key`);
  db.transaction(() => {
    for (const secret of remembered.secrets)
      db.run(db.build.insertInto('secret').values({ source_id: sourceId, ...secret }));
    const ready = { state: 'ready', disconnected_at: null };
    db.run(db.build.updateTable('source').set(ready).where('source_id', '=', sourceId));
    planNow(db, sourceId, clock.now());
  });
  forgetSecrets(deps, sourceId);
}
