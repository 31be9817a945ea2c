/** The bundle: texts of the program about itself in one zip, with a page that says what they are. */
import { strToU8, zipSync } from 'fflate';
import type { BundlePart } from '../../../shared/contract/diagnostics.ts';

const ABOUT: BundlePart = {
  name: 'about.txt',
  text: [
    'Diagnostics of Vario, for whoever is to help.',
    '',
    'versions.json  what the program consists of',
    'settings.json  how it is set; of texts and amounts only whether they are set',
    'database.json  the schema and the number of rows of each table, no contents',
    'streams.json   what was read from which kind of vendor, and how far',
    'jobs.json      the work of the last 30 days: kind, outcome, code of a failure, time taken',
    'errors.json    failures of the last 30 days by code',
    'log.json       the end of the log: fixed sentences, codes, names of calls',
    '',
    'It holds no name, address, amount, key, token or text of a customer or a vendor.',
    'Each value is picked one by one; what is not on the list is not in the bundle.',
    'Read the files before you send them.',
    '',
  ].join('\n'),
};

/** All parts as they are previewed and saved, the page about them first. */
export function bundleParts(parts: readonly BundlePart[]): BundlePart[] {
  return [ABOUT, ...parts];
}

/** The parts in one zip. */
export function bundleZip(parts: readonly BundlePart[]): Uint8Array {
  return zipSync(Object.fromEntries(parts.map(({ name, text }) => [name, strToU8(text)])));
}
