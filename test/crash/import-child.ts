/** Imports an upload, or takes an import back, until it is done or killed. Run by import-kill.test.ts. */
import {
  fileReading,
  importFile,
  takeBack,
  unfinishedImport,
  type FileReadingCalls,
  type ImportDeps,
} from '../../src/main/engine/files/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import type { FileMapping } from '../../src/shared/contract/files.ts';
import { UTC } from '../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';

const [file = '', folder = '', act = 'import', id = '0', mapping = '{}'] = process.argv.slice(2);
const { db, close } = openWriter(file, new Uint8Array(32).fill(7));
const deps: ImportDeps = {
  db,
  folder,
  clock: { now: () => instantOfIso('2026-11-21T12:00:00Z'), sleep: () => Promise.resolve() },
  openThread: () =>
    Promise.resolve({
      run: async (name, input) => {
        const call: (db: WriteDb, input: never) => unknown = fileReading[name as keyof FileReadingCalls];
        return structuredClone(await call(db, structuredClone(input) as never)) as never;
      },
      close: () => Promise.resolve(),
    }),
  zone: UTC,
  signal: new AbortController().signal,
  onProgress: () => undefined,
};
process.stdout.write('ready\n');
if (act === 'import') {
  // Whoever was killed while leaving goes on leaving: that is the engine's way, and none is asked to leave here.
  if (unfinishedImport(db, Number(id))?.isLeaving === true) throw new Error('The import is being taken back');
  // Killed after the last of its work: the file is let go of then.
  const isWaiting = db.first(
    db.build.selectFrom('file_upload').select('upload_id').where('upload_id', '=', Number(id)),
  );
  if (isWaiting) await importFile(deps, Number(id), JSON.parse(mapping) as FileMapping);
} else await takeBack(deps, Number(id));
close();
