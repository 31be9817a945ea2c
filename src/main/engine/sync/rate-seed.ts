/** The exchange rates that Vario brings along: for days and currencies of which no source has been asked yet. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { currencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { plainDay } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { RATE_BASE } from '../sources/kit/index.ts';
import { historyRows } from '../sources/registry.ts';
import type { WriteDb } from '../store/handles.ts';
import { exchangeRateWriter } from '../store/tables/exchange-rate.ts';
import { currenciesHeld } from './facts-held.ts';

const SEED = join('resources', 'fx', 'ecb-daily.csv.br');

/**
 * Stores the brought rates of the currencies in use that have none yet. A
 * currency that the central bank does not quote stays without.
 * @returns how many rates were stored.
 */
export function seedRates(db: WriteDb): number {
  const seeded = new Set(
    db
      .prepare<[], { quote: string }>(`SELECT DISTINCT quote FROM exchange_rate WHERE provider = 'seed'`)
      .all()
      .map(({ quote }) => quote),
  );
  const wanted = currenciesHeld(db).filter((code) => code !== RATE_BASE && !seeded.has(code));
  return wanted.length === 0 ? 0 : store(db, wanted);
}

function store(db: WriteDb, quotes: readonly CurrencyCode[]): number {
  const write = exchangeRateWriter(db, 'seed');
  const csv = brotliDecompressSync(readFileSync(seedFile())).toString();
  return db.transaction(() => {
    let stored = 0;
    for (const { date, rates } of historyRows(csv))
      for (const quote of quotes) {
        const rate = rates.get(quote);
        if (rate === undefined) continue;
        write({ day: plainDay(date), base: RATE_BASE, quote: currencyCode(quote), rate: String(rate) });
        stored += 1;
      }
    return stored;
  });
}

/** Beside the program, however deep the bundler has put this module. */
function seedFile(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, SEED);
    if (existsSync(file)) return file;
    if (folder === dirname(folder))
      throw new AppError('internal', `The program is incomplete: ${SEED} is missing; install it again`);
  }
}
