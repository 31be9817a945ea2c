import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBroadcast } from '../../../src/main/engine/api/broadcast.ts';
import { createChangeHub } from '../../../src/main/engine/api/change-hub.ts';

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const read: Event[] = [];
  for await (const event of events) read.push(event);
  return read;
}

describe('a broadcast', () => {
  test('reaches every listener from the moment of listening on, in order', async () => {
    const broadcast = createBroadcast<number>();
    broadcast.send(1);
    const [first, second] = [broadcast.listen(), broadcast.listen()];
    broadcast.send(2);
    broadcast.send(3);
    broadcast.end();
    expect(await all(first)).toEqual([2, 3]);
    expect(await all(second)).toEqual([2, 3]);
  });

  test('ends quietly for a listener that gives up, also before its first read', async () => {
    const broadcast = createBroadcast<number>();
    const controller = new AbortController();
    const events = broadcast.listen(controller.signal);
    controller.abort();
    expect(await all(events)).toEqual([]);
    expect(broadcast.listeners).toBe(0);
    expect(await all(broadcast.listen(controller.signal))).toEqual([]);
  });

  test('hands out what is unread before it ends with an error', async () => {
    const broadcast = createBroadcast<number>();
    const events = broadcast.listen();
    broadcast.send(1);
    broadcast.end(new Error('over'));
    expect(await events.next()).toEqual({ done: false, value: 1 });
    await expect(events.next()).rejects.toThrow('over');
  });

  test('forgets a listener that stops reading', async () => {
    const broadcast = createBroadcast<number>();
    const events = broadcast.listen();
    broadcast.send(1);
    for await (const event of events) {
      expect(event).toBe(1);
      break;
    }
    expect(broadcast.listeners).toBe(0);
  });

  test('drops what a later event makes pointless', async () => {
    const broadcast = createBroadcast<{ job: number; done: number }>();
    const events = broadcast.listen(undefined, (later, earlier) => later.job === earlier.job);
    for (const done of [1, 2, 3]) broadcast.send({ job: 1, done });
    broadcast.send({ job: 2, done: 1 });
    broadcast.end();
    expect(await all(events)).toEqual([
      { job: 1, done: 3 },
      { job: 2, done: 1 },
    ]);
  });

  test('keeps a sleeping listener’s unread events within bounds', async () => {
    const broadcast = createBroadcast<number>();
    const events = broadcast.listen();
    for (let event = 1; event <= 5_000; event += 1) broadcast.send(event);
    broadcast.end();
    const read = await all(events);
    expect(read.length).toBeLessThanOrEqual(1_000);
    expect(read.at(-1)).toBe(5_000);
  });
});

describe('changes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('are gathered over a moment, each topic once, with a rising revision', async () => {
    const hub = createChangeHub();
    const changes = hub.watch();
    for (let page = 0; page < 100; page += 1) hub.publish('sources');
    hub.publish('ledger', 'alerts');
    vi.runAllTimers();
    hub.publish('ledger');
    vi.runAllTimers();
    expect((await changes.next()).value).toEqual({ topics: ['sources', 'ledger', 'alerts'], revision: 1 });
    expect((await changes.next()).value).toEqual({ topics: ['ledger'], revision: 2 });
  });

  test('what is gathered is told before the end', async () => {
    const hub = createChangeHub();
    const changes = hub.watch();
    hub.publish('session');
    hub.close(new Error('locked'));
    expect((await changes.next()).value).toMatchObject({ topics: ['session'] });
    await expect(changes.next()).rejects.toThrow('locked');
  });
});
