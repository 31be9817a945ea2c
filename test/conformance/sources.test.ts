/** What every registered source must do, whatever its vendor. A source without a fixture fails the first test. */
import { describe, expect, it } from 'vitest';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import { SOURCES } from '../../src/main/engine/sources/registry.ts';
import {
  connectSource,
  disconnectSource,
  listQuarantine,
  syncSource,
  type SyncDeps,
  type SyncOptions,
} from '../../src/main/engine/sync/index.ts';
import { AppError } from '../../src/shared/kernel/errors.ts';
import { HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { rejectionOf } from '../support/store.ts';
import { logicalDump, testCompany } from '../support/synced-company.ts';
import { bentHttp, bodyMapped, FIXTURES, status, type VendorFixture } from './vendor-fixture.ts';

it('has a fixture for every registered source', () => {
  expect(FIXTURES.map(({ vendor }) => vendor).toSorted()).toEqual(SOURCES.map(({ id }) => id).toSorted());
});

/** Addresses that are posted to and only answer. */
const READING_POSTS = /\/(oauth2\/token|Soap\/u\/[\d.]+|search|batch\/read|query\/)$/;

async function connected(fixture: VendorFixture) {
  const http = bentHttp(systemHttp);
  const company = await testCompany({ scale: 0.02, http });
  // Sources of rates need facts to know what to ask for.
  if (fixture.vendor !== 'stripe') await company.sync();
  const deps: SyncDeps = company.deps;
  // No account is read twice: the one that the company comes with makes room.
  if (fixture.vendor === 'stripe') disconnectSource(deps, company.sourceId, { deleteData: true });
  const { sourceId } = await connectSource(deps, {
    vendor: fixture.vendor,
    name: 'Under test',
    ...(await fixture.connection(company.servers)),
  });
  company.waits.length = 0;
  http.count = 0;
  const sync = async (options?: SyncOptions) => await syncSource(deps, sourceId, options);
  return { company, http, sourceId, sync, db: company.db };
}

type Connected = Awaited<ReturnType<typeof connected>>;

async function undisturbed(fixture: VendorFixture): Promise<Record<string, string[]>> {
  const { sync, db } = await connected(fixture);
  await sync();
  return logicalDump(db);
}

function cursors({ db, sourceId }: Connected): unknown {
  return db
    .prepare<[number], { cursor: string | null }>('SELECT cursor FROM stream_state WHERE source_id = ?')
    .all(sourceId);
}

describe.each(FIXTURES)('$vendor', (fixture) => {
  it('brings something and proves it complete', async () => {
    const { sync } = await connected(fixture);
    const { streams, requests } = await sync();
    expect(streams.reduce((sum, { changed }) => sum + changed, 0)).toBeGreaterThan(0);
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(requests).toBeGreaterThan(0);
  });

  it('writes nothing the second time', async () => {
    const { sync, db } = await connected(fixture);
    await sync();
    const before = logicalDump(db);
    const { streams } = await sync();
    expect(streams.filter(({ changed }) => changed > 0)).toEqual([]);
    expect(logicalDump(db)).toEqual(before);
  });

  it('sees what has changed', async () => {
    const { sync, http, company, db } = await connected(fixture);
    await sync();
    http.bend = bodyMapped(fixture.change(company.servers, db));
    company.skipAhead(5 * HOUR_MS);
    const { streams } = await sync();
    expect(streams.reduce((sum, { changed }) => sum + changed, 0)).toBeGreaterThan(0);
  });

  it('goes on where it was torn off between two requests', async () => {
    const expected = await undisturbed(fixture);
    const { sync, http, db } = await connected(fixture);
    for (let allowed = 1; ; allowed += 5) {
      const until = http.count + allowed;
      http.bend = async (request, next) => {
        if (http.count > until) throw new AppError('internal', 'Torn off');
        return await next(request);
      };
      const outcome = await sync().then(
        () => 'done',
        (error: unknown) => (error instanceof AppError ? error.code : 'wrong'),
      );
      if (outcome === 'done') break;
      expect(outcome).toBe('internal');
    }
    expect(logicalDump(db)).toEqual(expected);
  });

  it('is patient after a bare 429', async () => {
    const expected = await undisturbed(fixture);
    const { sync, http, db, company } = await connected(fixture);
    http.bend = async (request, next) => (http.count % 3 === 1 ? status(429) : await next(request));
    const { streams } = await sync();
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(logicalDump(db)).toEqual(expected);
    expect(company.waits.length).toBeGreaterThan(0);
  });

  it('waits as long as Retry-After says', async () => {
    const { sync, http, company } = await connected(fixture);
    http.bend = async (request, next) => (http.count === 1 ? status(429, { 'retry-after': '7' }) : await next(request));
    await sync();
    expect(company.waits).toContain(7_000);
  });

  it('ends a run whose every request is turned away, and loses nothing', async () => {
    const { sync, http, db } = await connected(fixture);
    await sync();
    const before = logicalDump(db);
    http.bend = async () => status(429);
    expect(await rejectionOf(sync({ full: true }))).toMatchObject({ code: 'rate_limited' });
    expect(logicalDump(db)).toEqual(before);
    http.bend = async () => status(503);
    expect(await rejectionOf(sync({ full: true }))).toMatchObject({ code: 'unavailable' });
    expect(logicalDump(db)).toEqual(before);
  });

  it.each([401, 403])('never takes a %i for an empty answer', async (code) => {
    const { sync, http } = await connected(fixture);
    http.bend = async () => status(code);
    const outcome = await sync().catch((error: unknown) => error);
    if (outcome instanceof AppError) expect(['auth_failed', 'source_failed']).toContain(outcome.code);
    else
      expect(outcome).toMatchObject({
        streams: expect.arrayContaining([expect.objectContaining({ complete: false })]),
      });
  });

  it('ends on an answer that is cut off, and goes on when it is whole again', async () => {
    const expected = await undisturbed(fixture);
    const { sync, http, db } = await connected(fixture);
    http.bend = async () => {
      throw new AppError('unavailable', 'The connection was cut');
    };
    expect(await rejectionOf(sync())).toMatchObject({ code: 'unavailable' });
    http.bend = async (request, next) => await next(request);
    await sync();
    expect(logicalDump(db)).toEqual(expected);
  });

  it('puts a record that does not fit into quarantine, with its reason, and stores the rest', async () => {
    const { sync, http, db, sourceId } = await connected(fixture);
    let isFirst = true;
    http.bend = bodyMapped((text, url) => {
      const spoilt = isFirst ? fixture.spoil(text, url) : text;
      if (spoilt !== text) isFirst = false;
      return spoilt;
    });
    const { streams } = await sync();
    const { total, rows } = listQuarantine(db, { sourceId, limit: 10 });
    expect(total).toBe(1);
    expect(rows[0]?.reason).toMatch(/^“.+”: /);
    expect(streams.filter(({ complete }) => !complete)).toHaveLength(1);
    expect(streams.reduce((sum, { changed }) => sum + changed, 0)).toBeGreaterThan(1);
  });

  it('stops when it is cancelled, and says so', async () => {
    const { sync, http } = await connected(fixture);
    const stop = new AbortController();
    http.bend = async (request, next) => {
      stop.abort();
      return await next(request);
    };
    expect(await rejectionOf(sync({ signal: stop.signal }))).toMatchObject({ code: 'cancelled' });
  });

  it('asks nobody but the host it declares', async () => {
    const { sync, http, company } = await connected(fixture);
    const asked = new Set<string>();
    http.bend = async (request, next) => {
      asked.add(new URL(request.url).host);
      // A search is a question that is put into a body.
      if (!READING_POSTS.test(new URL(request.url).pathname)) expect(request.method).toBe('GET');
      return await next(request);
    };
    await sync();
    const { apiBase = '' } = (await fixture.connection(company.servers)).config;
    expect([...asked]).toEqual([new URL(apiBase).host]);
  });

  it('shows a form whose secrets are marked as secrets', () => {
    const source = SOURCES.find(({ id }) => id === fixture.vendor);
    expect(source?.fields.map(({ name }) => name)).toContain('apiBase');
    for (const field of source?.fields ?? []) {
      expect(field.label).not.toBe(field.name);
      expect(field.secret).toBe(/key|token|secret/i.test(field.name));
    }
  });

  it('keeps its cursors when a run brings nothing', async () => {
    const state = await connected(fixture);
    await state.sync();
    await state.sync();
    const before = cursors(state);
    await state.sync();
    expect(cursors(state)).toEqual(before);
  });
});
