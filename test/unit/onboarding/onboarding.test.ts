import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { createCallRouter } from '../../../src/main/engine/index.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import type { OnboardingEvent } from '../../../src/shared/contract/onboarding.ts';
import { addMs, instantOfIso, MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { plainMonth } from '../../../src/shared/kernel/day.ts';
import { minor } from '../../../src/shared/kernel/money.ts';
import { testWorkspace, type TestWorkspace } from '../../contract/test-workspace.ts';
import { fakeClock, type FakeClock } from '../../support/engine-ports.ts';

const NOW = instantOfIso('2026-11-21T10:00:00Z');

let workspace: TestWorkspace;
let clock: FakeClock;
let client: ReturnType<typeof clientOf>;

function clientOf({ host }: TestWorkspace) {
  return createRouterClient(createCallRouter(), { context: host.context });
}

beforeEach(async () => {
  clock = fakeClock('2026-11-21T10:00:00Z');
  workspace = testWorkspace({ ports: { clock, http: systemHttp }, worksByItself: false });
  client = clientOf(workspace);
  await client.session.create({ keychain: false, passphrase: 'four calm otters glide' });
});
afterEach(() => workspace.remove());

const note = async (event: OnboardingEvent) => await client.onboarding.note({ event });
const done = async () =>
  (await client.onboarding.state()).checklist.items.filter((item) => item.done).map(({ id }) => id);

describe('the way in', () => {
  test('begins with Stripe, and is still there after the window was closed', async () => {
    expect(await client.onboarding.state()).toMatchObject({ step: 'stripe', postponed: false, startedAt: null });
    await client.onboarding.begin({ startedAt: NOW });
    await clock.advance(MINUTE_MS);
    await client.onboarding.begin({ startedAt: clock.now() });
    expect(await client.onboarding.state()).toMatchObject({ step: 'stripe', startedAt: NOW });
  });

  test('takes a beginning in the future for now', async () => {
    expect(await client.onboarding.begin({ startedAt: addMs(NOW, MINUTE_MS) })).toMatchObject({ startedAt: NOW });
  });

  test('can be put off, and stays where it was', async () => {
    await client.onboarding.begin({ startedAt: NOW });
    expect(await note('postponed')).toMatchObject({ step: 'stripe', postponed: true });
  });

  test('measures no first number where the ledger holds none', async () => {
    await client.onboarding.begin({ startedAt: NOW });
    expect(await note('firstNumber')).toMatchObject({ firstNumberAt: null });
  });

  describe('at a Stripe account', () => {
    let servers: DemoServers;
    beforeEach(async () => {
      servers = await startDemoServers({ scale: 0.02 });
    });
    afterEach(() => servers.close());

    const connection = () => ({
      vendor: 'stripe',
      config: { apiBase: servers.stripe.apiBase },
      secrets: { apiKey: servers.stripe.apiKey },
    });

    test('proposes the currency that the account is kept in', async () => {
      expect(await client.sources.check(connection())).toMatchObject({ ok: true, currency: 'USD' });
    });

    test('goes on to the company once Stripe is connected, and ends when that is confirmed', async () => {
      await client.onboarding.begin({ startedAt: NOW });
      await client.sources.connect({ ...connection(), name: 'Stripe' });
      expect(await client.onboarding.state()).toMatchObject({ step: 'company' });
      expect(await note('companyConfirmed')).toMatchObject({ step: 'done' });
    });

    test('asks for nothing where the source was connected in another way', async () => {
      await client.sources.connect({ ...connection(), name: 'Stripe' });
      expect(await client.onboarding.state()).toMatchObject({ step: 'done', checklist: { shown: false } });
    });
  });

  test('tells a publishable key apart from one that is misspelt', async () => {
    const check = (apiKey: string) => client.sources.check({ vendor: 'stripe', config: {}, secrets: { apiKey } });
    await expect(check('pk_live_123')).rejects.toThrow(/publishable key, which can read nothing/);
    await expect(check('live_123')).rejects.toThrow(/not a Stripe API key/);
  });
});

describe('the checklist', () => {
  test('reads what is done off the data', async () => {
    expect(await done()).toEqual([]);
    await client.workspace.update({ companyName: 'Kestrel Labs' });
    expect(await done()).toEqual(['company']);
    await client.workspace.update({ growthTarget: 0.08 });
    await client.costs.enter({
      costs: [
        {
          month: plainMonth('2026-10'),
          kind: 'marketing',
          channel: null,
          currency: 'USD',
          amount: minor(100),
        },
      ],
    });
    expect(await done()).toEqual(['company', 'costs', 'target']);
    await client.workspace.update({ growthTarget: null });
    expect(await done(), 'what is taken back is open again').toEqual(['company', 'costs']);
  });

  test('is shown to whoever came by the welcome page, until it is hidden, and comes back', async () => {
    const shown = async () => (await client.onboarding.state()).checklist.shown;
    expect(await shown()).toBe(false);
    await client.onboarding.begin({ startedAt: NOW });
    expect(await shown()).toBe(true);
    await note('checklistHidden');
    expect(await shown()).toBe(false);
    await note('checklistShown');
    expect(await shown()).toBe(true);
  });
});
