/** What every source must do, whatever its vendor: each check throws where a source does not. */
import { expect } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../src/main/engine/runtime/ports.ts';
import { SOURCES, sourceOf } from '../../src/main/engine/sources/registry.ts';
import { checkSource, listQuarantine, syncSource, type SyncResult } from '../../src/main/engine/sync/index.ts';
import { AppError, isAppError } from '../../src/shared/kernel/errors.ts';
import { DAY_MS, HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { rejectionOf } from '../support/store.ts';
import { logicalDump } from '../support/synced-company.ts';
import { connected, cursors, mortal, undisturbed, type Connected } from './connected.ts';
import { bodyMapped, status, type VendorFixture } from './vendor-fixture.ts';

export interface Check {
  readonly name: string;
  /** False where a fixture cannot show it. */
  readonly appliesTo?: (fixture: VendorFixture) => boolean;
  run(fixture: VendorFixture): Promise<void>;
}

/** Addresses that are posted to and only answer. */
const READING_POSTS = /\/(search|batch\/read|query\/|oauth2\/token|Soap\/u\/[\d.]+)$/;

function changedIn({ streams }: SyncResult): number {
  return streams.reduce((sum, { changed }) => sum + changed, 0);
}

function expectProven({ streams }: SyncResult): void {
  expect(streams.filter(({ complete }) => !complete)).toEqual([]);
}

/** Either the run says why it failed, or a stream says that it is not whole: silence is the only fault. */
function expectNoSilence(outcome: unknown, codes: readonly string[]): void {
  if (outcome instanceof AppError) expect(codes).toContain(outcome.code);
  else
    expect(outcome).toMatchObject({ streams: expect.arrayContaining([expect.objectContaining({ complete: false })]) });
}

function hasSecret({ vendor, source }: VendorFixture): boolean {
  return (source ?? sourceOf(vendor)).fields.some(({ secret }) => secret);
}

const asBefore = async (request: HttpRequest, next: (request: HttpRequest) => Promise<HttpResponse>) =>
  await next(request);

export const CHECKS: readonly Check[] = [
  {
    name: 'brings something and proves it complete',
    async run(fixture) {
      const { sync } = await connected(fixture);
      const result = await sync();
      expect(changedIn(result)).toBeGreaterThan(0);
      expectProven(result);
      expect(result.requests).toBeGreaterThan(0);
    },
  },
  {
    name: 'stores as many objects as the vendor holds',
    appliesTo: ({ holds }) => holds !== undefined,
    async run(fixture) {
      const { sync, db, sourceId, company } = await connected(fixture);
      await sync();
      const stored = db.prepare<[number, string], { n: number }>(
        `SELECT count(*) AS n FROM raw_object WHERE source_id = ? AND type = ?`,
      );
      const held = fixture.holds?.(company.servers) ?? {};
      expect(Object.values(held).every((count) => count > 0)).toBe(true);
      for (const [type, count] of Object.entries(held))
        expect({ [type]: stored.first(sourceId, type)?.n }).toEqual({ [type]: count });
    },
  },
  {
    name: 'writes nothing the second time',
    async run(fixture) {
      const { sync, db } = await connected(fixture);
      await sync();
      const before = logicalDump(db);
      const { streams } = await sync();
      expect(streams.filter(({ changed }) => changed > 0)).toEqual([]);
      expect(logicalDump(db)).toEqual(before);
    },
  },
  {
    name: 'keeps its cursors when a run brings nothing',
    async run(fixture) {
      const state = await connected(fixture);
      await state.sync();
      await state.sync();
      const before = cursors(state);
      await state.sync();
      expect(cursors(state)).toEqual(before);
    },
  },
  {
    name: 'sees what has changed',
    async run(fixture) {
      const { sync, http, company, db } = await connected(fixture);
      await sync();
      http.bend = bodyMapped(fixture.change(company.servers, db));
      company.skipAhead(5 * HOUR_MS);
      expect(changedIn(await sync())).toBeGreaterThan(0);
    },
  },
  {
    name: 'hears that an object is gone',
    appliesTo: ({ remove }) => remove !== undefined,
    async run(fixture) {
      const { sync, company, db, sourceId } = await connected(fixture);
      await sync();
      const gone = fixture.remove?.(company.servers, db) ?? { type: '', id: '' };
      company.skipAhead(5 * HOUR_MS);
      const result = await sync();
      expect(changedIn(result)).toBeGreaterThan(0);
      expectProven(result);
      const heard = db
        .prepare<[number], { id: string }>(
          `SELECT object_id AS id FROM raw_object WHERE source_id = ? AND type = 'gone'`,
        )
        .all(sourceId);
      // Some vendors say it by a mark on the object itself, which is then among what changed.
      if (gone.id !== '') expect(heard.map(({ id }) => id)).toContain(`${gone.type}/${gone.id}`);
    },
  },
  ...[-2, 2].map((days): Check => ({
    name: `loses nothing under a clock that is two days ${days < 0 ? 'behind' : 'ahead'}`,
    async run(fixture) {
      const { sync, http, company, db } = await connected(fixture);
      company.skipAhead(days * DAY_MS);
      expectProven(await sync());
      http.bend = bodyMapped(fixture.change(company.servers, db));
      company.skipAhead(5 * HOUR_MS);
      expect(changedIn(await sync())).toBeGreaterThan(0);
    },
  })),
  {
    name: 'goes on where it was torn off between two requests',
    async run(fixture) {
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
    },
  },
  {
    name: 'goes on where it was killed between two pages',
    async run(fixture) {
      const expected = await undisturbed(fixture);
      const { db, deps, sourceId } = await connected(fixture);
      for (let transactions = 3; ; transactions += 2) {
        const killed = { ...deps, db: mortal(db, transactions) };
        const outcome = await syncSource(killed, sourceId).then(
          () => 'done',
          (error: unknown) => (error instanceof AppError ? error.message : 'wrong'),
        );
        if (outcome === 'done') break;
        expect(outcome).toBe('Killed');
      }
      expect(logicalDump(db)).toEqual(expected);
    },
  },
  {
    name: 'is patient after a bare 429',
    async run(fixture) {
      const expected = await undisturbed(fixture);
      const { sync, http, db, company } = await connected(fixture);
      http.bend = async (request, next) => (http.count % 3 === 1 ? status(429) : await next(request));
      expectProven(await sync());
      expect(logicalDump(db)).toEqual(expected);
      expect(company.waits.length).toBeGreaterThan(0);
    },
  },
  ...[
    { said: 'in seconds', headers: { 'retry-after': '7' } },
    {
      said: 'as a date of the vendor’s clock',
      headers: { date: 'Fri, 20 Nov 2026 12:00:00 GMT', 'retry-after': 'Fri, 20 Nov 2026 12:00:07 GMT' },
    },
  ].map(({ said, headers }): Check => ({
    name: `waits as long as Retry-After says ${said}`,
    async run(fixture) {
      const { sync, http, company } = await connected(fixture);
      http.bend = async (request, next) => (http.count === 1 ? status(429, headers) : await next(request));
      await sync();
      // And up to a tenth longer, so that not all come at once.
      expect(company.waits.some((ms) => ms >= 7_000 && ms <= 7_700)).toBe(true);
    },
  })),
  {
    name: 'ends a run whose every request is turned away, and loses nothing',
    async run(fixture) {
      const { sync, http, db } = await connected(fixture);
      await sync();
      const before = logicalDump(db);
      http.bend = async () => status(429);
      expect(await rejectionOf(sync({ full: true }))).toMatchObject({ code: 'rate_limited' });
      expect(logicalDump(db)).toEqual(before);
      http.bend = async () => status(503);
      expect(await rejectionOf(sync({ full: true }))).toMatchObject({ code: 'unavailable' });
      expect(logicalDump(db)).toEqual(before);
    },
  },
  ...[401, 403].map((code): Check => ({
    name: `never takes a ${code} for an empty answer`,
    async run(fixture) {
      const { sync, http } = await connected(fixture);
      http.bend = async () => status(code);
      expectNoSilence(await sync().catch((error: unknown) => error), ['auth_failed', 'source_failed']);
    },
  })),
  {
    name: 'says so when its secret expires in the middle, keeps what came, and goes on with it renewed',
    appliesTo: hasSecret,
    async run(fixture) {
      const expected = await undisturbed(fixture);
      const { sync, http, db } = await connected(fixture);
      http.bend = async (request, next) => (http.count > 1 ? status(401) : await next(request));
      const outcome = await sync().catch((error: unknown) => error);
      // Where a single request brings everything, there is no middle.
      if (http.count > 1) expectNoSilence(outcome, ['auth_failed', 'source_failed']);
      http.bend = asBefore;
      await sync();
      expect(logicalDump(db)).toEqual(expected);
    },
  },
  {
    name: 'ends on an answer that is cut off, and goes on when it is whole again',
    async run(fixture) {
      const expected = await undisturbed(fixture);
      const { sync, http, db } = await connected(fixture);
      http.bend = async () => {
        throw new AppError('unavailable', 'The connection was cut');
      };
      expect(await rejectionOf(sync())).toMatchObject({ code: 'unavailable' });
      http.bend = asBefore;
      await sync();
      expect(logicalDump(db)).toEqual(expected);
    },
  },
  ...[
    { what: 'a web page', text: '<!doctype html><title>Please sign in</title>' },
    { what: 'half an answer', text: '{"data": [{"id": "1", ' },
    { what: 'nothing', text: '' },
  ].map(({ what, text }): Check => ({
    name: `takes ${what} in place of an answer for no answer, and goes on when there is one`,
    appliesTo: ({ emptyIsAnAnswer }) => text !== '' || emptyIsAnAnswer !== true,
    async run(fixture) {
      const expected = await undisturbed(fixture);
      const { sync, http, db } = await connected(fixture);
      http.bend = bodyMapped(() => text);
      expectNoSilence(await sync().catch((error: unknown) => error), ['source_failed', 'unavailable', 'auth_failed']);
      http.bend = asBefore;
      await sync();
      expect(logicalDump(db)).toEqual(expected);
    },
  })),
  {
    name: 'puts a record that does not fit into quarantine, with its reason, and stores the rest',
    async run(fixture) {
      const { sync, http, db, sourceId } = await connected(fixture);
      let isFirst = true;
      http.bend = bodyMapped((text, url) => {
        const spoilt = isFirst ? fixture.spoil(text, url) : text;
        if (spoilt !== text) isFirst = false;
        return spoilt;
      });
      const result = await sync();
      const { total, rows } = listQuarantine(db, { sourceId, limit: 10 });
      expect(total).toBe(1);
      expect(rows[0]?.reason).toMatch(/^“.+”: /);
      const incomplete = result.streams.filter(({ complete }) => !complete);
      expect(incomplete.filter(({ quarantined }) => quarantined > 0)).toHaveLength(1);
      // Another stream may name the object and say that it is not stored.
      for (const { quarantined, proof } of incomplete)
        if (quarantined === 0) expect(proof).toMatch(/is named and not stored/);
      expect(changedIn(result)).toBeGreaterThan(1);
    },
  },
  {
    name: 'stops when it is cancelled, says so, and goes on afterwards',
    async run(fixture) {
      const expected = await undisturbed(fixture);
      const { sync, http, db } = await connected(fixture);
      const stop = new AbortController();
      http.bend = async (request, next) => {
        stop.abort();
        return await next(request);
      };
      expect(await rejectionOf(sync({ signal: stop.signal }))).toMatchObject({ code: 'cancelled' });
      http.bend = asBefore;
      await sync();
      expect(logicalDump(db)).toEqual(expected);
    },
  },
  {
    name: 'asks nobody but the hosts it declares, and only to read',
    async run(fixture) {
      const { sync, http, connection, deps } = await connected(fixture);
      const asked = new Set<string>();
      http.bend = async (request, next) => {
        asked.add(new URL(request.url).host);
        // A search is a question that is put into a body.
        if (!READING_POSTS.test(new URL(request.url).pathname)) expect(request.method).toBe('GET');
        return await next(request);
      };
      await sync();
      const { hosts } = sourceOf(fixture.vendor, deps.sources ?? SOURCES).parse(connection.config, connection.secrets);
      expect([...asked].filter((host) => !hosts.includes(host))).toEqual([]);
      expect(asked.size).toBeGreaterThan(0);
    },
  },
  {
    name: 'repeats no secret, whatever the vendor says of it',
    appliesTo: hasSecret,
    async run(fixture) {
      const state = await connected(fixture);
      const secrets = Object.values(state.connection.secrets);
      for (const code of [400, 401, 403, 404, 500]) {
        state.http.bend = async (request) => echo(code, request, secrets);
        const said = [await heard(state.sync()), await heard(checkSource(state.deps, state.sourceId))].join('\n');
        for (const secret of secrets) expect(said).not.toContain(secret);
      }
      expect(stored(state).filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
    },
  },
  {
    name: 'shows a form whose secrets are marked as secrets',
    async run({ vendor, source }) {
      const { fields } = source ?? sourceOf(vendor);
      expect(fields.length).toBeGreaterThan(0);
      for (const field of fields) {
        expect(field.label).not.toBe(field.name);
        expect(field.secret).toBe(/key|token|secret/i.test(field.name));
      }
    },
  },
];

/** An unkind vendor: says back everything that it was told. */
function echo(code: number, { url, headers, body }: HttpRequest, secrets: readonly string[]): HttpResponse {
  const message = `Status ${code} for ${url} with ${JSON.stringify(headers)} ${String(body ?? '')} ${secrets.join(' ')}`;
  const text = JSON.stringify({ error: { type: 'invalid_request_error', message }, message });
  return { status: code, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(text) };
}

/** What people and logs get to see of an outcome; an AppError's cause is cleaned by the log itself. */
async function heard(work: Promise<unknown>): Promise<string> {
  const outcome = await work.catch((error: unknown) => error);
  return isAppError(outcome) ? `${outcome.message} ${JSON.stringify(outcome.details)}` : JSON.stringify(outcome);
}

/** Every text that screens are made of, apart from the secrets' own table. */
function stored({ db }: Connected): string[] {
  return [
    'SELECT error_message AS text FROM sync_run',
    'SELECT problem AS text FROM stream_state',
    'SELECT proof AS text FROM stream_state',
    'SELECT cursor AS text FROM stream_state',
    'SELECT reason AS text FROM quarantine',
    'SELECT config AS text FROM source',
    'SELECT value AS text FROM setting',
  ].flatMap((sql) =>
    db
      .prepare<[], { text: string | null }>(sql)
      .all()
      .flatMap(({ text }) => (text === null ? [] : [text])),
  );
}
