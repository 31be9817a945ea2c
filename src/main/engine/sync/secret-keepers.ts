/**
 * Keeps the secrets of a connection while a vendor exchanges them: in the
 * encrypted database once it is connected, in memory while it is only tried.
 */
import { hash } from 'node:crypto';
import { memoryKeeper, oneAfterTheOther, type SecretKeeper, type SecretValues } from '../sources/kit/index.ts';
import type { WriteDb } from '../store/handles.ts';
import type { SyncDeps } from './deps.ts';

interface Keepers {
  readonly stored: Map<number, SecretKeeper>;
  /** Of connections that were tried and not stored yet, by what was typed in. */
  readonly tried: Map<string, SecretKeeper>;
}

const keepers = new WeakMap<WriteDb, Keepers>();

function keepersOf({ db }: Pick<SyncDeps, 'db'>): Keepers {
  let known = keepers.get(db);
  if (!known) keepers.set(db, (known = { stored: new Map(), tried: new Map() }));
  return known;
}

/**
 * The keeper of a stored connection: the same one for a run, a check and a retry, so that no two of them exchange the
 * same secret. Each exchange is one transaction, on the disk before anybody uses its result (`synchronous = FULL`).
 */
export function storedSecrets(deps: Pick<SyncDeps, 'db'>, sourceId: number): SecretKeeper {
  const { stored } = keepersOf(deps);
  const known = stored.get(sourceId);
  if (known) return known;
  const { db } = deps;
  const current = (): SecretValues =>
    Object.fromEntries(
      db
        .all(db.build.selectFrom('secret').select(['name', 'value']).where('source_id', '=', sourceId).orderBy('name'))
        .map(({ name, value }) => [name, value]),
    );
  const keeper = {
    current,
    rotate: oneAfterTheOther(current, (next) =>
      db.transaction(() => {
        // Disconnecting forgets the secret, also one that is being exchanged meanwhile.
        if (isConnected(db, sourceId)) writeSecrets(db, sourceId, next);
      }),
    ),
  };
  stored.set(sourceId, keeper);
  return keeper;
}

function isConnected(db: WriteDb, sourceId: number): boolean {
  const source = db.first(db.build.selectFrom('source').select('state').where('source_id', '=', sourceId));
  return source !== undefined && source.state !== 'disconnected';
}

/** Replaces a connection's secrets. Called inside a transaction. */
function writeSecrets(db: WriteDb, sourceId: number, values: SecretValues): void {
  db.run(db.build.deleteFrom('secret').where('source_id', '=', sourceId));
  for (const [name, value] of Object.entries(values))
    db.run(db.build.insertInto('secret').values({ source_id: sourceId, name, value }));
}

/**
 * The keeper of values that were typed in. A check may exchange them already: whoever comes with the same values again,
 * to connect, is given what they were exchanged for.
 */
export function triedSecrets(deps: Pick<SyncDeps, 'db'>, values: SecretValues): SecretKeeper {
  const { tried } = keepersOf(deps);
  const key = hash('sha256', JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1))));
  let keeper = tried.get(key);
  if (!keeper) tried.set(key, (keeper = memoryKeeper(values)));
  // What was tried long ago and never connected is not kept for ever.
  const [oldest] = tried.keys();
  if (tried.size > MOST_TRIED && oldest !== undefined) tried.delete(oldest);
  return keeper;
}

const MOST_TRIED = 10;

/** Takes over what was tried into the stored connection. Called inside the transaction that stores it. */
export function storeTried(deps: Pick<SyncDeps, 'db'>, sourceId: number, values: SecretValues): void {
  const keeper = triedSecrets(deps, values);
  writeSecrets(deps.db, sourceId, keeper.current());
}
