/** Connecting, checking and disconnecting sources. Secrets go into the encrypted database and come out into a session only. */
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { SourceReport, ParsedConnection, SecretKeeper, Source } from '../sources/kit/index.ts';
import { sourceOf, SOURCES } from '../sources/registry.ts';
import { noteFactsChanged } from '../store/fact-version.ts';
import type { SyncDeps } from './deps.ts';
import { assertNewAccount, assertSameAccount } from './accounts.ts';
import { settleCounting } from './counting.ts';
import { normalisersSetting } from './normalisers.ts';
import { wordsSetting } from './record-dictionary.ts';
import { isSyncing } from './run-book.ts';
import { eraseUnknown } from './unknown-customers.ts';
import { storedSecrets, storeTried, triedSecrets } from './secret-keepers.ts';

export type TextValues = Readonly<Record<string, string>>;

export interface Connection {
  readonly sourceId: number;
  readonly vendor: string;
  readonly name: string;
  readonly source: Source;
  readonly parsed: ParsedConnection;
}

/** Tries a secret and its scopes without storing anything. @throws AppError for values that do not parse, or when the vendor cannot be reached. */
export async function checkCredentials(
  deps: SyncDeps,
  vendor: string,
  config: TextValues,
  secrets: TextValues,
  signal: AbortSignal = new AbortController().signal,
): Promise<SourceReport> {
  const parsed = sourceOf(vendor, deps.sources ?? SOURCES).parse(config, secrets);
  return await checkParsed(deps, parsed, signal);
}

/** Asks the vendor whether a connection can be read. */
export async function checkParsed(
  deps: SyncDeps,
  parsed: ParsedConnection,
  signal: AbortSignal,
  secrets: SecretKeeper = triedSecrets(deps, parsed.secrets),
): Promise<SourceReport> {
  const { http, clock, random } = deps;
  return await parsed.open({ http, clock, random, signal, attempts: 3, secrets }, () => undefined).check();
}

/** Checks a stored source again, and notes whose account it is. */
export async function checkSource(deps: SyncDeps, sourceId: number, signal?: AbortSignal): Promise<SourceReport> {
  const { parsed } = loadConnection(deps, sourceId);
  return await checkParsed(deps, parsed, signal ?? new AbortController().signal, storedSecrets(deps, sourceId));
}

/**
 * Adds a source, or changes the one of this vendor and name. The secret is
 * checked first: what is stored could be read at least once.
 * @throws AppError `auth_failed` with the check's own sentence, `conflict` when the new secret belongs to another account.
 */
export async function connectSource(
  deps: SyncDeps,
  request: {
    readonly vendor: string;
    readonly name?: string;
    readonly config: TextValues;
    readonly secrets: TextValues;
  },
): Promise<{ readonly sourceId: number; readonly report: SourceReport }> {
  const source = sourceOf(request.vendor, deps.sources ?? SOURCES);
  const parsed = source.parse(request.config, request.secrets);
  const report = await checkParsed(deps, parsed, new AbortController().signal);
  if (!report.ok)
    throw new AppError('auth_failed', report.problem ?? `${source.title} cannot be read with these values`);
  const sourceId = store(deps, source, request.name ?? source.title, parsed, report);
  return { sourceId, report };
}

function store(deps: SyncDeps, source: Source, name: string, parsed: ParsedConnection, report: SourceReport): number {
  const { db, clock } = deps;
  return db.transaction(() => {
    const known = db.first(
      db.build.selectFrom('source').selectAll().where('vendor', '=', source.id).where('name', '=', name),
    );
    if (known) assertSameAccount(known, report);
    assertNewAccount(db, source.id, known?.source_id ?? null, parsed, report);
    const values = {
      config: JSON.stringify(parsed.config),
      account_id: report.accountId ?? known?.account_id ?? null,
      account_name: report.accountName ?? known?.account_name ?? null,
      live_mode: report.liveMode === null ? (known?.live_mode ?? null) : Number(report.liveMode),
      state: 'ready',
      disconnected_at: null,
    };
    let sourceId = known?.source_id;
    if (sourceId === undefined)
      sourceId = db.run(
        db.build.insertInto('source').values({ vendor: source.id, name, connected_at: clock.now(), ...values }),
      ).lastId;
    else db.run(db.build.updateTable('source').set(values).where('source_id', '=', sourceId));
    // The check may have exchanged them already.
    storeTried(deps, sourceId, parsed.secrets);
    settleCounting(db, deps.sources ?? SOURCES, clock.now());
    return sourceId;
  });
}

const ValuesSchema = z.record(z.string(), z.string());

/** A stored source, ready to be opened. @throws AppError `not_found`, `conflict` when it is disconnected. */
export function loadConnection(deps: SyncDeps, sourceId: number): Connection {
  const { db } = deps;
  const row = db.one(db.build.selectFrom('source').selectAll().where('source_id', '=', sourceId), 'source');
  if (row.state === 'disconnected')
    throw new AppError('conflict', `“${row.name}” is disconnected; connect it again before syncing`);
  const source = sourceOf(row.vendor, deps.sources ?? SOURCES);
  const secrets = db.all(db.build.selectFrom('secret').selectAll().where('source_id', '=', sourceId));
  const parsed = source.parse(
    ValuesSchema.parse(JSON.parse(row.config)),
    Object.fromEntries(secrets.map(({ name, value }) => [name, value])),
  );
  return { sourceId, vendor: row.vendor, name: row.name, source, parsed };
}

/**
 * Forgets the secret; with `deleteData`, everything that was read from the
 * source goes as well. @throws AppError `not_found`, `conflict` while it is being synced.
 */
export function disconnectSource(deps: SyncDeps, sourceId: number, options: { readonly deleteData: boolean }): void {
  const { db, clock } = deps;
  if (isSyncing(deps, sourceId))
    throw new AppError('conflict', 'This source is being synced; cancel the sync before disconnecting it');
  db.transaction(() => {
    db.one(db.build.selectFrom('source').select('source_id').where('source_id', '=', sourceId), 'source');
    db.run(db.build.deleteFrom('secret').where('source_id', '=', sourceId));
    if (options.deleteData) deleteSource(deps, sourceId);
    else
      db.run(
        db.build
          .updateTable('source')
          .set({ state: 'disconnected', disconnected_at: clock.now() })
          .where('source_id', '=', sourceId),
      );
  });
}

/** Rows of a source go with it. Its customers are marked, so that the ledger empties what it made of them. */
function deleteSource({ db, clock, sources }: SyncDeps, sourceId: number): void {
  // With those whose records went over to another customer: nothing but their names is left, and the source told them.
  const customers = db
    .prepare<[number, number], { customer_id: number }>(
      `SELECT customer_id FROM billing_customer WHERE source_id = ?
       UNION SELECT from_customer_id FROM identity_decision WHERE source_id = ? AND action IN ('merge', 'split')`,
    )
    .all(sourceId, sourceId);
  for (const { customer_id } of customers)
    db.run(
      db.build
        .insertInto('dirty_customer')
        .values({ customer_id })
        .onConflict((on) => on.doNothing()),
    );
  db.run(db.build.deleteFrom('setting').where('name', '=', normalisersSetting(sourceId)));
  db.run(db.build.deleteFrom('setting').where('name', 'like', `${wordsSetting(sourceId)}%`));
  db.run(db.build.deleteFrom('source').where('source_id', '=', sourceId));
  eraseUnknown(db, customers, clock.now());
  noteFactsChanged(db);
  settleCounting(db, sources ?? SOURCES, clock.now());
}
