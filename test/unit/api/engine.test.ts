import { afterEach, describe, expect, test, vi } from 'vitest';
import { createRouterClient } from '@orpc/server';
import { serviceTruth, startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { addDays, dayAt, UTC } from '../../../src/shared/kernel/day.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { createCallRouter } from '../../../src/main/engine/index.ts';
import { systemHttp, type Http, type NativeNotification } from '../../../src/main/engine/runtime/index.ts';
import { testWorkspace, type TestWorkspace } from '../../contract/test-workspace.ts';

let workspace: TestWorkspace | null = null;
let vendors: DemoServers | null = null;
afterEach(async () => {
  await workspace?.remove();
  await vendors?.close();
  workspace = null;
  vendors = null;
});

const UNREADABLE = 'The answer makes no sense';
/** Origins whose answers nobody can read. */
const unreadable = new Set<string>();
const http: Http = (request) =>
  unreadable.has(new URL(request.url).origin)
    ? Promise.reject(new AppError('source_failed', UNREADABLE))
    : systemHttp(request);

async function start() {
  unreadable.clear();
  const notifications: NativeNotification[] = [];
  const servers = await startDemoServers({ scale: 0.1 });
  vendors = servers;
  workspace = testWorkspace({
    ports: { http, startDemo: () => Promise.resolve(servers), notify: (each) => notifications.push(each) },
  });
  await workspace.host.context.session.openDemo();
  const { context } = workspace.host;
  const client = createRouterClient(createCallRouter(), { context });
  const ended = async (jobId: number) => {
    await vi.waitFor(async () => expect((await client.jobs.get({ jobId })).endedAt).not.toBeNull(), {
      timeout: 180_000,
      interval: 50,
    });
    return await client.jobs.get({ jobId });
  };
  return { client, servers, notifications, ended };
}

describe('the demo company', () => {
  test('is synced, counted and watched in one job; a second one and a mixed workspace are refused', async () => {
    const { client, servers, ended, notifications } = await start();
    const { jobId } = await client.workspace.startDemo();
    expect(await ended(jobId)).toMatchObject({ state: 'done', error: null });
    expect(await client.workspace.get()).toMatchObject({ companyName: 'Kestrel Labs', demo: true });
    // What came from a file is not synced.
    const listed = (await client.sources.list()).filter(({ family }) => family !== 'files');
    expect(listed.map(({ vendor }) => vendor)).toEqual(
      expect.arrayContaining(['stripe', 'hubspot', 'intercom', 'frankfurter']),
    );
    expect(listed.filter(({ state, lastError }) => state !== 'ready' || lastError !== null)).toEqual([]);
    const stripe = listed.find(({ vendor }) => vendor === 'stripe');
    expect(stripe?.streams.every(({ complete }) => complete)).toBe(true);
    const now = servers.control.now();
    const to = dayAt(now, UTC);
    const from = addDays(to, -364);
    const truth = serviceTruth(servers.control.desks.story, from, to, now);
    const { nps } = truth;
    expect((await client.support.nps({ from, to })).total).toMatchObject({
      people: nps.people,
      score: { value: (100 * (nps.promoters - nps.detractors)) / nps.people },
    });
    const desk = await client.support.desk({ from, to });
    expect([desk.times.opened, desk.open.total]).toEqual([truth.opened, truth.open]);
    const { mrr, arr } = await client.metrics.snapshot({});
    expect(mrr).toBeGreaterThan(0);
    expect(Math.round((arr ?? 0) / 12)).toBe(mrr);
    expect(
      notifications.map(({ title }) => title),
      'old history raises no notification; what stands today and what came to light after it does',
    ).toEqual([expect.stringMatching(/^MRR fell .* the target is/), expect.stringMatching(/^Sorrel Grid has left/)]);
    await expect(client.workspace.startDemo()).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('sources', () => {
  test('one that fails is shown, while the others are synced and counted, and a churn is told once', async () => {
    const { client, servers, ended, notifications } = await start();
    await ended((await client.workspace.startDemo()).jobId);
    unreadable.add(new URL(servers.frankfurter.apiBase).origin);
    const [leaving] = (await client.customers.list({ state: 'paying', limit: 1 })).rows;
    if (!leaving) throw new Error('The demo company has a paying customer');
    const { subscriptions } = await client.customers.get({ customerId: leaving.customerId });
    for (const { subscriptionId, mrr } of subscriptions)
      if (mrr !== 0) servers.control.cancelSubscription(subscriptionId, { immediately: true });
    const job = await ended((await client.sources.sync({ full: true })).jobId);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'source_failed', message: UNREADABLE } });
    const listed = (await client.sources.list()).filter(({ family }) => family !== 'files');
    expect(listed.filter(({ state }) => state !== 'ready').map(({ vendor, state }) => [vendor, state])).toEqual([
      ['frankfurter', 'failing'],
    ]);
    const [churned] = (await client.alerts.list({ state: 'open' })).rows.filter(
      ({ rule }) => rule === 'customer_churned',
    );
    expect(churned?.title).toContain(leaving.name);
    expect(notifications.filter(({ title }) => title === churned?.title)).toHaveLength(1);
    await ended((await client.sources.sync({})).jobId);
    expect(notifications.filter(({ title }) => title === churned?.title)).toHaveLength(1);
  });
});

describe('settings', () => {
  test('another reporting currency means another ledger, computed without being asked', async () => {
    const { client, ended } = await start();
    await ended((await client.workspace.startDemo()).jobId);
    const before = await client.metrics.snapshot({});
    await client.workspace.update({ reportingCurrency: currencyCode('EUR') });
    const [job] = await client.jobs.list({ limit: 1 });
    expect(job?.kind).toBe('recompute');
    await ended(job?.jobId ?? 0);
    const after = await client.metrics.snapshot({});
    expect(after.currency).toBe('EUR');
    expect(after.mrr).not.toBe(before.mrr);
  });
});
