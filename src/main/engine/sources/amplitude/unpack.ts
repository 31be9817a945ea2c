/** Unpacks a zip of gzipped texts while it streams by. A file of its own, because it is loaded only when something is read. */
import { Gunzip, Unzip, UnzipInflate } from 'fflate';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { LineSplitter } from '../usage/index.ts';

export interface Unpacker {
  /** @throws AppError `source_failed` for what is no such archive. */
  write(chunk: Uint8Array): void;
  /** @throws AppError `unavailable` where a file did not come to its end, or where there was none: an export of nothing is a 404. */
  end(): void;
}

/** @param open is asked for a reader of each file in the archive. */
export function unpacker(open: () => LineSplitter | undefined): Unpacker {
  let begun = 0;
  let ended = 0;
  const zip = new Unzip((file) => {
    if (!file.name.endsWith('.gz')) return;
    const lines = open();
    begun += 1;
    const gzip = new Gunzip((chunk, isLast) => {
      lines?.write(chunk);
      if (!isLast) return;
      lines?.end();
      ended += 1;
    });
    file.ondata = (error, chunk, isLast) => {
      if (error)
        throw new AppError('source_failed', 'Amplitude’s export holds a file that cannot be unpacked', {
          cause: error,
        });
      gzip.push(chunk, isLast);
    };
    file.start();
  });
  zip.register(UnzipInflate);
  return {
    write: (chunk) => guarded(() => zip.push(chunk)),
    end() {
      guarded(() => zip.push(new Uint8Array(0), true));
      if (begun === 0)
        throw new AppError(
          'unavailable',
          'What came in place of Amplitude’s export is no archive of events; sync again',
        );
      if (ended < begun)
        throw new AppError('unavailable', 'Amplitude’s export was cut off in the middle of a file; sync again');
    },
  };
}

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('source_failed', 'Amplitude’s export cannot be unpacked; sync again', { cause: error });
  }
}
