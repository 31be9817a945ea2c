import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startDemoServers, type DemoServers } from '../../src/main/demo/index.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';

const rateList = z.array(z.object({ date: z.string(), base: z.string(), quote: z.string(), rate: z.number() }));
let servers: DemoServers;
beforeAll(async () => {
  servers = await startDemoServers({ now: instantOfIso('2026-11-21T12:00:00Z') });
});
afterAll(() => servers.close());

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(servers.frankfurter.apiBase + path);
  return { status: response.status, body: await response.json() };
}
const rates = async (query: string) => rateList.parse((await get(`/v2/rates?${query}`)).body);

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(JSON.parse(readFileSync(new URL('./schemas/frankfurter.json', import.meta.url), 'utf8')), 'frankfurter');
const fits = (component: string, value: unknown): boolean =>
  ajv.validate({ $ref: `frankfurter#/components/schemas/${component}` }, value) as boolean;

describe('exchange rates as Frankfurter serves them', () => {
  it('have its shape', async () => {
    const list = await rates('from=2026-10-01&base=USD');
    expect(list.length).toBeGreaterThan(100);
    expect(list.every((rate) => fits('Rate', rate))).toBe(true);
    expect(fits('Rate', (await get('/v2/rate/USD/EUR')).body)).toBe(true);
    expect(
      z
        .array(z.unknown())
        .parse((await get('/v2/currencies')).body)
        .every((currency) => fits('Currency', currency)),
    ).toBe(true);
    expect(
      z
        .array(z.unknown())
        .parse((await get('/v2/providers')).body)
        .every((provider) => fits('Provider', provider)),
    ).toBe(true);
    expect(fits('CurrencyDetail', (await get('/v2/currency/jpy')).body)).toBe(true);
  });
  it('come on working days only; the latest are Friday’s on a Saturday', async () => {
    const days = [...new Set((await rates('from=2026-11-13&to=2026-11-21')).map(({ date }) => date))];
    expect(days).toEqual(['2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20']);
    expect((await rates(''))[0]!.date).toBe('2026-11-20');
    expect((await rates('date=2026-11-15'))[0]!.date).toBe('2026-11-13');
  });
  it('contain the base itself, and keep to the quotes asked for', async () => {
    expect(await rates('date=2026-11-20&base=EUR&quotes=EUR')).toEqual([
      { date: '2026-11-20', base: 'EUR', quote: 'EUR', rate: 1 },
    ]);
  });
  it('agree over whichever base one goes, to fourteen digits', async () => {
    const [fromEuro, fromDollar] = [await rates('date=2026-11-20&base=EUR'), await rates('date=2026-11-20&base=USD')];
    const rate = (list: typeof fromEuro, quote: string) => list.find((entry) => entry.quote === quote)!.rate;
    expect(rate(fromEuro, 'GBP') / rate(fromEuro, 'USD') / rate(fromDollar, 'GBP')).toBeCloseTo(1, 13);
  });
  it('can be thinned out by month', async () => {
    const days = [...new Set((await rates('from=2026-08-01&to=2026-10-31&group=month')).map(({ date }) => date))];
    expect(days).toEqual(['2026-08-31', '2026-09-30', '2026-10-30']);
  });
  it.each([
    ['/v2/rates?base=XXX', 422],
    ['/v2/rates?date=2026-13-01', 422],
    ['/v2/rates?date=2026-11-01&from=2026-10-01', 422],
    ['/v2/rates?colour=red', 422],
    ['/v2/rate/USD/XXX', 404],
    ['/v2/rates?date=2001-01-01', 404],
    ['/v2/nothing', 404],
  ])('refuse %s by %i', async (path, status) => expect((await get(path)).status).toBe(status));
  it('are the same on every day they are asked for', async () => {
    const later = await startDemoServers({ now: instantOfIso('2026-12-24T12:00:00Z') });
    const response = await fetch(`${later.frankfurter.apiBase}/v2/rates?date=2026-11-20`);
    expect(await response.json()).toEqual(await rates('date=2026-11-20'));
    await later.close();
  });
});

describe('the central bank’s history file', () => {
  it('has the same rates, newest first, in its own format', async () => {
    const text = await (await fetch(`${servers.ecb.apiBase}/stats/eurofxref/eurofxref-hist.csv`)).text();
    const [head, newest] = text.split('\n');
    expect(head).toBe('Date,USD,GBP,JPY,');
    const [day, ...cells] = newest!.split(',');
    expect(day).toBe('2026-11-20');
    expect(cells.at(-1)).toBe('');
    expect((await rates('date=2026-11-20')).filter(({ quote }) => quote !== 'EUR').map(({ rate }) => rate)).toEqual(
      cells.slice(0, 3).map(Number),
    );
  });
});

it('can be made to fail', async () => {
  servers.control.ratesFaults.add({ route: '*', fault: { kind: 'server_error' }, times: 1 });
  expect((await get('/v2/rates')).status).toBe(503);
  expect((await get('/v2/rates')).status).toBe(200);
});
