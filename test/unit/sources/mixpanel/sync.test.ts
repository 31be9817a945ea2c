/** Mixpanel as a source: its raw export, rolled up while it streams by. */
import { expect, it } from 'vitest';
import { systemHttp } from '../../../../src/main/engine/runtime/index.ts';
import { listQuarantine } from '../../../../src/main/engine/sync/index.ts';
import { dayAt, UTC } from '../../../../src/shared/kernel/day.ts';
import { instant } from '../../../../src/shared/kernel/instant.ts';
import { TEST_EVENTS } from '../../../support/analytics-fixtures.ts';
import {
  SERVICE_ACCOUNT,
  SERVICE_SECRET,
  startMixpanel,
  testEvents,
  type AnalyticsServer,
  type TestEvent,
} from '../../../support/analytics-servers.ts';
import { exportCompany, type ExportCompany } from '../../../support/export-company.ts';
import { rejectionOf } from '../../../support/store.ts';
import { NOW } from '../../../support/synced-company.ts';

async function company(server?: AnalyticsServer): Promise<ExportCompany> {
  return await exportCompany(server ?? (await startMixpanel(testEvents(NOW))), 'mixpanel', {
    config: { projectId: '2195193', serviceAccount: SERVICE_ACCOUNT, ...TEST_EVENTS },
    secrets: { secret: SERVICE_SECRET },
  });
}

function distinct(events: readonly TestEvent[]): TestEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}

it('counts every event once, however often the export holds it', async () => {
  const c = await company();
  const { streams } = await c.sync();
  expect(streams).toMatchObject([{ stream: 'usage', complete: true }]);
  const sent = distinct(c.server.events);
  expect(sent.length).toBe(c.server.events.length - 1);
  expect(c.first('SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0')).toEqual({ n: sent.length });
});

it('keeps days as the project tells them, with people counted once a day', async () => {
  const c = await company();
  await c.sync();
  const day = '2026-11-15';
  const that = distinct(c.server.events).filter(({ at }) => dayAt(instant(at), UTC) === day);
  const used = that.filter(({ name, company: of }) => name !== 'visited' && of === 'acme');
  expect(
    c.first(
      `SELECT d.count, d.users FROM usage_day d JOIN product_account a USING (product_account_id)
       WHERE a.id = 'acme' AND d.day_on = '${day}' AND d.product_event_id = 0`,
    ),
  ).toEqual({ count: used.length, users: new Set(used.map(({ person }) => person)).size });
});

it('notes of each account who it is, where it came from and when it took which step', async () => {
  const c = await company();
  await c.sync();
  const at = (name: string, company_: string) =>
    c.server.events.find((event) => event.name === name && event.company === company_)?.at ?? null;
  expect(
    c.first(`SELECT name, channel, emails, signed_up_at, activated_at FROM product_account WHERE id = 'beta'`),
  ).toEqual({
    name: 'beta Inc',
    channel: 'newsletter',
    emails: '["beta-0@beta.example"]',
    signed_up_at: at('signed up', 'beta'),
    activated_at: at('first report made', 'beta'),
  });
  expect(c.first(`SELECT activated_at FROM product_account WHERE id = 'cern'`)).toEqual({ activated_at: null });
  // Visitors are known by a hash alone.
  expect(c.first(`SELECT count(*) AS n FROM visitor`)).toEqual({ n: 4 });
});

it('counts active people of a week and a month from sketches, and says that they are not exact', async () => {
  const c = await company();
  await c.sync();
  const used = c.server.events.filter(({ name, at }) => name !== 'visited' && dayAt(instant(at), UTC) >= '2026-11-01');
  const people = new Set(used.map(({ person }) => person)).size;
  expect(
    c.first(`SELECT users, accounts, is_exact FROM active_user WHERE period = 'month' AND starts_on = '2026-11-01'`),
  ).toEqual({
    users: people,
    accounts: 3,
    is_exact: 0,
  });
});

it('reads the last days again, and replaces what came to them late', async () => {
  const c = await company();
  await c.sync();
  const before = c.first<{ n: number }>('SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0')?.n ?? 0;
  const [event] = c.server.events.filter(({ at }) => dayAt(instant(at), UTC) === '2026-11-17');
  if (event) c.server.events.push({ ...event, id: 'late' });
  c.server.requests.length = 0;
  const { streams } = await c.sync();
  expect(streams[0]).toMatchObject({ complete: true });
  expect(c.server.requests[0]).toContain('from_date=2026-11-16');
  expect(c.first('SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0')).toEqual({ n: before + 1 });
});

it('takes an export that ended early on the vendor’s side for no answer', async () => {
  const c = await company();
  c.http = async (request) => {
    const { receive, ...whole } = request;
    const response = await systemHttp(whole);
    receive?.()(Buffer.concat([response.body, Buffer.from('terminated early\n')]));
    return { ...response, body: new Uint8Array() };
  };
  expect((await rejectionOf(c.sync())).message).toContain('ended the export early');
  expect(c.first('SELECT count(*) AS n FROM usage_batch')).toEqual({ n: 0 });
});

it('forgets what it was given when the answer is cut and asked for again', async () => {
  const c = await company();
  let cuts = 0;
  c.http = async (request) => {
    const { receive, ...whole } = request;
    const response = await systemHttp(whole);
    const take = receive?.();
    if (take === undefined) return response;
    const isCut = cuts++ === 0;
    take(isCut ? response.body.subarray(0, response.body.length - 40) : response.body);
    return isCut ? { status: 503, headers: {}, body: new Uint8Array() } : { ...response, body: new Uint8Array() };
  };
  await c.sync();
  expect(cuts).toBeGreaterThan(1);
  expect(c.first('SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0')).toEqual({
    n: distinct(c.server.events).length,
  });
});

it('sets lines aside that are no events, and lets them go once the day reads well', async () => {
  const c = await company();
  const broken = async (...[request]: Parameters<typeof systemHttp>) => {
    const { receive, ...whole } = request;
    const response = await systemHttp(whole);
    receive?.()(Buffer.concat([Buffer.from('{"event": 7}\nnot json\n'), response.body]));
    return { ...response, body: new Uint8Array() };
  };
  await c.sync();
  c.http = broken;
  const { streams } = await c.sync();
  expect(streams[0]).toMatchObject({ complete: false, quarantined: 1 });
  expect(listQuarantine(c.db, { limit: 5 }).rows[0]?.reason).toMatch(/^“rows\.0/);
  c.http = systemHttp;
  expect((await c.sync()).streams[0]).toMatchObject({ complete: true, quarantined: 0 });
});

it('never lets the secret into what it says', async () => {
  const server = await startMixpanel(testEvents(NOW));
  const failure = await exportCompany(server, 'mixpanel', {
    config: { projectId: '2195193', serviceAccount: SERVICE_ACCOUNT },
    secrets: { secret: `${SERVICE_SECRET}x` },
  }).catch((error: unknown) => String(error));
  expect(failure).toContain('Mixpanel does not accept the service account');
  expect(failure).not.toContain(SERVICE_SECRET);
});
