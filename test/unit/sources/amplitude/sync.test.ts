/** Amplitude as a source: archives of its export by day of upload, unpacked and rolled up while they stream by. */
import { expect, it } from 'vitest';
import { systemHttp } from '../../../../src/main/engine/runtime/index.ts';
import { HOUR_MS } from '../../../../src/shared/kernel/instant.ts';
import { TEST_EVENTS } from '../../../support/analytics-fixtures.ts';
import { AMPLITUDE_KEYS, startAmplitude, testEvents, type TestEvent } from '../../../support/analytics-servers.ts';
import { exportCompany, type ExportCompany } from '../../../support/export-company.ts';
import { rejectionOf } from '../../../support/store.ts';
import { NOW } from '../../../support/synced-company.ts';

async function company(): Promise<ExportCompany> {
  return await exportCompany(await startAmplitude(testEvents(NOW)), 'amplitude', {
    config: TEST_EVENTS,
    secrets: AMPLITUDE_KEYS,
  });
}

function distinct(events: readonly TestEvent[]): number {
  return new Set(events.map(({ id }) => id)).size;
}

const COUNTED = 'SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0';

it('counts every event once, on the day on which it happened, whenever it was uploaded', async () => {
  const c = await company();
  const { streams } = await c.sync();
  expect(streams).toMatchObject([{ complete: true }]);
  expect(c.first(COUNTED)).toEqual({ n: distinct(c.server.events) });
  // Two days late, and still of its own day: in the batch of another upload.
  const late = c.server.events.find(({ at, uploadedAt }) => uploadedAt - at > 24 * HOUR_MS);
  expect(late).toBeDefined();
  expect(
    c.first(`SELECT count(DISTINCT usage_batch_id) AS n FROM usage_event_day WHERE day_on = '2026-11-12'`),
  ).toEqual({ n: 2 });
});

it('knows accounts by their group, with what is told of it', async () => {
  const c = await company();
  await c.sync();
  expect(c.first(`SELECT name, domain, emails, channel FROM product_account WHERE id = 'beta'`)).toEqual({
    name: 'beta Inc',
    domain: 'beta.example',
    emails: '["beta-0@beta.example"]',
    channel: 'newsletter',
  });
});

it('asks for no hour that cannot be had yet, and reads the day again until it is over', async () => {
  const c = await company();
  await c.sync();
  // At noon what was uploaded by nine can be had.
  expect(c.server.requests.at(-1)).toMatch(/end=20261120T09$/);
  const latest = c.server.events.at(-1);
  if (latest) c.server.events.push({ ...latest, id: 'afternoon', at: NOW, uploadedAt: NOW });
  expect((await c.sync()).streams[0]).toMatchObject({ changed: 0 });
  c.skipAhead(3 * HOUR_MS);
  expect((await c.sync()).streams[0]?.changed).toBeGreaterThan(0);
  expect(c.first(COUNTED)).toEqual({ n: distinct(c.server.events) });
});

it('asks for single days, and for parts of a day, where an answer would be too large', async () => {
  const c = await company();
  c.server.mostHours = 6;
  const { streams } = await c.sync();
  expect(streams).toMatchObject([{ complete: true }]);
  expect(c.first(COUNTED)).toEqual({ n: distinct(c.server.events) });
  expect(c.server.requests.some((asked) => /start=\d{8}T06&end=\d{8}T11$/.test(asked))).toBe(true);
});

it('says so where a single hour is too large, and takes days without uploads for empty', async () => {
  const c = await company();
  c.server.mostHours = 0;
  const { streams } = await c.sync();
  expect(streams[0]).toMatchObject({ complete: false });
  expect(streams[0]?.proof).toContain('more than 4 GB in one hour');
  c.server.mostHours = Number.POSITIVE_INFINITY;
  c.server.events.length = 0;
  expect((await c.sync()).streams[0]).toMatchObject({ complete: true });
  expect(c.first(COUNTED)).toEqual({ n: null });
});

it('does not take half an archive for a whole one', async () => {
  const c = await company();
  c.http = async (request) => {
    const { receive, ...whole } = request;
    const response = await systemHttp(whole);
    receive?.()(response.body.subarray(0, Math.floor(response.body.length / 2)));
    return { ...response, body: new Uint8Array() };
  };
  expect((await rejectionOf(c.sync())).message).toMatch(/cut off|cannot be unpacked/);
  c.http = systemHttp;
  await c.sync();
  expect(c.first(COUNTED)).toEqual({ n: distinct(c.server.events) });
});
