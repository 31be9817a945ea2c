/** Closing through the engine's calls: by hand, by the calendar, reopened, and what comes to light afterwards. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { demoTruth, startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { createCallRouter, type CallRouter } from '../../../src/main/engine/index.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { addToMonth, monthOf, type PlainMonth } from '../../../src/shared/kernel/day.ts';
import { minor } from '../../../src/shared/kernel/money.ts';
import { testWorkspace, type TestWorkspace } from '../../contract/test-workspace.ts';
import { PATIENTLY } from '../../support/patience.ts';

let workspace: TestWorkspace;
let vendors: DemoServers;
let client: RouterClient<CallRouter>;
/** The demo company has closed every month through this one. */
let reported: PlainMonth;
let open: PlainMonth;

async function ended(jobId: number) {
  await vi.waitFor(async () => expect((await client.jobs.get({ jobId })).endedAt).not.toBeNull(), {
    timeout: 180_000,
    interval: 20,
  });
  return await client.jobs.get({ jobId });
}

beforeAll(async () => {
  vendors = await startDemoServers({ scale: 0.1 });
  workspace = testWorkspace({ ports: { http: systemHttp, startDemo: () => Promise.resolve(vendors) } });
  await workspace.host.context.session.openDemo();
  client = createRouterClient(createCallRouter(), { context: workspace.host.context });
  expect(await ended((await client.workspace.startDemo()).jobId)).toMatchObject({ state: 'done' });
  const { today } = await client.metrics.freshness();
  reported = addToMonth(monthOf(today), -2);
  open = addToMonth(monthOf(today), -1);
}, 180_000);
afterAll(async () => {
  await workspace.remove();
  await vendors.close();
});

describe('the demo company', () => {
  test('has closed all but its last month, and one agreement came to light after that', async () => {
    const { months, next, obstacles } = await client.closing.list();
    expect(next).toBe(open);
    expect(obstacles).toEqual([]);
    expect(months.filter(({ state }) => state === 'closed')).toHaveLength(months.length - 1);
    const { total, rows } = await client.closing.restatements({});
    expect(total).toBe(1);
    expect(rows).toMatchObject([
      { month: reported, line: 'new', customerName: 'Sorrel Grid', before: 0, after: 490_800, cause: 'late' },
    ]);
  });

  test('what is known of the restated month is the truth of the lives, the late agreement among them', async () => {
    const { known, reported: frozen, lines } = await client.closing.compare({ month: reported });
    const truth = demoTruth(vendors.control.company()).months.find(({ month }) => month === reported);
    expect(Math.abs((known.arr ?? 0) - (truth?.mrr.usd.annual ?? 0))).toBeLessThanOrEqual(2);
    expect((known.arr ?? 0) - (frozen.arr ?? 0)).toBe(490_800);
    for (const { line, reported: was, restated, known: is } of lines)
      expect([line, was + restated]).toEqual([line, is]);
  });
});

describe('closing', () => {
  test('by hand: a job closes the next month; closing it twice is refused with its reason', async () => {
    const job = await ended((await client.closing.close({ month: open })).jobId);
    expect(job).toMatchObject({ state: 'done', result: { closed: [open], waiting: [] } });
    const again = await ended((await client.closing.close({ month: open })).jobId);
    expect(again).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
    expect(again.error?.message).toContain('closed already');
  });

  test('reopening takes a reason and leaves the close; the calendar leaves the month alone, a hand closes it anew', async () => {
    await expect(client.closing.reopen({ month: open, reason: ' ' })).rejects.toThrow();
    await client.closing.reopen({ month: open, reason: 'an invoice was booked late' });
    await client.workspace.update({ closeOnDay: 1 });
    const [job] = await client.jobs.list({});
    expect(await ended(job?.jobId ?? 0)).toMatchObject({ kind: 'close', result: { closed: [] } });
    const anew = await ended((await client.closing.close({ month: open, through: true })).jobId);
    expect(anew).toMatchObject({ state: 'done', result: { closed: [open] } });
    expect((await client.closing.reported({ month: open })).stamp).toMatchObject({ version: 2, closedBy: 'hand' });
    expect((await client.closing.list()).automatic).toEqual({ day: 1, due: [] });
  });

  test('a cost entered for a closed month restates it without being asked', async () => {
    const cost = {
      month: reported,
      kind: 'marketing' as const,
      channel: 'late invoice',
      currency: 'USD',
      amount: minor(12_300),
    };
    await client.costs.enter({ costs: [{ ...cost, note: null }] });
    await vi.waitFor(async () => {
      const { rows } = await client.closing.restatements({ cause: 'costs' });
      expect(rows).toMatchObject([{ month: reported, line: 'costs', change: 12_300 }]);
    }, PATIENTLY);
  });

  test('another policy leaves what was reported, and every month still adds up', async () => {
    const before = await client.closing.reported({ month: open });
    await client.workspace.update({ policy: { base: 'chartmogul', name: 'Ours', discounts: 'none' } });
    const [job] = await client.jobs.list({});
    await ended(job?.jobId ?? 0);
    const { lines, reported: frozen, known, causes } = await client.closing.compare({ month: open });
    expect(frozen).toEqual(before.snapshot);
    expect([frozen.policy, known.policy]).toEqual(['vario', 'Ours']);
    expect(causes.map(({ cause }) => cause)).toContain('policy');
    for (const { line, reported: was, restated, known: is } of lines)
      expect([line, was + restated]).toEqual([line, is]);
  });
});

describe('what the figures rest on', () => {
  test('completeness holds the vendor’s counts and sums against ours', async () => {
    const [stripe] = await client.sources.completeness();
    const invoices = stripe?.streams.find(({ stream }) => stream === 'invoices');
    expect(invoices?.complete).toBe(true);
    expect(invoices?.listing?.stored).toBe(invoices?.listing?.listed);
    for (const { theirs, ours } of invoices?.listing?.sums ?? []) expect(ours).toBe(theirs);
  });

  test('kept records are read again on request, and nothing is restated by it', async () => {
    const before = (await client.closing.restatements({})).total;
    const job = await ended((await client.sources.retry()).jobId);
    expect(job).toMatchObject({ kind: 'renormalise', state: 'done', result: { released: 0 } });
    expect((await client.closing.restatements({})).total).toBe(before);
  });
});
