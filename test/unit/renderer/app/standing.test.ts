import { describe, expect, it } from 'vitest';
import { standingOf, type Seen, type SyncedSource } from '../../../../src/renderer/app/freshness/standing.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { plainDay, UTC } from '../../../../src/shared/kernel/day.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../../src/shared/kernel/instant.ts';

const now = instant(1_000 * HOUR_MS);
const ago = (minutes: number) => instant(now - minutes * MINUTE_MS);
const source = (over: Partial<SyncedSource> = {}): SyncedSource => ({
  name: 'Stripe',
  family: 'billing',
  state: 'ready',
  lastSyncedAt: ago(5),
  staleAt: instant(now + HOUR_MS),
  streams: [{ complete: true }],
  ...over,
});
const seen = (over: Partial<Seen> = {}) =>
  standingOf(
    { connection: 'open', online: true, sources: [source()], history: { complete: true, from: null }, now, ...over },
    createFormatter('en-US', UTC),
  );

describe('how fresh and sure the figures are', () => {
  it('is good where the engine, the network, every source and the history are', () => {
    expect(seen()).toMatchObject({ trust: 'good', short: 'Synced 5 minutes ago' });
    expect(seen().lines.map(({ about }) => about)).toEqual(['Engine', 'Network', 'Sync', 'History']);
  });

  it('says first what matters most', () => {
    expect(seen({ connection: 'lost', online: false })).toMatchObject({
      trust: 'broken',
      short: 'Engine not reachable',
    });
    expect(seen({ online: false })).toMatchObject({ trust: 'doubtful', short: 'Offline' });
    expect(seen({ history: { complete: false, from: plainDay('2026-01-01') } }).short).toBe('Provisional');
    expect(seen({ sources: [source(), source({ name: 'HubSpot', state: 'failing' })] })).toMatchObject({
      trust: 'broken',
      short: 'HubSpot: sync fails',
    });
  });

  it('is as old as the source that was synced longest ago', () => {
    const old = source({ name: 'HubSpot', lastSyncedAt: ago(300), staleAt: ago(60) });
    expect(seen({ sources: [source(), old] })).toMatchObject({ trust: 'doubtful', short: 'Stale: synced 5 hours ago' });
    expect(seen({ sources: [source({ lastSyncedAt: null })] }).short).toBe('Stale: never synced');
  });

  it('says of each source what holds it up', () => {
    const texts = (over: Partial<SyncedSource>) => seen({ sources: [source(over)] }).lines[2]?.text;
    expect(texts({ state: 'paused' })).toBe('Stripe: is paused; last synced 5 minutes ago.');
    expect(texts({ streams: [{ complete: false }] })).toContain('incomplete');
    expect(texts({ state: 'syncing' })).toContain('is being synced');
  });

  it('leaves out files and sources that were cut off', () => {
    const cut = [source({ state: 'disconnected' }), source({ family: 'files' })];
    expect(seen({ sources: cut })).toMatchObject({ trust: 'good', short: 'No sources' });
  });
});
