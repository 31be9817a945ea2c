import { describe, expect, it } from 'vitest';
import { seedRates, syncSource } from '../../../src/main/engine/sync/index.ts';
import { historyRows, unzipped } from '../../../src/main/engine/sources/ecb/history-file.ts';
import { DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { rowsIn, testCompany, type TestCompany } from '../../support/synced-company.ts';
import { deflateRawSync } from 'node:zlib';

function rates({ db }: TestCompany, provider: string): { quote: string; first: string; last: string }[] {
  return db
    .prepare<[string], { quote: string; first: string; last: string }>(
      `SELECT quote, min(rate_on) AS first, max(rate_on) AS last FROM exchange_rate WHERE provider = ? GROUP BY quote ORDER BY quote`,
    )
    .all(provider);
}

describe('exchange rates', () => {
  it('are fetched for the currencies of the facts, from ten days before the first of them', async () => {
    const company = await testCompany();
    await company.sync();
    const frankfurter = await company.connect('frankfurter', { apiBase: company.servers.frankfurter.apiBase });
    await syncSource(company.deps, frankfurter);
    const currencies = company.db
      .prepare<[], { currency: string }>(`SELECT DISTINCT currency FROM invoice WHERE currency <> 'EUR' ORDER BY 1`)
      .all()
      .map(({ currency }) => currency);
    expect(rates(company, 'frankfurter').map(({ quote }) => quote)).toEqual(expect.arrayContaining(currencies));
    const earliest = company.db
      .prepare<[], { day: string }>(`SELECT date(min(created_at) / 1000, 'unixepoch') AS day FROM invoice`)
      .first();
    for (const { first } of rates(company, 'frankfurter')) expect(first < (earliest?.day ?? '')).toBe(true);
  });

  it('are continued day by day', async () => {
    const company = await testCompany();
    await company.sync();
    const frankfurter = await company.connect('frankfurter', { apiBase: company.servers.frankfurter.apiBase });
    await syncSource(company.deps, frankfurter);
    company.servers.control.forgetRequests();
    company.servers.control.advance(6 * DAY_MS);
    const { streams } = await syncSource(company.deps, frankfurter);
    expect(streams[0]?.changed).toBeGreaterThan(0);
    const asked = company.servers.control
      .rateRequests()
      .map(({ url }) => url)
      .filter((url) => url.includes('/rates?'));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('from=2026-11-13');
  });

  it('of both providers agree', async () => {
    const company = await testCompany();
    await company.sync();
    for (const vendor of ['frankfurter', 'ecb'] as const)
      await syncSource(company.deps, await company.connect(vendor, { apiBase: company.servers[vendor].apiBase }));
    const differing = company.db
      .prepare(
        `SELECT a.quote FROM exchange_rate a JOIN exchange_rate b USING (base, quote, rate_on)
         WHERE a.provider = 'frankfurter' AND b.provider = 'ecb' AND abs(a.rate - b.rate) > 0.01 * b.rate`,
      )
      .all();
    expect(rowsIn(company.db, `exchange_rate WHERE provider = 'ecb'`)).toBeGreaterThan(0);
    expect(differing).toEqual([]);
  });

  it('are there without any provider, once', async () => {
    const company = await testCompany();
    await company.sync();
    expect(rates(company, 'seed').find(({ quote }) => quote === 'USD')).toEqual({
      quote: 'USD',
      first: '2010-01-04',
      last: '2026-04-13',
    });
    expect(seedRates(company.db)).toBe(0);
    const on = company.db
      .prepare(`SELECT rate FROM exchange_rate WHERE provider = 'seed' AND quote = 'USD' AND rate_on = '2026-04-13'`)
      .first();
    expect(on).toEqual({ rate: '1.1684' });
  });
});

describe('the central bank’s file', () => {
  const CSV = 'Date,USD,JPY,ISK,\n2026-04-13,1.1684,186.75,N/A,\n2026-04-10,1.1711,,143.29,\n';

  it('leaves out what was not quoted', () => {
    expect([...historyRows(CSV)].map(({ date, rates: quoted }) => [date, Object.fromEntries(quoted)])).toEqual([
      ['2026-04-13', { USD: 1.1684, JPY: 186.75 }],
      ['2026-04-10', { USD: 1.1711, ISK: 143.29 }],
    ]);
  });

  it('is read from its archive, packed or stored', () => {
    for (const method of [0, 8]) {
      const body = method === 8 ? deflateRawSync(CSV) : Buffer.from(CSV);
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt16LE(method, 8);
      header.writeUInt32LE(body.length, 18);
      header.writeUInt16LE(5, 26);
      expect(unzipped(Buffer.concat([header, Buffer.from('a.csv'), body]))).toBe(CSV);
    }
    expect(unzipped(Buffer.from(CSV))).toBe(CSV);
  });

  it('that is something else is refused', () => {
    expect(() => [...historyRows('<html>')]).toThrow(/does not begin with a line of currencies/);
  });
});
