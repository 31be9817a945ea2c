/** The European Central Bank's file of reference rates: CSV, newest day first, `N/A` where nothing was quoted. */
import { inflateRawSync } from 'node:zlib';
import { AppError } from '../../../../shared/kernel/errors.ts';

const LOCAL_HEADER = 0x04034b50;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The first file of a zip archive, or the bytes themselves where they are none.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3.7
 * @throws AppError `source_failed` for an archive that cannot be read.
 */
export function unzipped(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30 || view.getUint32(0, true) !== LOCAL_HEADER) return new TextDecoder().decode(bytes);
  const method = view.getUint16(8, true);
  const start = 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (method === 0) return new TextDecoder().decode(bytes.subarray(start, start + view.getUint32(18, true)));
  if (method !== 8)
    throw new AppError('source_failed', `The archive of rates is packed by an unknown method (${method})`);
  try {
    return inflateRawSync(bytes.subarray(start), { maxOutputLength: MOST_BYTES }).toString();
  } catch (cause) {
    throw new AppError('source_failed', 'The archive of rates is damaged; try again later', { cause });
  }
}

export interface DayRow {
  readonly date: string;
  /** Rates of one euro by currency; what was not quoted is left out. */
  readonly rates: ReadonlyMap<string, number>;
}

/**
 * The rows of the file, in its order.
 * @throws AppError `source_failed` where the first line does not name currencies.
 */
export function* historyRows(csv: string): Generator<DayRow> {
  const lines = csv.split(/\r?\n/);
  const header = lines[0]?.split(',').map((name) => name.trim()) ?? [];
  if (header[0] !== 'Date')
    throw new AppError('source_failed', 'The file of rates does not begin with a line of currencies');
  for (const line of lines.slice(1)) {
    const cells = line.split(',').map((cell) => cell.trim());
    const [date] = cells;
    if (!date) continue;
    const rates = new Map<string, number>();
    for (const [column, name] of header.entries()) {
      const cell = cells[column] ?? '';
      if (column > 0 && name !== '' && cell !== '' && cell !== 'N/A') rates.set(name, Number(cell));
    }
    yield { date, rates };
  }
}
