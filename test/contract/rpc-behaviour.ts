/** What a window may rely on, whichever way its calls travel. Run by one test per transport. */
import { ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Contract } from '../../src/shared/contract/index.ts';
import { MAX_FRAME_CHARS } from '../../src/main/hosts/transport/frames.ts';
import { testWorkspace, type TestWorkspace } from './test-workspace.ts';
import { PATIENTLY } from '../support/patience.ts';

export type Client = ContractRouterClient<Contract>;

export interface Connection {
  readonly client: Client;
  /** Sends something that is no call of the client's. */
  sendRaw(data: string): void;
  /** Ends the connection from the window's side. */
  disconnect(): void;
  /** Resolves when the host has ended it. */
  readonly ended: Promise<void>;
}

export type Connect = (workspace: TestWorkspace) => Promise<{ connection: Connection; release: () => Promise<void> }>;

const PASSPHRASE = 'correct horse battery';

export function describeCalls(transport: string, connect: Connect): void {
  describe(`calls over ${transport}`, () => {
    let workspace: TestWorkspace;
    let connection: Connection;
    let release: () => Promise<void>;

    beforeEach(async () => {
      workspace = testWorkspace();
      ({ connection, release } = await connect(workspace));
    });
    afterEach(async () => {
      await release();
      await workspace.remove();
    });

    const unlock = () => workspace.host.context.session.openDemo();

    test('a call is answered with parsed data', async () => {
      await unlock();
      const settings = await connection.client.workspace.get();
      expect(settings).toMatchObject({ reportingCurrency: 'USD', timeZone: 'UTC', demo: false });
    });

    test('a command changes something, and the next query sees it', async () => {
      await unlock();
      await connection.client.workspace.update({ companyName: 'Kestrel Labs' });
      expect((await connection.client.workspace.get()).companyName).toBe('Kestrel Labs');
    });

    test('a failure arrives with its code of the closed list and its sentence', async () => {
      await unlock();
      const failure = await failureOf(connection.client.jobs.get({ jobId: 404 }));
      expect(failure).toMatchObject({ code: 'not_found', defined: true });
      expect(failure.message).toMatch(/job/i);
    });

    test('input that does not fit names the field, and never repeats the value', async () => {
      await unlock();
      const secret = 'rk_live_DoNotRepeat';
      const failure = await failureOf(
        connection.client.jobs.list({ limit: 1e6, [secret]: secret } as { limit: number }),
      );
      expect(failure.code).toBe('invalid_input');
      expect(failure.message).toContain('limit');
      expect(JSON.stringify(failure)).not.toContain(secret);
    });

    test('while locked, only the session answers', async () => {
      expect(await connection.client.session.status()).toMatchObject({ state: 'new' });
      expect((await failureOf(connection.client.workspace.get())).code).toBe('locked');
      expect((await failureOf(connection.client.sources.sync({}))).code).toBe('locked');
      expect((await failureOf(drain(connection.client.changes.watch()))).code).toBe('locked');
    });

    test('a database is created, locked and unlocked over the wire', async () => {
      const { session, workspace: settings } = connection.client;
      expect(await session.create({ keychain: false, passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
      await settings.update({ companyName: 'Kept' });
      expect(await session.lock()).toMatchObject({ state: 'locked', protections: ['passphrase'] });
      expect((await failureOf(session.unlock({ passphrase: 'wrong horse battery' }))).code).toBe('auth_failed');
      expect(await session.unlock({ passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
      expect((await settings.get()).companyName).toBe('Kept');
    });

    test('giving up on a call stops the work behind it', async () => {
      await unlock();
      const controller = new AbortController();
      const check = connection.client.sources.check(
        { vendor: 'stripe', config: {}, secrets: { apiKey: 'rk_test_000000000000000000000000' } },
        { signal: controller.signal },
      );
      await vi.waitFor(() => expect(workspace.network.begun).toBeGreaterThan(0), PATIENTLY);
      controller.abort();
      await expect(check).rejects.toThrow();
      await vi.waitFor(() => expect(workspace.network.stopped).toBe(workspace.network.begun), PATIENTLY);
    });

    test('the progress of a job streams to its end', async () => {
      await unlock();
      const events = await connection.client.jobs.watch();
      const { jobId } = await connection.client.sources.sync({});
      const states: string[] = [];
      for await (const job of events) {
        if (job.jobId !== jobId) continue;
        states.push(job.state);
        if (job.state === 'done') break;
      }
      expect(states.at(-1)).toBe('done');
      expect((await connection.client.jobs.get({ jobId })).result).toMatchObject({ sources: [] });
    });

    test('what changed is told by topic', async () => {
      await unlock();
      const changes = await connection.client.changes.watch();
      await connection.client.workspace.update({ theme: 'dark' });
      const { value } = await changes.next();
      expect(value).toMatchObject({ topics: ['workspace'], revision: 1 });
      await changes.return?.(undefined);
    });

    test('locking ends streams with `locked`, after word of the session', async () => {
      await connection.client.session.create({ keychain: false, passphrase: PASSPHRASE });
      const changes = await connection.client.changes.watch();
      const seen: string[] = [];
      const end = failureOf(drain(Promise.resolve(changes), (change) => seen.push(...change.topics)));
      await connection.client.session.lock();
      expect((await end).code).toBe('locked');
      expect(seen).toContain('session');
    });

    test('a window that goes away leaves nothing running', async () => {
      await unlock();
      const broken = ['jobs', 'changes'] as const;
      const ends = broken.map((name) => expect(drain<unknown>(connection.client[name].watch())).rejects.toThrow());
      const { jobEvents } = workspace.host.engine().calls;
      await vi.waitFor(() => expect(jobEvents.listeners).toBe(1), PATIENTLY);
      connection.disconnect();
      await Promise.all(ends);
      await vi.waitFor(() => expect(jobEvents.listeners).toBe(0), PATIENTLY);
      await vi.waitFor(() => expect(workspace.calls.connections).toBe(0), PATIENTLY);
    });

    test('a frame over the size limit ends the connection', async () => {
      connection.sendRaw(JSON.stringify({ i: '1', p: { u: '/session/status', b: 'x'.repeat(MAX_FRAME_CHARS) } }));
      await connection.ended;
      await vi.waitFor(() => expect(workspace.calls.connections).toBe(0), PATIENTLY);
    });

    test.each([
      ['no JSON', '{'],
      ['no frame', '{"hello":true}'],
      ['no path', '{"i":"1","p":{"u":"http://elsewhere/"}}'],
      ['an unknown kind', '{"i":"1","t":9,"p":{}}'],
    ])('a frame that is %s ends the connection', async (_what, frame) => {
      connection.sendRaw(frame);
      await connection.ended;
    });

    test('a procedure that does not exist is refused, and the connection lives on', async () => {
      connection.sendRaw('{"i":"900","p":{"u":"/session/destroy","b":{}}}');
      expect((await connection.client.session.status()).state).toBe('new');
    });
  });
}

async function drain<Event>(
  stream: PromiseLike<AsyncIterable<Event>>,
  receive: (event: Event) => void = () => undefined,
) {
  for await (const event of await stream) receive(event);
}

/** The failure of a call. @throws when it succeeds. */
async function failureOf(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ORPCError) return error;
    throw error;
  }
  throw new Error('The call was expected to fail');
}
