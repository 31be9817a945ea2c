/**
 * The real program behind the pages under test, in a process of its own: the
 * demo company's servers, a data directory, the engine and the browser host.
 * Started by fork; answers messages, so that a test can let things happen at
 * the vendor and ask the engine behind the page's back.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { createCallRouter } from '../../../src/main/engine/index.ts';
import {
  createLogger,
  systemClock,
  systemHttp,
  systemRandom,
  type Clock,
  type Http,
} from '../../../src/main/engine/runtime/index.ts';
import { startBrowserHost, type BrowserHost } from '../../../src/main/hosts/headless/browser-host.ts';
import { printPage } from '../../../src/main/hosts/headless/pdf-printer.ts';
import { READER_WORKER_URL, rendererDir } from '../../../src/main/hosts/installation.ts';
import { createCallServer } from '../../../src/main/hosts/transport/serve-calls.ts';
import { createWorkspaceHost } from '../../../src/main/hosts/workspace-host.ts';
import { addMs, instant, MINUTE_MS, SECOND_MS } from '../../../src/shared/kernel/instant.ts';
import { damage } from './damage.ts';
import { runNow } from './moment.ts';
import type { HostRequest, HostResponse, PreparedCompany, Start, VendorMood } from './host-messages.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'vario-e2e-'));
const logger = createLogger({ file: null, stderrLevel: 'error' });
let demo: DemoServers | null = null;
let browserHost: BrowserHost | null = null;
let demoScale: number | undefined;
let prepared: PreparedCompany | undefined;
let mood: VendorMood = {};
const wrongOnes = new Set<unknown>();
let aheadMs = 0;
const clock: Clock = { ...systemClock, now: () => addMs(runNow(), aheadMs) };

const REFUSAL = JSON.stringify({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } });

/** The demo's vendors, as they happen to feel. */
async function moodyVendor(request: Parameters<Http>[0]): ReturnType<Http> {
  if (mood.slow !== undefined) await systemClock.sleep(mood.slow, request.signal);
  const response = await systemHttp(request);
  if (mood.refusing === true) return { ...response, status: 401, body: new TextEncoder().encode(REFUSAL) };
  if (mood.wrong !== true || !new URL(request.url).pathname.startsWith('/v1/invoices')) return response;
  const body = JSON.parse(new TextDecoder().decode(response.body)) as Record<string, unknown>;
  for (const object of Array.isArray(body['data']) ? body['data'] : [body]) {
    if (wrongOnes.size < 3) wrongOnes.add(object.id);
    if (wrongOnes.has(object.id)) object.currency = 'seashells';
  }
  return { ...response, body: new TextEncoder().encode(JSON.stringify(body)) };
}

const workspace = createWorkspaceHost({
  dataDir,
  host: 'browser',
  version: '0.1.0',
  program: 'end-to-end test',
  keychain: null,
  demo: { dir: join(dataDir, 'demo'), documentsDir: null },
  ports: {
    clock,
    random: systemRandom,
    http: moodyVendor,
    logger,
    notify: () => undefined,
    documentsDir: join(dataDir, 'documents'),
    readerWorkerUrl: READER_WORKER_URL,
    printPdf: async (request, signal) => printPage(host(), request, signal, systemClock),
    startDemo: async () => await demoServers(),
  },
});
const router = createCallRouter();
const client = createRouterClient(router, { context: workspace.context });

async function demoServers(): Promise<DemoServers> {
  // Stripe tells whole seconds.
  const now = instant(clock.now() - (clock.now() % SECOND_MS));
  demo ??= await startDemoServers({ now, ...(demoScale !== undefined && { scale: demoScale }) });
  return demo;
}

function host(): BrowserHost {
  if (browserHost === null) throw new Error('the host was not started');
  return browserHost;
}

async function start(how: Start): Promise<void> {
  demoScale = how.scale;
  prepared = how.prepared;
  if (prepared) {
    cpSync(prepared.dir, dataDir, { recursive: true });
    aheadMs = prepared.at - runNow();
  }
  const dir = rendererDir();
  if (dir === null) throw new Error('the renderer is not built: run npm run build');
  browserHost = await startBrowserHost({
    rendererDir: dir,
    calls: createCallServer(router, workspace.context, logger),
    logger,
  });
  if (!how.unlocked) return;
  if (prepared) await client.session.unlock({ passphrase: prepared.passphrase });
  else await client.session.openDemo();
}

async function leaveForCopies(passphrase: string): Promise<PreparedCompany> {
  const { stripe } = await demoServers();
  await client.session.lock();
  return { dir: dataDir, at: clock.now(), passphrase, stripe };
}

async function answer(request: HostRequest): Promise<unknown> {
  switch (request.do) {
    case 'start':
      await start(request);
      return host().origin;
    case 'address':
      return host().signInAddress(request.path);
    case 'fill': {
      const { jobId } = await client.workspace.startDemo();
      return await finished(jobId);
    }
    case 'sync': {
      const { jobId } = await client.sources.sync({});
      return await finished(jobId);
    }
    case 'snapshot':
      return await client.metrics.snapshot({});
    case 'alerts':
      return await client.alerts.list({ state: 'open', limit: 200 });
    case 'customers':
      return await client.customers.list({ limit: request.limit, sort: 'mrr', direction: 'desc' });
    case 'keys':
      return prepared?.stripe ?? (await demoServers()).stripe;
    case 'cancel': {
      if (prepared) throw new Error('A copy of the prepared company cannot change what the vendor has');
      (await demoServers()).control.cancelSubscription(request.subscription, { immediately: true });
      return null;
    }
    case 'subscriptions': {
      const { subscriptions } = await client.customers.get({ customerId: request.customerId });
      return subscriptions.map(({ subscriptionId, status }) => ({ subscriptionId, status }));
    }
    case 'create':
      await client.session.create({ keychain: false, passphrase: request.passphrase });
      return null;
    case 'lock':
      await client.session.lock();
      return null;
    case 'status':
      return await client.session.status();
    case 'backup':
      return workspace.engine().backup().file;
    case 'leave-for-copies':
      return await leaveForCopies(request.passphrase);
    case 'mood':
      mood = request.mood;
      return null;
    case 'later':
      aheadMs += request.minutes * MINUTE_MS;
      return null;
    case 'damage':
      await client.session.lock();
      await damage(dataDir, request.how, request.passphrase);
      return null;
    case 'files':
      return readdirSync(dataDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)));
    case 'stop':
      await stop();
      return null;
  }
}

async function finished(jobId: number): Promise<string> {
  for (;;) {
    const job = await client.jobs.get({ jobId });
    if (job.state === 'failed') throw new Error(job.error?.message ?? 'a job failed');
    if (job.state !== 'queued' && job.state !== 'running') return job.state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stop(): Promise<void> {
  await browserHost?.close();
  await workspace.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
}

process.on('message', (request: HostRequest) => {
  void answer(request)
    .then(
      (result): HostResponse => ({ id: request.id, ok: true, result }),
      (error: unknown): HostResponse => ({ id: request.id, ok: false, message: String(error) }),
    )
    .then((response) => {
      process.send?.(response);
      if (request.do === 'stop') process.disconnect();
    });
});

// The test is gone without a goodbye: nothing of it stays behind.
process.on('disconnect', () => {
  rmSync(dataDir, { recursive: true, force: true });
  process.exit();
});
