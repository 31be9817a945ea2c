/** The read-only calls on files. */
import {
  listImports,
  listKinds,
  listMappings,
  listRecords,
  listUploads,
  preview,
  rejectedRows,
  showUpload,
} from '../files/index.ts';
import type { QueryTable } from './call-types.ts';
import { readWorkspace } from './workspace-settings.ts';

type FileQueries = Pick<QueryTable, Extract<keyof QueryTable, `files.${string}`>>;

export const fileQueries: FileQueries = {
  'files.kinds': () => listKinds(),
  'files.upload': (db, { uploadId }) => showUpload(db, uploadId),
  'files.uploads': (db) => listUploads(db),
  'files.preview': (db, input) => preview(db, input, readWorkspace(db).timeZone),
  'files.imports': (db, input) => listImports(db, input),
  'files.rejected': (db, input) => rejectedRows(db, input),
  'files.mappings': (db) => listMappings(db),
  'files.records': (db, input) => listRecords(db, input),
};
