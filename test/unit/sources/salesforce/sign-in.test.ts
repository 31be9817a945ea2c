/** Connecting Salesforce by signing in: what the browser is sent to, what comes back, and how it may end. */
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemHttp } from '../../../../src/main/engine/runtime/index.ts';
import type { Clock } from '../../../../src/main/engine/runtime/ports.ts';
import { createSignIns, syncSource, type SignIns } from '../../../../src/main/engine/sync/index.ts';
import { AppError } from '../../../../src/shared/kernel/errors.ts';
import { besideSalesforce } from '../../../support/salesforce/connected.ts';
import { CONSUMER_KEY } from '../../../support/salesforce/oauth.ts';
import { rejectionOf } from '../../../support/store.ts';

/** A clock whose waits end only when they are cut off, or when the test says so. */
function patientClock(clock: Clock): Clock & { ring(): void } {
  const waiting = new Set<() => void>();
  return {
    now: () => clock.now(),
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        waiting.add(resolve);
        signal?.addEventListener('abort', () => reject(new AppError('cancelled', 'The wait was cancelled')));
      }),
    ring: () => {
      for (const end of waiting) end();
    },
  };
}

async function signingIn(
  options: Parameters<typeof besideSalesforce>[0] & { readonly config?: Record<string, string> } = {},
) {
  const { server, deps } = await besideSalesforce(options);
  const clock = patientClock(deps.clock);
  const connected: number[] = [];
  const signIns = createSignIns({ ...deps, clock }, (sourceId) => connected.push(sourceId));
  onTestFinished(() => signIns.close());
  const request = {
    vendor: 'salesforce',
    name: 'Sales',
    config: {
      apiBase: server.apiBase,
      clientId: CONSUMER_KEY,
      redirectUri: 'http://127.0.0.1:0/salesforce',
      ...options.config,
    },
    secrets: {},
  };
  return { server, deps, clock, signIns, connected, request };
}

async function ended(signIns: SignIns, signInId: string): Promise<ReturnType<SignIns['stateOf']>> {
  for (;;) {
    const state = signIns.stateOf(signInId);
    if (state.state !== 'waiting') return state;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('signing in', () => {
  it('sends the browser to Salesforce with PKCE and read scopes, and connects with what comes back', async () => {
    const { server, deps, signIns, connected, request } = await signingIn();
    const { signInId, address } = await signIns.start(request);
    const query = new URL(address).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      client_id: CONSUMER_KEY,
      scope: 'api refresh_token',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/salesforce$/),
    });
    expect(signIns.stateOf(signInId)).toEqual({ state: 'waiting' });
    // fetch follows the redirect to the listener, as a browser does.
    const page = await fetch(address);
    expect(await page.text()).toContain('You can close this window');
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
    const state = await ended(signIns, signInId);
    expect(state).toMatchObject({ state: 'done', sourceId: connected[0] });
    expect(JSON.stringify(state)).not.toMatch(/00D!|5Aep/);
    const { streams } = await syncSource(deps, connected[0] ?? 0);
    expect(streams.every(({ complete }) => complete)).toBe(true);
    server.oauth.expire();
    expect((await syncSource(deps, connected[0] ?? 0)).streams.every(({ complete }) => complete)).toBe(true);
  });

  it('takes one answer and then listens no more', async () => {
    const { signIns, request } = await signingIn();
    const { signInId, address } = await signIns.start(request);
    const { port } = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
    await fetch(address);
    await ended(signIns, signInId);
    await signIns.close();
    expect(await isListening(Number(port))).toBe(false);
  });

  it('turns away an answer with another state, other paths and other names, and goes on waiting', async () => {
    const { signIns, request } = await signingIn();
    const { signInId, address } = await signIns.start(request);
    const redirect = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
    redirect.search = '?code=stolen&state=guessed';
    expect((await fetch(redirect)).status).toBe(400);
    expect((await fetch(new URL('/elsewhere', redirect))).status).toBe(404);
    const byAnotherName = await systemHttp({
      method: 'GET',
      url: redirect.href.replace('127.0.0.1', 'localhost'),
      headers: {},
    });
    expect(byAnotherName.status).toBe(404);
    expect(signIns.stateOf(signInId)).toEqual({ state: 'waiting' });
  });

  it('says so when it is not allowed on the page', async () => {
    const { signIns, request } = await signingIn();
    const { signInId, address } = await signIns.start(request);
    const query = new URL(address).searchParams;
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('state', query.get('state') ?? '');
    await fetch(back);
    expect(await ended(signIns, signInId)).toEqual({
      state: 'refused',
      message: 'The sign-in page was left without allowing it. Start again to allow it.',
    });
  });

  it('is refused with a code that is bound to another verifier', async () => {
    const { signIns, request } = await signingIn();
    const { address: first } = await signIns.start(request);
    const stolen = (await fetch(first, { redirect: 'manual' })).headers.get('location');
    const { signInId, address } = await signIns.start(request);
    const query = new URL(address).searchParams;
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', new URL(stolen ?? '').searchParams.get('code') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    await fetch(back);
    expect(await ended(signIns, signInId)).toMatchObject({
      state: 'refused',
      message: expect.stringContaining('invalid_grant'),
    });
  });

  it('ends after ten minutes without an answer', async () => {
    const { signIns, request, clock } = await signingIn();
    const { signInId } = await signIns.start(request);
    clock.ring();
    expect(await ended(signIns, signInId)).toMatchObject({ state: 'timed_out' });
  });

  it('ends when it is cancelled, and when another one begins', async () => {
    const { signIns, request } = await signingIn();
    const first = await signIns.start(request);
    const second = await signIns.start(request);
    expect(signIns.stateOf(first.signInId)).toEqual({ state: 'refused', message: 'The sign-in was cancelled' });
    await signIns.cancel(second.signInId);
    expect(signIns.stateOf(second.signInId)).toMatchObject({ state: 'refused' });
  });

  it('says which port is taken', async () => {
    const { signIns, request } = await signingIn();
    const { address } = await signIns.start(request);
    const redirectUri = new URL(address).searchParams.get('redirect_uri') ?? '';
    const other = await signingIn({ config: { redirectUri } });
    expect(await rejectionOf(other.signIns.start(other.request))).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^Port \d+ is in use by another program/),
    });
  });

  it('tells of an organisation that shows too little, and stores nothing of it', async () => {
    const { signIns, request, connected } = await signingIn({ hidden: ['Account'] });
    const { signInId, address } = await signIns.start(request);
    await fetch(address);
    expect(await ended(signIns, signInId)).toMatchObject({
      state: 'refused',
      message: expect.stringContaining('Accounts: Read, View All'),
    });
    expect(connected).toEqual([]);
  });

  it('needs the consumer key of an app', async () => {
    const { signIns, request } = await signingIn({ config: { clientId: '' } });
    expect(await rejectionOf(signIns.start(request))).toMatchObject({ code: 'invalid_input' });
  });

  it('is not how a vendor with a key is connected', async () => {
    const { signIns } = await signingIn();
    const starting = signIns.start({ vendor: 'frankfurter', name: 'Rates', config: {}, secrets: {} });
    expect(await rejectionOf(starting)).toMatchObject({ code: 'invalid_input' });
  });
});

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
