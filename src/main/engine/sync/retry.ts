/** Another try for records that were set aside: asked for at the vendor by name, else read again as they are kept. */
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { SourceRecord, Stream, StreamRun } from '../sources/kit/index.ts';
import { erasedOf } from '../store/tables/erasures.ts';
import { factWriter } from '../store/tables/fact-writer.ts';
import { loadConnection } from './connections.ts';
import type { SyncDeps } from './deps.ts';
import { currenciesHeld, firstDayHeld } from './facts-held.ts';
import { meteredCustomers } from './metered-customers.ts';
import { ownersOf, recordWriter } from './page-writer.ts';
import { quarantine, unpackQuarantined } from './quarantine.ts';
import { rawStore } from './raw-store.ts';
import { alone } from './run-book.ts';
import { storedSecrets } from './secret-keepers.ts';

export interface RetryChoice {
  readonly sourceId: number;
  /** One record, … */
  readonly quarantineId?: number | undefined;
  /** … or all that were set aside for this reason; neither: all of the source. */
  readonly reason?: string | undefined;
}

export interface Retried {
  /** Records that were tried. */
  readonly tried: number;
  /** Those of them that fit now. */
  readonly released: number;
  /** Why the vendor could not be asked, where it could not; the kept records were read all the same. */
  readonly offline: string | null;
}

interface Row {
  readonly quarantine_id: number;
  readonly stream: string;
  readonly object_id: string;
  readonly record: Uint8Array;
}

/**
 * A record may have been put right at the vendor, or by a newer Vario: it is asked for by its id where its kind can
 * be, and what did not come is read from the kept copy. What fits leaves by the same door as in a sync.
 * @throws AppError `not_found`, `conflict` while the source is being synced, `cancelled`.
 */
export async function retryQuarantined(deps: SyncDeps, choice: RetryChoice, signal: AbortSignal): Promise<Retried> {
  const { db, clock } = deps;
  const { sourceId } = choice;
  return await alone(deps, sourceId, async () => {
    const { vendor, parsed } = loadConnection(deps, sourceId);
    const { streams } = parsed.open({ ...deps, signal, secrets: storedSecrets(deps, sourceId) }, () => undefined);
    const raw = rawStore(db, sourceId);
    const writer = recordWriter(
      streams,
      raw,
      quarantine(db, sourceId),
      factWriter(db, sourceId, vendor),
      erasedOf(db, sourceId),
    );
    const owners = ownersOf(streams);
    const run: StreamRun = {
      cursor: null,
      now: clock.now(),
      stored: (type, id) => {
        const owner = owners.get(type);
        return owner ? raw.get(owner.type, id) : null;
      },
      isRefused: () => false,
      currencies: () => currenciesHeld(db),
      firstDay: () => firstDayHeld(db),
      meteredCustomers: () => meteredCustomers(db, sourceId, clock.now()),
    };
    const rows = rowsOf(deps, choice);
    const write = (records: readonly SourceRecord[]): void =>
      db.transaction(() => {
        for (const record of records) writer.write(record, clock.now());
      });

    let offline: string | null = null;
    try {
      await askVendor(streams, rows, run, write);
    } catch (error) {
      if (signal.aborted || !isAppError(error)) throw error;
      offline = error.message;
    }
    const kept = rowsOf(deps, choice).filter(({ quarantine_id }) =>
      rows.some((row) => row.quarantine_id === quarantine_id),
    );
    write(
      kept.flatMap(({ record }): SourceRecord[] => {
        const held = unpackQuarantined(record);
        return held && owners.has(held.type) ? [{ kind: 'object', type: held.type, value: held.record }] : [];
      }),
    );
    const left = new Set(rowsOf(deps, choice).map(({ quarantine_id }) => quarantine_id));
    const released = rows.filter(({ quarantine_id }) => !left.has(quarantine_id)).length;
    return { tried: rows.length, released, offline };
  });
}

/** Ids that were made up here, because the record has none, mean nothing to the vendor. */
const OWN_ID = 'sha256:';

async function askVendor(
  streams: readonly Stream[],
  rows: readonly Row[],
  run: StreamRun,
  write: (records: readonly SourceRecord[]) => void,
): Promise<void> {
  for (const stream of streams) {
    const ids = rows.flatMap((row) =>
      row.stream === stream.id && !row.object_id.startsWith(OWN_ID) ? [row.object_id] : [],
    );
    if (!stream.reread || ids.length === 0) continue;
    for await (const records of stream.reread(ids, run)) write(records);
  }
}

function rowsOf({ db }: SyncDeps, { sourceId, quarantineId, reason }: RetryChoice): Row[] {
  const query = db.build
    .selectFrom('quarantine')
    .select(['quarantine_id', 'stream', 'object_id', 'record'])
    .where('source_id', '=', sourceId)
    .$if(quarantineId !== undefined, (rows) => rows.where('quarantine_id', '=', quarantineId ?? 0))
    .$if(reason !== undefined, (rows) => rows.where('reason', '=', reason ?? ''))
    .orderBy('quarantine_id');
  return db.all(query);
}
