/** Every request that the Stripe source sends is one that Stripe's published routes allow. */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/shared/kernel/instant.ts';
import { testCompany } from '../support/synced-company.ts';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import type { HttpRequest } from '../../src/main/engine/runtime/ports.ts';
import { queryParameters } from './stripe-schema.ts';

/** All requests of a check, a first sync, a full one, and one after things have happened. */
async function requestsOfAll(): Promise<HttpRequest[]> {
  const requests: HttpRequest[] = [];
  const company = await testCompany({
    http: async (request) => {
      requests.push(request);
      return await systemHttp(request);
    },
  });
  await company.sync();
  await company.sync({ full: true });
  const { control } = company.servers;
  const subscriptions = company.db
    .prepare<[], { id: string; customer: string }>(
      `SELECT id, billing_customer_id AS customer FROM subscription WHERE status = 'active' ORDER BY id LIMIT 4`,
    )
    .all();
  const [a, b, c, d] = subscriptions;
  control.cancelSubscription(a?.id ?? '', { immediately: true });
  control.failPayment(b?.id ?? '');
  control.upgrade(c?.id ?? '', { quantity: 9 });
  control.deleteCustomer(d?.customer ?? '');
  control.advance(2 * DAY_MS);
  await company.sync();
  control.advance(40 * DAY_MS);
  await company.sync();
  return requests;
}

let asked: Promise<HttpRequest[]> | null = null;
/** Asked once, by the first test. */
const allRequests = async (): Promise<HttpRequest[]> => await (asked ??= requestsOfAll());

function routeOf(path: string): string {
  const parts = path.split('/').slice(1);
  // Some resources lie in a folder of their own.
  const [version, resource, id, ...rest] =
    parts[1] === 'billing' ? [parts[0], parts.slice(1, 3).join('/'), ...parts.slice(3)] : parts;
  return ['', version, resource, ...(id === undefined ? [] : ['{id}']), ...rest].join('/');
}

describe('requests to Stripe', () => {
  it('only read', async () => {
    const requests = await allRequests();
    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(requests.filter(({ body }) => body !== undefined)).toEqual([]);
  });

  it('name no parameter that the route does not take', async () => {
    const requests = await allRequests();
    const offences = requests.flatMap(({ url }) => {
      const { pathname, searchParams } = new URL(url);
      const allowed = queryParameters(routeOf(pathname));
      return [...searchParams.keys()]
        .filter((name) => !allowed.includes(name.replace(/\[.*$/, '')))
        .map((name) => `${routeOf(pathname)} ${name}`);
    });
    expect([...new Set(offences)]).toEqual([]);
  });

  it('expand four levels at most, and ask for no more than 100 a page', async () => {
    const requests = await allRequests();
    for (const { url } of requests) {
      const { searchParams } = new URL(url);
      for (const path of searchParams.getAll('expand[]')) expect(path.split('.').length).toBeLessThanOrEqual(4);
      const limit = searchParams.get('limit');
      if (limit !== null) expect(Number(limit)).toBeLessThanOrEqual(100);
    }
  });

  it('bound creation times in whole seconds', async () => {
    const requests = await allRequests();
    const bounds = requests.flatMap(({ url }) =>
      [...new URL(url).searchParams].filter(([name]) => name.startsWith('created[')),
    );
    expect(bounds.length).toBeGreaterThan(0);
    for (const [name, value] of bounds) {
      expect(name).toMatch(/^created\[(gte|lt)\]$/);
      expect(value).toMatch(/^\d{9,10}$/);
    }
  });

  it('pin the API version, and send nothing about the machine', async () => {
    const requests = await allRequests();
    for (const { headers } of requests) {
      const names = Object.keys(headers).map((name) => name.toLowerCase());
      const version = Object.entries(headers).find(([name]) => name.toLowerCase() === 'stripe-version')?.[1];
      expect(version).toBe('2026-10-28.endive');
      expect(names).not.toContain('x-stripe-client-telemetry');
      expect(JSON.stringify(headers)).not.toContain('platform');
    }
  });

  it('carry the key in one header and nowhere else', async () => {
    const requests = await allRequests();
    for (const { url, headers } of requests) {
      expect(url).not.toContain('rk_test');
      const holders = Object.entries(headers).filter(([, value]) => value.includes('rk_test'));
      expect(holders.map(([name]) => name.toLowerCase())).toEqual(['authorization']);
    }
  });
});
