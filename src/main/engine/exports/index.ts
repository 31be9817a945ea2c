/**
 * The founder's data, taken along.
 * Answers: every table that is not a secret, as CSV files in a zip or as one
 * workbook, in a form that other programs read.
 * Never: writes a key or a secret, changes anything, decides where files go.
 */
export { cellOf, exportTables, headerOf } from './tables.ts';
export { writeCsvZip } from './csv-zip.ts';
export { writeWorkbook } from './workbook.ts';
