import { expect, it } from 'vitest';
import type { Http } from '../../../src/main/engine/runtime/ports.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { rowsIn, testCompany } from '../../support/synced-company.ts';

it.each([500, 503])(
  'one list that answers %i costs some seconds: all others are read, and the next sync reads it',
  async (status) => {
    const vendor = { broken: false };
    let asked = 0;
    const http: Http = async (request) => {
      const { pathname } = new URL(request.url);
      if (!vendor.broken || pathname !== '/v1/disputes') return await systemHttp(request);
      asked += 1;
      return { ...(await systemHttp(request)), status, body: new TextEncoder().encode('Out of order') };
    };
    const { db, servers, sync, waits } = await testCompany({ http });
    vendor.broken = true;
    const failure = await sync().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unavailable' });
    expect(String(failure)).toContain(`/v1/disputes keeps answering ${status}`);
    expect(String(failure)).toContain('Everything else was read');
    expect(asked).toBeLessThanOrEqual(10);
    expect(waits.filter((ms) => ms > 10).reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
    expect(rowsIn(db, 'invoice')).toBe(servers.control.count('invoices'));

    vendor.broken = false;
    const { streams } = await sync();
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(rowsIn(db, 'dispute')).toBe(servers.control.count('disputes'));
  },
);
