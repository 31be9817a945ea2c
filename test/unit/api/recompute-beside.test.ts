import { createRouterClient } from '@orpc/server';
import { afterEach, expect, test, vi } from 'vitest';
import { startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { createCallRouter } from '../../../src/main/engine/index.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { testWorkspace, type TestWorkspace } from '../../contract/test-workspace.ts';

let workspace: TestWorkspace | null = null;
let vendors: DemoServers | null = null;
afterEach(async () => {
  vi.restoreAllMocks();
  await workspace?.remove();
  await vendors?.close();
});

test('a ledger computed in many slices equals its rebuild, and calls are answered in between', async () => {
  vendors = await startDemoServers({ scale: 1.5 });
  const servers = vendors;
  workspace = testWorkspace({ ports: { http: systemHttp, startDemo: () => Promise.resolve(servers) } });
  await workspace.host.context.session.openDemo();
  const client = createRouterClient(createCallRouter(), { context: workspace.host.context });
  const ended = async (jobId: number) => {
    await vi.waitFor(async () => expect((await client.jobs.get({ jobId })).endedAt).not.toBeNull(), {
      timeout: 180_000,
    });
    expect(await client.jobs.get({ jobId })).toMatchObject({ state: 'done' });
  };
  await ended((await client.workspace.startDemo()).jobId);

  // A clock that leaps makes every step its own slice.
  let leaping = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (leaping += 1_000));
  await client.workspace.update({ reportingCurrency: currencyCode('EUR') });
  const [job] = await client.jobs.list({ limit: 1 });
  const answers = client.workspace.get();
  expect((await answers).reportingCurrency).toBe('EUR');
  await ended(job?.jobId ?? 0);
  vi.restoreAllMocks();

  const { customers, differences } = workspace.host.engine().verifyLedger();
  expect(differences).toEqual([]);
  expect((await client.jobs.get({ jobId: job?.jobId ?? 0 })).result).toMatchObject({ recomputed: customers });
}, 180_000);
