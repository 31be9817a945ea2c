import { describe, expect, it, vi } from 'vitest';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { SOURCES } from '../../../src/main/engine/sources/registry.ts';
import {
  budgetsOf,
  completeness,
  connectSource,
  disconnectSource,
  editConnection,
  hasStaleRecords,
  holdings,
  pauseSource,
  rememberSecrets,
  renormalise,
  resumeSource,
  syncSource,
  undoDisconnect,
  type SyncDeps,
} from '../../../src/main/engine/sync/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { bentHttp, status } from '../../conformance/vendor-fixture.ts';
import { failureOf, rejectionOf } from '../../support/store.ts';
import { logicalDump, rowsIn, testCompany, type TestCompany } from '../../support/synced-company.ts';

function secretsHeld({ db }: TestCompany): number {
  return rowsIn(db, 'secret');
}

function stateOf({ db, sourceId }: TestCompany): unknown {
  return db.first(db.build.selectFrom('source').selectAll().where('source_id', '=', sourceId));
}

describe('a disconnected source', () => {
  it('is taken back within two minutes, with its secret; meanwhile no table holds that', async () => {
    const company = await testCompany({ scale: 0.02 });
    const { deps, sourceId } = company;
    rememberSecrets(deps, sourceId);
    disconnectSource(deps, sourceId, { deleteData: false });
    expect(secretsHeld(company)).toBe(0);
    undoDisconnect(deps, sourceId);
    expect(stateOf(company)).toMatchObject({ state: 'ready', disconnected_at: null });
    expect((await company.sync()).streams.every(({ complete }) => complete)).toBe(true);
  });

  it('is not taken back later, nor when it is connected', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { deps, sourceId } = await testCompany({ scale: 0.02 });
    expect(failureOf(() => undoDisconnect(deps, sourceId))).toMatchObject({ code: 'conflict' });
    rememberSecrets(deps, sourceId);
    disconnectSource(deps, sourceId, { deleteData: false });
    vi.advanceTimersByTime(2 * MINUTE_MS);
    vi.useRealTimers();
    expect(failureOf(() => undoDisconnect(deps, sourceId)).message).toContain('forgotten');
  });

  it('is counted before its data is deleted', async () => {
    const company = await testCompany({ scale: 0.02 });
    await company.sync();
    const { db, servers, sourceId } = company;
    const held = holdings(db, sourceId);
    expect(held.kinds.find(({ kind }) => kind === 'invoice')?.count).toBe(servers.control.count('invoices'));
    expect(held.onlyHere).toBe(rowsIn(db, 'billing_customer'));
    expect(held.setAside).toBe(0);
  });
});

describe('a connection that is edited', () => {
  it('takes a new key of the same account, keeps what was read, and is connected again', async () => {
    const company = await testCompany({ scale: 0.02 });
    const { deps, db, sourceId, servers } = company;
    await company.sync();
    const before = logicalDump(db);
    disconnectSource(deps, sourceId, { deleteData: false });
    await editConnection(deps, { sourceId, secrets: { apiKey: servers.stripe.apiKey } });
    expect(stateOf(company)).toMatchObject({ state: 'ready' });
    expect((await company.sync()).streams.reduce((sum, { changed }) => sum + changed, 0)).toBe(0);
    expect(logicalDump(db)).toEqual(before);
  });

  it('keeps a key that is left empty, and stores nothing where the vendor refuses the change', async () => {
    const http = bentHttp(systemHttp);
    const company = await testCompany({ scale: 0.02, http });
    const { deps, db, sourceId } = company;
    const secret = () => db.all(db.build.selectFrom('secret').selectAll());
    const before = secret();
    await editConnection(deps, { sourceId, name: 'Stripe, Europe', config: {}, secrets: { apiKey: '' } });
    expect(stateOf(company)).toMatchObject({ name: 'Stripe, Europe' });
    expect(secret()).toEqual(before);
    http.bend = async () => status(401);
    const refused = rejectionOf(editConnection(deps, { sourceId, secrets: { apiKey: 'rk_live_wrong' } }));
    expect(await refused).toMatchObject({ code: 'auth_failed' });
    expect(secret()).toEqual(before);
  });

  it('is renamed without asking the vendor, and not to a name that another one has', async () => {
    const http = bentHttp(systemHttp);
    const company = await testCompany({ scale: 0.02, http });
    const { deps, sourceId, servers } = company;
    const { apiBase } = servers.frankfurter;
    const first = await company.connect('frankfurter', { apiBase });
    http.count = 0;
    await editConnection(deps, { sourceId, name: 'Payments' });
    expect(http.count).toBe(0);
    const other = { vendor: 'frankfurter', name: 'Other', config: { apiBase }, secrets: {} };
    const second = await connectSource(deps, other);
    expect(await rejectionOf(editConnection(deps, { sourceId: second.sourceId, name: 'Frankfurter' }))).toMatchObject({
      code: 'conflict',
    });
    expect(first).not.toBe(second.sourceId);
  });
});

