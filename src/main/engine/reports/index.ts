/**
 * Reports for people outside the program.
 * Answers: what the board should read about a month, in sentences, tables and
 * series, with its sources and caveats; which reports were printed.
 * Never: computes a metric of its own, prints, or leaves out what is unknown.
 */
export { listReportFiles, recordReportFile, type ReportFile } from './archive.ts';
export { boardPack } from './pack.ts';
export { packToFreeze } from './frozen-pack.ts';
