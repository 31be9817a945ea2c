import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { createEngineClient, isCommand } from '../../../../../src/renderer/lib/engine/client.ts';
import { EngineConnection, waitBefore, type Wire } from '../../../../../src/renderer/lib/engine/connection.ts';
import { failureOf, mayRepeat } from '../../../../../src/renderer/lib/engine/failure.ts';
import { withJob } from '../../../../../src/renderer/lib/engine/use-jobs.ts';
import type { Job } from '../../../../../src/shared/contract/jobs.ts';
import { instant } from '../../../../../src/shared/kernel/instant.ts';

/** A wire whose calls are answered by `answer`, and that can be cut. */
function fakeWire(answer: () => Promise<unknown>): Wire & { cut: () => void } {
  let cut = (): void => undefined;
  const closed = new Promise<void>((resolve) => (cut = resolve));
  const link: ClientLink<ClientContext> = { call: answer };
  return { link, closed, close: cut, cut };
}

describe('the connection', () => {
  it('waits longer after every failed dial, at most five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(waitBefore)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  it('dials again after failures and after a cut, and tells every state', async () => {
    const second = fakeWire(() => Promise.resolve('again'));
    const first = fakeWire(() => Promise.resolve('once'));
    const dials = [Promise.reject(new Error('refused')), Promise.resolve(first), Promise.resolve(second)];
    const pauses: number[] = [];
    const connection = new EngineConnection(
      () => dials.shift() ?? new Promise(() => undefined),
      (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
    );
    const states: string[] = [];
    connection.subscribe(() => states.push(connection.state.kind));
    void connection.run();
    await expect(connection.link()).resolves.toBe(first.link);
    first.cut();
    await first.closed;
    await expect.poll(() => states).toEqual(['lost', 'open', 'lost', 'open']);
    expect(pauses).toEqual([250, 250]);
    connection.stop();
  });
});

describe('calls over the connection', () => {
  it('knows commands by the contract', () => {
    expect(isCommand(['sources', 'sync'])).toBe(true);
    expect(isCommand(['session', 'unlock'])).toBe(true);
    expect(isCommand(['metrics', 'snapshot'])).toBe(false);
    expect(isCommand(['changes', 'watch'])).toBe(false);
  });

  it('lets a query wait for the engine, and refuses a command at once', async () => {
    let arrive = (_: Wire): void => undefined;
    const connection = new EngineConnection(() => new Promise<Wire>((resolve) => (arrive = resolve)));
    void connection.run();
    const client = createEngineClient(connection);
    const query = client.jobs.list({});
    await expect(client.sources.sync({})).rejects.toThrow(/nothing was changed/);
    arrive(fakeWire(() => Promise.resolve([])));
    await expect(query).resolves.toEqual([]);
    connection.stop();
  });

  it('says of a command whose answer was lost that it may have happened', async () => {
    const connection = new EngineConnection(() => Promise.resolve(fakeWire(() => Promise.reject(new Error('cut')))));
    void connection.run();
    await connection.link();
    const client = createEngineClient(connection);
    await expect(client.sources.sync({})).rejects.toThrow(/Look whether the change was made/);
    await expect(client.jobs.list({})).rejects.toThrow(/broke before it answered\.$/);
    connection.stop();
  });
});

describe('failures', () => {
  it('keep the code and the log id of the engine', () => {
    const error = new ORPCError('storage_failed', { message: 'The disk is full.', data: { logId: 'ab12' } });
    expect(failureOf(error)).toEqual({ code: 'storage_failed', message: 'The disk is full.', logId: 'ab12' });
  });

  it('outside the closed list are internal, and are not repeated', () => {
    expect(failureOf(new ORPCError('TEAPOT')).code).toBe('internal');
    expect(failureOf('text').code).toBe('internal');
    expect(mayRepeat(new ORPCError('TEAPOT'))).toBe(false);
    expect(mayRepeat(new ORPCError('unavailable'))).toBe(true);
  });
});

describe('the list of jobs', () => {
  const job = (jobId: number, state: Job['state']): Job => ({
    jobId,
    kind: 'sync',
    title: 'Sync',
    state,
    step: null,
    done: null,
    total: null,
    createdAt: instant(jobId),
    startedAt: null,
    endedAt: null,
    error: null,
    result: null,
  });

  it('takes the newest state of a job in place, newest job first', () => {
    const known = [job(3, 'queued'), job(2, 'done')];
    expect(withJob(known, job(3, 'running')).map(({ jobId, state }) => [jobId, state])).toEqual([
      [3, 'running'],
      [2, 'done'],
    ]);
    expect(withJob(known, job(4, 'queued'))[0]?.jobId).toBe(4);
  });
});
