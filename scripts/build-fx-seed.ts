/**
 * Makes resources/fx/ecb-daily.csv.br, the exchange rates that Vario knows
 * offline, from the European Central Bank's history file:
 * `node scripts/build-fx-seed.ts path/to/eurofxref-hist.csv`.
 * Kept are the days since 2010 and the currencies that are still quoted.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { historyRows } from '../src/main/engine/sources/ecb/history-file.ts';

const FIRST_DAY = '2010-01-01';
const target = new URL('../resources/fx/ecb-daily.csv.br', import.meta.url);

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: node scripts/build-fx-seed.ts path/to/eurofxref-hist.csv');
  process.exit(2);
}
const rows = [...historyRows(readFileSync(file, 'utf8'))].filter(({ date }) => date >= FIRST_DAY);
const quotes = [...(rows[0]?.rates.keys() ?? [])];
const csv = [
  ['Date', ...quotes].join(','),
  ...rows.map(({ date, rates }) => [date, ...quotes.map((quote) => rates.get(quote) ?? 'N/A')].join(',')),
].join('\n');
const packed = brotliCompressSync(csv, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
});
writeFileSync(target, packed);
console.log(
  `${rows.length} days of ${quotes.length} currencies, ${packed.length} bytes, ${rows.at(-1)?.date} to ${rows[0]?.date}`,
);
