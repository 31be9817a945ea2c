/** Writes the layer table into docs/architecture.md between its marks. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { LAYERS } from './layers.ts';

const START = '<!-- layers: written by npm run gen:layers -->';
const END = '<!-- /layers -->';
const file = new URL('../docs/architecture.md', import.meta.url);

const rows = LAYERS.map(
  ({ name, path, mayImport, why }) => `| ${name} | \`${path}\` | ${mayImport.join(', ') || 'nothing'} | ${why} |`,
);
const table = [START, '| layer | path | may import, besides itself | why |', '|---|---|---|---|', ...rows, END].join(
  '\n',
);

const text = readFileSync(file, 'utf8');
const start = text.indexOf(START);
const end = text.indexOf(END);
if (start < 0 || end < start) throw new Error(`docs/architecture.md lacks the marks ${START} and ${END}`);
const updated = text.slice(0, start) + table + text.slice(end + END.length);
if (updated !== text) {
  if (process.argv.includes('--check')) {
    console.error('The layer table of docs/architecture.md is stale: run `npm run gen:layers`.');
    process.exitCode = 1;
  } else writeFileSync(file, updated);
}
