/** Whose account is behind a secret: one account is one source, and a source never changes its account. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { ParsedConnection, SourceReport } from '../sources/kit/index.ts';
import type { ReadDb } from '../store/handles.ts';

interface Known {
  readonly source_id: number;
  readonly name: string;
  readonly account_id: string | null;
  readonly live_mode: number | null;
  readonly state: string;
}

/**
 * A source that holds one account takes no secret of another one, nor of the same account's other mode.
 * @throws AppError `conflict`.
 */
export function assertSameAccount(known: Omit<Known, 'source_id' | 'state'>, report: SourceReport): void {
  const { name, account_id: account } = known;
  if (account !== null && report.accountId !== null && account !== report.accountId)
    throw new AppError(
      'conflict',
      `“${name}” holds the data of account ${account}, and this secret belongs to ${report.accountId}; connect it under another name`,
    );
  const mode = modeOf(known.live_mode);
  if (mode !== null && report.liveMode !== null && mode !== report.liveMode)
    throw new AppError(
      'conflict',
      `“${name}” holds the ${word(mode)} data of its account, and this secret is for ${word(report.liveMode)} data; connect it under another name`,
    );
}

/**
 * One account is read once: read twice it would count twice. It is known by its id and mode; where the secret may not
 * see its own account, by the secret itself, or by objects that another source of the vendor holds already.
 * @throws AppError `conflict` naming the source that holds it.
 */
export function assertNewAccount(
  db: ReadDb,
  vendor: string,
  sourceId: number | null,
  { secrets }: Pick<ParsedConnection, 'secrets'>,
  report: SourceReport,
): void {
  const others = db
    .prepare<[string, number], Known>(
      'SELECT source_id, name, account_id, live_mode, state FROM source WHERE vendor = ? AND source_id <> ?',
    )
    .all(vendor, sourceId ?? 0);
  const twin = others.find(
    (other) => isSame(other, report) || holdsSecret(db, other.source_id, secrets) || holdsSample(db, other, report),
  );
  if (!twin) return;
  const account = report.accountName ?? report.accountId ?? 'This account';
  const mode = report.liveMode === null ? '' : ` (${word(report.liveMode)} mode)`;
  throw new AppError(
    'conflict',
    twin.state === 'disconnected'
      ? `${account}${mode} was connected as “${twin.name}” and its data is still here; connect it again under that name`
      : `${account}${mode} is connected already, as “${twin.name}”; read twice it would count twice. To change its key, edit that source`,
  );
}

function isSame(other: Known, { accountId, liveMode }: SourceReport): boolean {
  if (accountId === null || other.account_id !== accountId) return false;
  const mode = modeOf(other.live_mode);
  return mode === null || liveMode === null || mode === liveMode;
}

function holdsSecret(db: ReadDb, sourceId: number, secrets: Readonly<Record<string, string>>): boolean {
  const held = db.prepare<[number], { name: string; value: string }>(
    'SELECT name, value FROM secret WHERE source_id = ?',
  );
  const rows = held.all(sourceId);
  return rows.length > 0 && rows.every(({ name, value }) => secrets[name] === value);
}

/** Ids of a vendor's objects are unique, so that a single one in common is the same account. */
function holdsSample(db: ReadDb, { source_id, account_id }: Known, { accountId, samples = [] }: SourceReport): boolean {
  // Two accounts that are known and differ are two, whatever they share.
  if (account_id !== null && accountId !== null) return false;
  const held = db.prepare<[number, string, string], { one: number }>(
    'SELECT 1 AS one FROM raw_object WHERE source_id = ? AND type = ? AND object_id = ?',
  );
  return samples.some(({ type, id }) => held.first(source_id, type, id) !== undefined);
}

function modeOf(stored: number | null): boolean | null {
  return stored === null ? null : stored === 1;
}

function word(live: boolean): string {
  return live ? 'live' : 'test';
}