describe('a paused source', () => {
  it('stops at its next page, says so by stream, and goes on from there', async () => {
    const http = bentHttp(systemHttp);
    const company = await testCompany({ scale: 0.02, http });
    const { deps, db, sourceId } = company;
    http.count = 0;
    http.bend = async (request, next) => {
      if (http.count === 8) pauseSource(deps, sourceId);
      return await next(request);
    };
    expect(await rejectionOf(company.sync())).toMatchObject({ code: 'cancelled' });
    expect(stateOf(company)).toMatchObject({ state: 'paused' });
    const outcomes = db
      .prepare<[], { outcome: string }>('SELECT DISTINCT outcome FROM stream_state WHERE outcome IS NOT NULL')
      .all();
    expect(outcomes.map(({ outcome }) => outcome)).toContain('stopped');
    http.bend = async (request, next) => await next(request);
    resumeSource(deps, sourceId);
    await company.sync();
    expect(rowsIn(db, 'invoice')).toBe(company.servers.control.count('invoices'));
    expect(rowsIn(db, "stream_state WHERE outcome <> 'done'")).toBe(0);
  });
});

describe('the last result of each stream', () => {
  it('names the one that failed, with its reason, beside those that came through', async () => {
    const http = bentHttp(systemHttp);
    const company = await testCompany({ scale: 0.02, http });
    http.bend = async (request, next) =>
      new URL(request.url).pathname === '/v1/refunds' ? status(403) : await next(request);
    await company.sync();
    const rows = company.db
      .prepare<[], { stream: string; outcome: string; problem: string | null }>(
        `SELECT stream, outcome, problem FROM stream_state WHERE outcome <> 'done'`,
      )
      .all();
    expect(rows).toEqual([{ stream: 'refunds', outcome: 'gap', problem: expect.stringContaining('403') }]);
    const [source] = completeness(company.db);
    expect(source?.streams.find(({ stream }) => stream === 'refunds')?.gap).toContain('403');
  });
});

describe('quotas', () => {
  it('that only the documentation states are held against what was asked, also by a run that was cut off', async () => {
    const company = await testCompany({ scale: 0.02 });
    const { db, sourceId, deps } = company;
    const allowance = { title: 'Reads', days: 30, least: 1_000, perPayment: 500, statedAt: 'https://docs.stripe.com/' };
    const { requests } = await company.sync();
    const [budget] = budgetsOf(db, sourceId, allowance, deps.clock.now());
    const recent = rowsIn(db, `charge WHERE created_at >= ${deps.clock.now() - 30 * 86_400_000}`);
    expect(budget).toMatchObject({ used: requests, allowed: Math.max(1_000, 500 * recent) });
    expect(budget?.left).toBe((budget?.allowed ?? 0) - requests);
  });

  it('that the vendor states are kept as of its last answer', async () => {
    const { deps, db, servers } = await testCompany({ scale: 0.02 });
    const { sourceId } = await connectSource(deps, {
      vendor: 'hubspot',
      config: { apiBase: servers.hubspot.apiBase },
      secrets: { accessToken: servers.hubspot.accessToken },
    });
    await syncSource(deps, sourceId);
    const [budget] = budgetsOf(db, sourceId, null, deps.clock.now());
    expect(budget).toMatchObject({ title: 'Requests a day', allowed: 250_000, statedAt: null });
    expect(budget?.used).toBeGreaterThan(5);
  });
});

describe('a newer version', () => {
  it('notices records that older rules have read, and reads them again without any network', async () => {
    const company = await testCompany({ scale: 0.02 });
    const { deps, db, sourceId } = company;
    await company.sync();
    expect(hasStaleRecords(deps)).toBe(false);
    const before = logicalDump(db);
    db.run(
      db.build
        .updateTable('setting')
        .set({ value: JSON.stringify({ invoice: 0 }) })
        .where('name', '=', `source.${sourceId}.normalisers`),
    );
    const offline: SyncDeps = {
      ...deps,
      sources: SOURCES,
      http: () => Promise.reject(new AppError('internal', 'The network was asked')),
    };
    expect(hasStaleRecords(offline)).toBe(true);
    const { records } = await renormalise(offline, sourceId);
    expect(records).toBeGreaterThan(100);
    expect(hasStaleRecords(offline)).toBe(false);
    expect(logicalDump(db)).toEqual(before);
  });
});
