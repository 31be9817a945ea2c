/**
 * Tables from files.
 * Answers: what is in a file, which column says what, what would an import change, what did it, and how is it taken back?
 * Rows that fit are kept as they are; facts follow from them and go with them. Several files make one object together.
 * Never: guesses what a file leaves open, drops a row in silence, or writes anything of a file that was only tried.
 */
export { importCostFile, takeCostsBack } from './importing/cost-file.ts';
export { eraseRows } from './importing/erase-rows.ts';
export { FILE_VENDOR } from './importing/file-source.ts';
export { listImports, listRecords, rejectedRows } from './importing/history.ts';
export { dryRun, importFile, unfinishedImport, type ImportDeps } from './importing/import-run.ts';
export { leftOutRows } from './importing/set-aside.ts';
export { forgetMapping, listMappings, recallMapping } from './importing/saved-mappings.ts';
export { takeBack } from './importing/take-back.ts';
export { readThrough, type OpenFileThread } from './importing/thread.ts';
export {
  appendPiece,
  beginInPlace,
  beginUpload,
  discardUpload,
  dropForgotten,
  listUploads,
  markReading,
  showUpload,
  storeProblem,
  storeReading,
  uploadOf,
} from './importing/uploads.ts';
export { listKinds } from './kinds/registry.ts';
export { preview } from './mapping/preview.ts';
export { SPOOL_KEY_BYTES, spoolFolder } from './reading/place.ts';
export { fileReading, type FileReadingCalls } from './thread/index.ts';
