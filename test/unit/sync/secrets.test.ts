import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { checkCredentials, connectSource, listQuarantine } from '../../../src/main/engine/sync/index.ts';
import { rejectionOf } from '../../support/store.ts';
import { testCompany } from '../../support/synced-company.ts';
import { bentHttp } from '../../conformance/vendor-fixture.ts';

/** An answer in which the vendor repeats the key, as careless servers do. */
function echo(status: number, apiKey: string) {
  const error = { error: { type: 'invalid_request_error', message: `Bad key ${apiKey} was given` } };
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(error)),
  };
}

describe('the secret', () => {
  it.each([400, 401, 403, 404])(
    'is in no message, cause or detail of a failure (%i), nor in the book of runs',
    async (status) => {
      const http = bentHttp(systemHttp);
      const company = await testCompany({ http, scale: 0.02 });
      const { apiKey, apiBase } = company.servers.stripe;
      http.bend = async () => echo(status, apiKey);
      const outcome: unknown = await company.sync().catch((error: unknown) => error);
      expect(inspect(outcome, { depth: 20, showHidden: true })).not.toContain(apiKey);
      const { logger } = company.deps;
      expect(inspect(logger, { depth: 20 })).not.toContain(apiKey);
      const runs = company.db.prepare('SELECT * FROM sync_run').all();
      const states = company.db.prepare('SELECT * FROM stream_state').all();
      expect(JSON.stringify([runs, states])).not.toContain(apiKey);
      const report = await checkCredentials(company.deps, 'stripe', { apiBase }, { apiKey });
      expect(JSON.stringify(report)).not.toContain(apiKey);
    },
  );

  it('stands in one table and no other', async () => {
    const company = await testCompany({ scale: 0.02 });
    company.servers.control.faults.add({ route: '/v1/charges', fault: { kind: 'malformed', share: 0.3 } });
    await company.sync();
    const { apiKey } = company.servers.stripe;
    const tables = company.db
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all();
    const holders = tables.filter(({ name }) => {
      const rows = company.db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all();
      return rows.some((row) =>
        Object.values(row).some((value) =>
          (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)).includes(apiKey),
        ),
      );
    });
    expect(holders.map(({ name }) => name)).toEqual(['secret']);
    expect(JSON.stringify(listQuarantine(company.db, { limit: 200 }))).not.toContain(apiKey);
  });

  it('is checked for its form before anything is sent, without being repeated', async () => {
    const http = bentHttp(systemHttp);
    const company = await testCompany({ http, scale: 0.02 });
    http.count = 0;
    const failure = await rejectionOf(
      connectSource(company.deps, { vendor: 'stripe', config: {}, secrets: { apiKey: 'password123-not-a-key' } }),
    );
    expect(failure).toMatchObject({ code: 'invalid_input' });
    expect(failure.message).not.toContain('password123');
    expect(http.count).toBe(0);
  });

  it('of another account does not replace the one whose data are here', async () => {
    const http = bentHttp(systemHttp);
    const company = await testCompany({ http, scale: 0.02 });
    const { apiKey, apiBase } = company.servers.stripe;
    http.bend = async (request, next) =>
      new URL(request.url).pathname === '/v1/account'
        ? { status: 200, headers: {}, body: new TextEncoder().encode('{"id":"acct_other","object":"account"}') }
        : await next(request);
    const failure = await rejectionOf(
      connectSource(company.deps, { vendor: 'stripe', config: { apiBase }, secrets: { apiKey } }),
    );
    expect(failure).toMatchObject({ code: 'conflict' });
    expect(failure.message).toContain('acct_other');
  });
});
