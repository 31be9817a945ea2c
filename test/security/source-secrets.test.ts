/**
 * The secret of every registered source, through the whole engine: connected, refused, failing, set aside and cut off,
 * while the vendor says everything back that it was told. Nothing that leaves the engine may hold it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startDemoServers } from '../../src/main/demo/index.ts';
import { createCallRouter } from '../../src/main/engine/index.ts';
import {
  createLogger,
  openLogFile,
  systemClock,
  systemHttp,
  type Clock,
  type NativeNotification,
} from '../../src/main/engine/runtime/index.ts';
import type { HttpRequest, HttpResponse } from '../../src/main/engine/runtime/ports.ts';
import { SOURCES } from '../../src/main/engine/sources/registry.ts';
import { bentHttp, bodyMapped, FIXTURES } from '../conformance/vendor-fixture.ts';
import { testWorkspace } from '../contract/test-workspace.ts';
import { vario } from '../unit/cli/run-vario.ts';
import { plainMonth } from '../../src/shared/kernel/day.ts';
import { NOW } from '../support/synced-company.ts';
import { filesBelow, holding } from './written-files.ts';

/** Waits between tries are no part of this. */
const impatient: Clock = {
  now: () => systemClock.now(),
  async sleep(ms, signal) {
    await systemClock.sleep(Math.min(ms, 0), signal);
  },
};

async function start() {
  const servers = await startDemoServers({ now: NOW, scale: 0.02 });
  onTestFinished(() => servers.close());
  const logs = mkdtempSync(join(tmpdir(), 'vario-secrets-'));
  onTestFinished(() => rmSync(logs, { recursive: true, force: true }));
  const logFile = openLogFile(logs);
  const told: NativeNotification[] = [];
  const http = bentHttp(systemHttp);
  const workspace = testWorkspace({
    worksByItself: false,
    ports: {
      http,
      clock: impatient,
      logger: createLogger({ file: logFile, level: 'debug', stderrLevel: null }),
      notify: (notification) => told.push(notification),
    },
  });
  onTestFinished(() => workspace.remove());
  await workspace.host.context.session.openDemo();
  const client = createRouterClient(createCallRouter(), { context: workspace.host.context });
  const logText = () =>
    readdirSync(logs)
      .map((name) => readFileSync(join(logs, name), 'utf8'))
      .join('\n');
  const ended = async (jobId: number) => {
    await vi.waitFor(async () => expect((await client.jobs.get({ jobId })).endedAt).not.toBeNull(), {
      timeout: 180_000,
      interval: 50,
    });
  };
  return { servers, http, client, told, logText, ended, folder: workspace.dataDir };
}

/** An unkind vendor: says back everything that it was told. */
function echo(code: number, { url, headers, body }: HttpRequest): HttpResponse {
  const message = `Status ${code} for ${url} with ${JSON.stringify(headers)} ${String(body ?? '')}`;
  const text = JSON.stringify({ error: { type: 'invalid_request_error', message }, message, errors: [{ message }] });
  return {
    status: code,
    headers: { 'content-type': 'application/json', 'x-echo': message },
    body: new TextEncoder().encode(text),
  };
}

/** `Bearer x` → `x`; what `Basic` packs, packed and unpacked. */
function wordsOf(authorisation: string): string[] {
  const [scheme, packed = ''] = authorisation.split(' ');
  return scheme === 'Basic' ? [packed, Buffer.from(packed, 'base64').toString().split(':')[1] ?? packed] : [packed];
}

