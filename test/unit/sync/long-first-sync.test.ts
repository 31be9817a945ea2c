/** A first sync that takes long: how long still, what is whole meanwhile, and what a rest in the middle does to it. */
import { describe, expect, it } from 'vitest';
import { listSources } from '../../../src/main/engine/api/source-list.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import type { Http } from '../../../src/main/engine/runtime/ports.ts';
import { wholeHistory } from '../../../src/main/engine/metrics/index.ts';
import { pauseSource, resumeSource } from '../../../src/main/engine/sync/index.ts';
import { remainingTime } from '../../../src/main/engine/sync/remaining-time.ts';
import { startOfDay, UTC } from '../../../src/shared/kernel/day.ts';
import { addMs, DAY_MS, instant, SECOND_MS } from '../../../src/shared/kernel/instant.ts';
import { rejectionOf } from '../../support/store.ts';
import { logicalDump, NOW, testCompany } from '../../support/synced-company.ts';

describe('the remaining time', () => {
  function course(lists: readonly string[]) {
    let now = instant(0);
    const time = remainingTime(lists, () => now);
    return {
      time,
      /** A page of the list arrives so many seconds later. */
      page: (stream: string, seconds: number, fetched: number, total: number | null): void => {
        now = addMs(now, seconds * SECOND_MS);
        time.note({ stream, title: stream, fetched, total });
      },
    };
  }

  it('is what is known to come at the pace measured lately', () => {
    const { time, page } = course(['invoices']);
    page('invoices', 0, 100, 10_000);
    page('invoices', 10, 1_100, 10_000);
    expect(time.estimate()).toEqual({ remainingSeconds: 89, perSecond: 100 });
    // Slower for the last minute: what was before does not count any more.
    for (let n = 1; n <= 12; n += 1) page('invoices', 10, 1_100 + n * 100, 10_000);
    expect(time.estimate()).toEqual({ remainingSeconds: 770, perSecond: 10 });
  });

  it('is unknown while a pace cannot be measured yet', () => {
    const { time, page } = course(['invoices']);
    page('invoices', 0, 100, 10_000);
    page('invoices', 2, 400, 10_000);
    expect(time.estimate()).toEqual({ remainingSeconds: null, perSecond: null });
  });

  it('is unknown while any list has not begun, or does not say how much is to come', () => {
    const { time, page } = course(['invoices', 'charges']);
    page('invoices', 0, 100, 1_000);
    page('invoices', 10, 500, 1_000);
    expect(time.estimate().remainingSeconds).toBeNull();
    page('charges', 0, 100, null);
    page('charges', 10, 200, null);
    expect(time.estimate().remainingSeconds).toBeNull();
    time.ended('charges');
    expect(time.estimate().remainingSeconds).toBe(13);
  });

  it('is that of the slowest list, because they run side by side', () => {
    const { time, page } = course(['invoices', 'charges']);
    page('invoices', 0, 0, 1_000);
    page('charges', 0, 0, 1_000);
    page('invoices', 10, 900, 1_000);
    page('charges', 0, 100, 1_000);
    expect(time.estimate().remainingSeconds).toBe(90);
    time.ended('charges');
    time.ended('invoices');
    // What follows the lists does not say how long it takes before it begins.
    expect(time.estimate().remainingSeconds).toBeNull();
    page('usage', 0, 0, 300);
    page('usage', 10, 100, 300);
    expect(time.estimate().remainingSeconds).toBe(20);
  });

  it('stands still while nothing comes: the pace sinks with every second without a page', () => {
    const { time, page } = course(['invoices']);
    page('invoices', 0, 0, 1_000);
    page('invoices', 10, 500, 1_000);
    page('invoices', 40, 550, 1_000);
    expect(time.estimate().remainingSeconds).toBe(41);
  });
});

