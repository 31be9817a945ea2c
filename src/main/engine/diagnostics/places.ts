/** Where the program's files lie on this computer, and how much room they take. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataPlace } from '../../../shared/contract/data.ts';

export interface PlacePaths {
  readonly database: string;
  readonly keyring: string;
  readonly backups: readonly string[];
  readonly documents: string;
  readonly logs: string;
  readonly uploads: string;
}

/** What there is at each place; one that does not exist yet is not told. The database counts with its log. */
export function placesOf(paths: PlacePaths): DataPlace[] {
  const { database } = paths;
  const places: [DataPlace['what'], string, readonly string[]][] = [
    ['database', database, [database, `${database}-wal`, `${database}-shm`]],
    ['keyring', paths.keyring, [paths.keyring]],
    ...paths.backups.map((dir): [DataPlace['what'], string, readonly string[]] => ['backups', dir, [dir]]),
    ['documents', paths.documents, [paths.documents]],
    ['uploads', paths.uploads, [paths.uploads]],
    ['logs', paths.logs, [paths.logs]],
  ];
  return places.flatMap(([what, path, parts]) => {
    const measured = parts.map(measure);
    const files = measured.reduce((sum, part) => sum + part.files, 0);
    return files === 0 ? [] : [{ what, path, files, bytes: measured.reduce((sum, part) => sum + part.bytes, 0) }];
  });
}

/** Bytes and files at a path, through folders; links are not followed. Nothing there is nothing. */
function measure(path: string): { bytes: number; files: number } {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { bytes: 0, files: 0 };
  if (!stats.isDirectory()) return { bytes: stats.size, files: 1 };
  return readdirSync(path)
    .map((name) => measure(join(path, name)))
    .reduce((sum, part) => ({ bytes: sum.bytes + part.bytes, files: sum.files + part.files }), { bytes: 0, files: 0 });
}