it('leaves the engine by no call, no notification and no log', async () => {
  const { servers, http, client, told, logText, ended, folder } = await start();
  const secrets: string[] = [];
  const said: unknown[] = [];
  const hear = async (work: Promise<unknown>): Promise<void> => {
    said.push(await work.catch((error: unknown) => JSON.stringify(error, Object.getOwnPropertyNames(Object(error)))));
  };
  const connections = [];
  for (const fixture of FIXTURES) {
    const connection = { vendor: fixture.vendor, ...(await fixture.connection(servers)) };
    connections.push(connection);
    secrets.push(...Object.values(connection.secrets));
    await hear(client.sources.check(connection));
    const { jobId } = await client.sources.connect({ ...connection, name: fixture.vendor });
    await ended(jobId);
  }
  const listed = await client.sources.list();
  expect(listed).toHaveLength(SOURCES.length);
  for (const code of [400, 401, 403, 404, 409, 500]) {
    http.bend = async (request) => {
      // Tokens that were exchanged for a secret are secrets.
      secrets.push(
        ...Object.entries(request.headers).flatMap(([name, value]) => (/authori/i.test(name) ? wordsOf(value) : [])),
      );
      return echo(code, request);
    };
    await ended((await client.sources.sync({ full: true })).jobId);
    for (const connection of connections) await hear(client.sources.check(connection));
    for (const { sourceId } of listed) await hear(client.sources.edit({ sourceId, config: {} }));
  }
  // Records that cannot be read are kept as they came: the vendor puts no secret into them, and neither does Vario.
  http.bend = bodyMapped((text, url) => FIXTURES.reduce((spoilt, fixture) => fixture.spoil(spoilt, url), text));
  await ended((await client.sources.sync({ full: true })).jobId);

  await hear(client.sources.completeness());
  await hear(client.sources.quarantine({ limit: 200 }));
  await hear(client.sources.rateDifferences());
  await hear(client.workspace.get());
  await hear(client.jobs.list({ limit: 100 }));
  await hear(client.alerts.list({ state: 'all', limit: 200 }));
  await hear(client.session.status());
  // All that a board pack is printed from; test/e2e/report.spec.ts walks the printed file.
  await hear(client.reports.boardPack({ month: plainMonth('2026-10') }));
  said.push(await client.sources.list(), told);
  for (const { sourceId } of listed) {
    await hear(client.sources.holdings({ sourceId }));
    await hear(client.sources.budgets({ sourceId }));
  }
  // Everything that can be written to a file: tables, workbooks, diagnostics, backups.
  for (const format of ['csv', 'xlsx'] as const) await ended((await client.data.exportAll({ format })).jobId);
  await client.diagnostics.save();
  said.push(await client.diagnostics.preview());
  await ended((await client.workspace.backUp()).jobId);
  const files = filesBelow(folder);
  const names = [...files.keys()].join('\n');
  for (const kind of [/!source\.csv$/m, /!xl\/worksheets\//m, /!settings\.json$/m, /\.vario-backup$/m])
    expect(names).toMatch(kind);
  // Looking works: the name of a vendor stands in the tables, and in the workbook.
  expect(holding(files, 'frankfurter').length).toBeGreaterThan(1);
  // A fixture's key of one letter thirty times over stands in the name of another fixture's field.
  const telling = [...new Set(secrets)].filter((secret) => secret.length > 4 && !/^(.)\1*$/.test(secret));
  expect(telling.length).toBeGreaterThan(SOURCES.length / 2);
  for (const secret of telling) expect(holding(files, secret)).toEqual([]);

  const all = `${JSON.stringify(said)}\n${logText()}`;
  expect(logText().length).toBeGreaterThan(1_000);
  expect(secrets.length).toBeGreaterThan(SOURCES.length);
  expect([...new Set(secrets)].filter((secret) => secret.length > 4 && all.includes(secret))).toEqual([]);
  // The looking itself works: what was said is in there.
  expect(all).toContain('auth_failed');
}, 300_000);

it('is taken by no argument of the command line', async () => {
  const { out } = await vario(['connect', '--help']);
  const options = [...out.matchAll(/--([a-z-]+)/g)].map(([, option = '']) => option);
  expect(options).toContain('secret-file');
  const secrets = SOURCES.flatMap(({ fields }) => fields.filter(({ secret }) => secret).map(({ name }) => name));
  const kebab = (name: string) => name.replaceAll(/([A-Z])/g, (letter) => `-${letter.toLowerCase()}`);
  expect(options.filter((option) => secrets.map(kebab).includes(option))).toEqual([]);
  // Nor as one of the settings, which are arguments.
  for (const { title, parse, fields } of SOURCES)
    for (const { name } of fields.filter(({ secret }) => secret))
      expect(() => parse({ [name]: 'canary' }, {}), title).not.toThrow(/canary/);
});