/** A company whose vendor can be made to stop answering after so many requests of a path. */
async function interruptible() {
  const stop = { path: '', after: Infinity, act: (): void => undefined };
  let seen = 0;
  const http: Http = async (request) => {
    if (new URL(request.url).pathname === stop.path) {
      seen += 1;
      if (seen === stop.after) stop.act();
    }
    return await systemHttp(request);
  };
  const made = await testCompany({ scale: 0.2, http });
  const cut = (path: string, after: number, act: () => void): void => {
    seen = 0;
    Object.assign(stop, { path, after, act });
  };
  return { ...made, cut };
}

describe('the history', () => {
  it('is not whole on any day before customers and subscriptions are there, then from a day on, then altogether', async () => {
    const { cut, sync, db } = await interruptible();
    const history = (): ReturnType<typeof wholeHistory> => wholeHistory(db, UTC);
    expect(history()).toEqual({ complete: true, from: null });

    const stop = new AbortController();
    cut('/v1/subscriptions', 1, () => stop.abort());
    await rejectionOf(sync({ signal: stop.signal }));
    expect(history()).toEqual({ complete: false, from: null });

    const again = new AbortController();
    cut('/v1/invoices', 12, () => again.abort());
    await rejectionOf(sync({ signal: again.signal }));
    const { complete, from } = history();
    expect(complete).toBe(false);
    expect(from).not.toBeNull();
    // What is called whole is: every invoice of those days is stored.
    const stored = (since: number): number =>
      db.prepare<[number], { n: number }>('SELECT count(*) AS n FROM invoice WHERE created_at >= ?').first(since)?.n ??
      0;
    const since = from === null ? 0 : startOfDay(from, UTC);
    const early = stored(since);
    expect(early).toBeGreaterThan(0);
    const all = stored(0);

    cut('', Infinity, () => undefined);
    await sync();
    expect(history()).toEqual({ complete: true, from: null });
    expect(stored(since)).toBe(early);
    expect(stored(0)).toBeGreaterThan(all);
  });
});

describe('a source that rests in the middle of its first sync', () => {
  it.each([
    ['the same day', 0],
    ['after five days, with what happened meanwhile', 5],
    ['after forty days, when the events of the first ten are gone', 40],
  ])('goes on %s and ends like one that never rested', async (_, days) => {
    const { cut, sync, db, deps, sourceId, servers } = await interruptible();
    cut('/v1/charges', 3, () => pauseSource(deps, sourceId));
    expect(await rejectionOf(sync())).toMatchObject({ code: 'cancelled' });
    const state = (): unknown => db.first(db.build.selectFrom('source').select('state'));
    expect(state()).toEqual({ state: 'paused' });
    const charges = (): number => db.prepare<[], { n: number }>('SELECT count(*) AS n FROM charge').first()?.n ?? 0;
    const kept = charges();
    expect(kept).toBeGreaterThan(0);

    const active = db
      .prepare<[], { id: string }>(`SELECT id FROM subscription WHERE status = 'active' ORDER BY id LIMIT 1`)
      .first();
    if (days > 0) {
      servers.control.cancelSubscription(active?.id ?? '', { immediately: true });
      servers.control.advance(days * DAY_MS);
    }
    // The list of sources says until when the vendor tells what changed, from the beginning of the first sync on.
    const [listed] = listSources(db);
    expect(listed?.changesKeptUntil).toBe(addMs(NOW, 30 * DAY_MS));
    cut('', Infinity, () => undefined);
    resumeSource(deps, sourceId);
    expect(state()).toEqual({ state: 'ready' });
    const { streams, notes } = await sync();
    expect(streams.filter(({ complete }) => !complete).map(({ stream, proof }) => `${stream}: ${proof}`)).toEqual([]);
    expect(notes.filter((note) => note.includes('everything is listed again'))).toHaveLength(days > 30 ? 1 : 0);
    expect(charges()).toBe(servers.control.count('charges'));

    const whole = await testCompany({ scale: 0.2, now: servers.control.now() });
    if (days === 0) {
      await whole.sync();
      expect(logicalDump(db)).toEqual(logicalDump(whole.db));
    }
  });
});
