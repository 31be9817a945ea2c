/** Writes exchange rates; a rate that is stored already is left alone. */
import type { ExchangeRate } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';

/** @returns a function that says whether the rate was new or different. */
export function exchangeRateWriter(db: WriteDb, provider: string): (rate: ExchangeRate) => boolean {
  const put = db.prepareWrite<[string, string, string, string, string]>(
    `INSERT INTO exchange_rate (provider, base, quote, rate_on, rate) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (provider, base, quote, rate_on) DO UPDATE SET rate = excluded.rate WHERE rate <> excluded.rate`,
  );
  return ({ base, quote, day, rate }) => put.run(provider, base, quote, day, rate).changes > 0;
}
