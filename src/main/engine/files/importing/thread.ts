/** The engine's side of the thread that reads a file. */
import type { FileMapping, ReadSettings } from '../../../../shared/contract/files.ts';
import type { FilePlace } from '../reading/place.ts';
import type { FileReading, FileReadingCalls, MappedBatch } from '../thread/index.ts';
import type { ReaderPool } from '../../store/index.ts';

export type OpenFileThread = () => Promise<Pick<ReaderPool<FileReadingCalls>, 'run' | 'close'>>;

export interface ReadProgress {
  readonly rows: number;
  readonly read: number;
  readonly size: number;
}

/**
 * Reads a file through and says what is in it.
 * @throws AppError `not_found`, `invalid_input` where it is no table, `cancelled`.
 */
export async function readThrough(
  openThread: OpenFileThread,
  place: FilePlace,
  settings: ReadSettings,
  onProgress: (progress: ReadProgress) => void,
  signal: AbortSignal,
): Promise<FileReading> {
  const thread = await openThread();
  try {
    const { session, size } = await thread.run('files.open', { place, settings });
    for (;;) {
      signal.throwIfAborted();
      const step = await thread.run('files.profile', { session });
      onProgress({ rows: step.rows, read: step.read, size });
      if (step.reading) return step.reading;
    }
  } finally {
    await thread.close();
  }
}

export interface BatchRequest {
  readonly place: FilePlace;
  readonly settings: ReadSettings;
  readonly reading: FileReading;
  readonly mapping: FileMapping;
  readonly zone: string;
  /** Rows at the beginning that have been dealt with. */
  readonly skip: number;
}

/** A batch is a transaction: larger ones write fewer pages twice, smaller ones let other calls in between. */
const BATCH_ROWS = 10_000;

/** The rows of a file in batches; the next one is prepared while the caller deals with the last. */
export async function* batchesOf(
  openThread: OpenFileThread,
  request: BatchRequest,
): AsyncGenerator<MappedBatch & { readonly size: number }> {
  const { place, settings, reading, mapping, zone, skip } = request;
  const thread = await openThread();
  try {
    // What was found when it was read through holds, whatever a second look at the sample would say.
    const { delimiter, encoding, headerLine, sheet } = reading.detection;
    const { session, size } = await thread.run('files.open', {
      place,
      settings: {
        ...settings,
        ...(delimiter !== '' && { delimiter, encoding }),
        headerLine,
        ...(sheet !== null && { sheet }),
      },
    });
    const ask = () =>
      thread.run('files.rows', { session, mapping, columns: reading.columns, zone, skip, most: BATCH_ROWS });
    let next = ask();
    for (;;) {
      const batch = await next;
      if (!batch.done) {
        next = ask();
        // Whoever stops early never asks how the last batch went.
        next.catch(() => undefined);
      }
      yield { ...batch, size };
      if (batch.done) return;
    }
  } finally {
    await thread.close();
  }
}
