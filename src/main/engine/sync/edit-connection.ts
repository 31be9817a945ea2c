/** Changes a connection in place: a new key, another setting, another name. What was read stays. */
import { AppError } from '../../../shared/kernel/errors.ts';
import { z } from 'zod';
import type { ParsedConnection, SourceReport } from '../sources/kit/index.ts';
import { sourceOf, SOURCES } from '../sources/registry.ts';
import { assertNewAccount, assertSameAccount } from './accounts.ts';
import { checkParsed, type TextValues } from './connections.ts';
import type { SyncDeps } from './deps.ts';
import { planNow } from './plan.ts';
import { storedSecrets, storeTried } from './secret-keepers.ts';

export interface ConnectionChange {
  readonly sourceId: number;
  readonly name?: string | undefined;
  /** Settings that change; the others stay. */
  readonly config?: TextValues | undefined;
  /** Secrets that change; those left out or empty stay as they are stored. */
  readonly secrets?: TextValues | undefined;
}

const ValuesSchema = z.record(z.string(), z.string());

/**
 * Checks the changed connection at the vendor before anything is stored; a new name alone needs no check. A
 * disconnected source is connected again, with all its data.
 * @returns the vendor's report; null where only the name changed.
 * @throws AppError `auth_failed` with the check's own sentence; `conflict` when the secret belongs to another account,
 *   or when another source of the vendor has the name; `invalid_input`, `not_found`.
 */
export async function editConnection(deps: SyncDeps, change: ConnectionChange): Promise<SourceReport | null> {
  const { db } = deps;
  const { sourceId } = change;
  const row = db.one(db.build.selectFrom('source').selectAll().where('source_id', '=', sourceId), 'source');
  const name = change.name ?? row.name;
  assertNameIsFree(deps, sourceId, row.vendor, name);
  const isRename = change.config === undefined && change.secrets === undefined && row.state !== 'disconnected';
  if (isRename) {
    db.run(db.build.updateTable('source').set({ name }).where('source_id', '=', sourceId));
    return null;
  }
  const source = sourceOf(row.vendor, deps.sources ?? SOURCES);
  const stored = storedSecrets(deps, sourceId);
  const given = filled(change.secrets ?? {});
  const parsed = source.parse(
    { ...ValuesSchema.parse(JSON.parse(row.config)), ...change.config },
    { ...stored.current(), ...given },
  );
  // A check may exchange secrets: those that are stored are exchanged where they are.
  const isSameSecret = Object.keys(given).length === 0;
  const report = await checkParsed(deps, parsed, new AbortController().signal, isSameSecret ? stored : undefined);
  if (!report.ok)
    throw new AppError('auth_failed', report.problem ?? `${source.title} cannot be read with these values`);
  assertSameAccount(row, report);
  assertNewAccount(db, row.vendor, sourceId, parsed, report);
  store(deps, sourceId, name, parsed, report, isSameSecret);
  return report;
}

function filled(values: TextValues): TextValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
}

function assertNameIsFree({ db }: SyncDeps, sourceId: number, vendor: string, name: string): void {
  const taken = db.first(
    db.build
      .selectFrom('source')
      .select('source_id')
      .where('vendor', '=', vendor)
      .where('name', '=', name)
      .where('source_id', '<>', sourceId),
  );
  if (taken) throw new AppError('conflict', `There is another source “${name}” of this vendor; choose another name`);
}

function store(
  deps: SyncDeps,
  sourceId: number,
  name: string,
  { config, secrets }: ParsedConnection,
  { accountId, accountName, liveMode }: SourceReport,
  isSameSecret: boolean,
): void {
  const { db, clock } = deps;
  db.transaction(() => {
    db.run(
      db.build
        .updateTable('source')
        .set((row) => ({
          name,
          config: JSON.stringify(config),
          account_id: accountId ?? row.ref('account_id'),
          account_name: accountName ?? row.ref('account_name'),
          live_mode: liveMode === null ? row.ref('live_mode') : Number(liveMode),
          state: 'ready',
          disconnected_at: null,
        }))
        .where('source_id', '=', sourceId),
    );
    if (!isSameSecret) storeTried(deps, sourceId, secrets);
    planNow(db, sourceId, clock.now());
  });
}
