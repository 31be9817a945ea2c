/** What a person says of events takes effect: at once where the rollup can tell, else after a sync that is asked for. */
import { expect, it } from 'vitest';
import { usageCommands } from '../../../src/main/engine/api/usage-commands.ts';
import { syncSource } from '../../../src/main/engine/sync/index.ts';
import { featureUse, usageMapping } from '../../../src/main/engine/usage/index.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import type { SourceId } from '../../../src/shared/kernel/ids.ts';
import { connectPostHog } from '../../support/analytics.ts';
import { rejectionOf } from '../../support/store.ts';
import { testCompany } from '../../support/synced-company.ts';

const signal = new AbortController().signal;

async function synced() {
  const company = await testCompany();
  const sourceId = (await connectPostHog(company)) as SourceId;
  await syncSource(company.deps, sourceId);
  const asked: number[] = [];
  const published: string[] = [];
  const changes = { publish: (...topics: readonly string[]) => void published.push(...topics) };
  const { db } = company;
  const commands = usageCommands({ db, sync: company.deps, changes }, (id) => asked.push(id));
  return { ...company, sourceId, commands, asked, published };
}

it('checks another mapping at the source, keeps it, and asks for one sync that reads the days again', async () => {
  const { db, deps, sourceId, commands, asked } = await synced();
  const { mapping } = usageMapping(db, { sourceId });
  const same = await commands['usage.saveMapping']({ sourceId, mapping }, signal);
  expect([same, asked]).toEqual([{ jobId: null }, []]);
  const other = { ...mapping, activationEvent: 'data exported' };
  await commands['usage.saveMapping']({ sourceId, mapping: other }, signal);
  expect(asked).toEqual([sourceId]);
  expect(usageMapping(db, { sourceId }).mapping).toEqual(other);
  const activated = () =>
    db.prepare<[], { n: number }>('SELECT count(*) AS n FROM product_account WHERE activated_at IS NOT NULL').first()
      ?.n;
  const before = activated();
  expect((await syncSource(deps, sourceId)).streams.filter(({ complete }) => !complete)).toEqual([]);
  expect(activated()).not.toBe(before);
});

it('keeps what was said before where the source refuses', async () => {
  const { db, sourceId, commands, servers, asked } = await synced();
  const { mapping } = usageMapping(db, { sourceId });
  servers.control.posthogFaults.add({ route: '*', fault: { kind: 'forbidden' } });
  const failure = await rejectionOf(
    Promise.resolve(commands['usage.saveMapping']({ sourceId, mapping: { ...mapping, signUpEvent: 'other' } }, signal)),
  );
  expect(failure.message).toContain('Query: Read');
  expect([usageMapping(db, { sourceId }).mapping, asked]).toEqual([mapping, []]);
});

it('shows features and limits at once, without any reading', async () => {
  const { db, sourceId, commands, asked, published } = await synced();
  await commands['usage.saveFeature']({ sourceId, event: 'report made', isFeature: false }, signal);
  const span = { from: plainDay('2026-10-01'), to: plainDay('2026-10-30') };
  expect(featureUse(db, span).rows.map(({ event }) => event)).not.toContain('report made');
  const limit = { sourceId, event: 'report made', measure: 'count', plan: 'Growth', customerId: null } as const;
  await commands['usage.saveLimit']({ ...limit, amount: 250 }, signal);
  expect(usageMapping(db, { sourceId }).limits).toMatchObject([{ plan: 'Growth', amount: 250 }]);
  expect([asked, published]).toEqual([[], ['sources', 'sources']]);
});
