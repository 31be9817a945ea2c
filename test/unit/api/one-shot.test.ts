/** A command that comes days after the last sync, and does no work by itself, still answers for today. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../../src/main/engine/api/create-engine.ts';
import { metricsContext } from '../../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { recompute } from '../../../src/main/engine/metrics/index.ts';
import { systemRandom } from '../../../src/main/engine/runtime/index.ts';
import type { SubscriptionSighting } from '../../../src/main/engine/domain/index.ts';
import { openWriter } from '../../../src/main/engine/store/open.ts';
import { factWriter } from '../../../src/main/engine/store/tables/fact-writer.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { READER_WORKER_URL } from '../../contract/test-workspace.ts';
import { fakeClock, recordingLogger, temporaryFolder } from '../../support/engine-ports.ts';
import { at, item, price, subscription } from '../metrics/support/company.ts';

const KEY = () => new Uint8Array(32).fill(5);
const SYNCED = instantOfIso('2026-11-01T12:00:00Z');

/** A trial that ends and a subscription that leaves on 10 November, read on the 1st. */
function storedCompany(): string {
  const file = join(temporaryFolder(), 'vario.db');
  const { db, close } = openWriter(file, KEY());
  db.prepareWrite(
    `INSERT INTO source (source_id, vendor, name, config, state, connected_at) VALUES (1, 'stripe', 'Stripe', '{}', 'ready', 0)`,
  ).run();
  const write = factWriter(db, 1, 'stripe');
  const read = (value: SubscriptionSighting['subscription']) => {
    write({
      kind: 'customer',
      value: {
        id: value.customerId,
        seenAt: at('2026-01-01'),
        name: value.customerId,
        email: null,
        description: null,
        currency: null,
        country: null,
        createdAt: at('2026-01-01'),
        deleted: false,
        delinquent: false,
        balanceMinor: 0,
        discounts: [],
        metadata: {},
      },
    });
    const sighting = { subscription: value, seenAt: SYNCED, by: 'read', eventId: null, eventType: null } as const;
    write({ kind: 'subscription', value: sighting });
  };
  const items = [item(price({ unitAmount: '10000' }))];
  const trialEnd = at('2026-11-10');
  const trial = { status: 'trialing', trialStart: at('2026-10-20'), trialEnd } as const;
  read(subscription(at('2026-10-20'), { customerId: 'trying', items, ...trial }));
  const leaving = { cancelAt: at('2026-11-10'), canceledAt: at('2026-10-25') };
  read(subscription(at('2026-01-01'), { customerId: 'leaving', items, ...leaving }));
  recompute(db, metricsContext(readWorkspace(db), SYNCED));
  close();
  return file;
}

async function askedOn(file: string, day: string) {
  const engine = await createEngine(
    {
      clock: fakeClock(`${day}T12:00:00Z`),
      random: systemRandom,
      http: () => Promise.reject(new Error('A one-shot command asks nobody')),
      logger: recordingLogger(),
      notify: () => undefined,
      documentsDir: temporaryFolder(),
      readerWorkerUrl: READER_WORKER_URL,
      printPdf: null,
      startDemo: () => Promise.reject(new Error('No demo here')),
      store: { file, key: KEY() },
    },
    { program: 'metrics', worksByItself: false },
  );
  onTestFinished(() => engine.close());
  const { rows } = await engine.calls.ask('customers.list', {
    sort: 'name',
    direction: 'asc',
    offset: 0,
    limit: 10,
  });
  const { mrr, trialMrr, cmrr } = await engine.calls.ask('metrics.snapshot', { asOf: plainDay(day) });
  await engine.close();
  return { mrr, trialMrr, cmrr, customers: rows.map(({ name, state, mrr: each }) => [name, state, each]) };
}

test('customers and figures are those of the day on which they are asked for', async () => {
  const file = storedCompany();
  expect(await askedOn(file, '2026-11-02')).toEqual({
    mrr: 10_000,
    trialMrr: 10_000,
    cmrr: 0,
    customers: [
      ['leaving', 'cancelling', 10_000],
      ['trying', 'trialing', 0],
    ],
  });
  expect(await askedOn(file, '2026-11-15')).toEqual({
    mrr: 10_000,
    trialMrr: 0,
    cmrr: 10_000,
    customers: [
      ['leaving', 'churned', 0],
      ['trying', 'paying', 10_000],
    ],
  });
});
