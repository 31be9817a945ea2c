import { describe, expect, it } from 'vitest';
import type { Http, HttpResponse } from '../../../src/main/engine/runtime/ports.ts';
import { headerCount, limitedHttp, type Limits } from '../../../src/main/engine/sources/kit/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { fakeClock } from '../../support/engine-ports.ts';
import { rejectionOf } from '../../support/store.ts';

const LIMITS: Limits = {
  requestsPerSecond: 10,
  perEndpointPerSecond: 5,
  concurrency: 100,
  attempts: 4,
  endpointOf: (url) => url.pathname,
};

const answer = (status: number, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: new Uint8Array(),
});

function limited(http: Http, limits: Partial<Limits> = {}, fraction = 0.5) {
  const clock = fakeClock();
  const stop = new AbortController();
  let sent = 0;
  const random = { bytes: (length: number) => new Uint8Array(length), fraction: () => fraction };
  const send = limitedHttp(
    { http, clock, random, signal: stop.signal },
    { ...LIMITS, ...limits },
    ['vendor.test'],
    () => (sent += 1),
  );
  const get = async (path: string) => await send({ method: 'GET', url: `https://vendor.test${path}`, headers: {} });
  return { get, clock, stop, sent: () => sent };
}

describe('pace', () => {
  it('lets one endpoint through at its own rate', async () => {
    const { get, clock, sent } = limited(async () => answer(200));
    for (let n = 0; n < 50; n += 1) void get('/a');
    await clock.advance(2_000);
    expect(sent()).toBeGreaterThanOrEqual(10);
    expect(sent()).toBeLessThanOrEqual(12);
  });

  it('lets all endpoints together through at the rate of the whole', async () => {
    const { get, clock, sent } = limited(async () => answer(200));
    for (let n = 0; n < 100; n += 1) void get(`/${n}`);
    await clock.advance(3_000);
    expect(sent()).toBeGreaterThanOrEqual(30);
    expect(sent()).toBeLessThanOrEqual(32);
  });

  it('lets those with priority go first, the rest of the rate to the others, and those behind last', async () => {
    const sent: string[] = [];
    const http: Http = async ({ url }) => {
      sent.push(new URL(url).pathname);
      return answer(200);
    };
    const priorities = new Map([
      ['/ahead', 1],
      ['/behind', -1],
    ]);
    const priorityOf = (endpoint: string) => priorities.get(endpoint) ?? 0;
    const { get, clock } = limited(http, { priorityOf, perEndpointPerSecond: 10 });
    for (let n = 0; n < 5; n += 1) void get('/behind');
    for (let n = 0; n < 40; n += 1) void get(`/${n}`);
    for (let n = 0; n < 10; n += 1) void get('/ahead');
    await clock.advance(6_000);
    expect(sent).toHaveLength(55);
    const others = sent.filter((path) => !priorities.has(path));
    expect(others).toEqual(others.map((_, n) => `/${n}`));
    // One goes at once, before anybody else has asked.
    expect(sent.indexOf('/behind', 2)).toBeGreaterThan(50);
    expect(sent.lastIndexOf('/ahead')).toBeLessThan(15);
  });

  it('never has more requests under way than it may', async () => {
    let underway = 0;
    let most = 0;
    const http: Http = async () => {
      underway += 1;
      most = Math.max(most, underway);
      await new Promise((resolve) => setImmediate(resolve));
      underway -= 1;
      return answer(200);
    };
    const { get } = limited(http, { requestsPerSecond: 1e6, perEndpointPerSecond: 1e6, concurrency: 3 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => get(`/${n}`)));
    expect(most).toBe(3);
  });
});

describe('patience', () => {
  it('repeats after a bare 429, longer each time, by chance within bounds', async () => {
    const answers = [429, 429, 429, 200];
    const { get, clock, sent } = limited(async () => answer(answers[sent() - 1] ?? 200));
    const result = get('/a');
    const sentAfter: number[] = [];
    for (const ms of [249, 2, 500, 1_000, 2_000]) {
      await clock.advance(ms);
      sentAfter.push(sent());
    }
    expect(sentAfter[0]).toBe(1);
    expect((await result).status).toBe(200);
    expect(sent()).toBe(4);
  });

  it('waits exactly as long as Retry-After says, and holds the endpoint back for everybody', async () => {
    const { get, clock, sent } = limited(async () =>
      sent() === 1 ? answer(429, { 'retry-after': '9' }) : answer(200),
    );
    const first = get('/a');
    await clock.advance(0);
    const second = get('/a');
    await clock.advance(8_900);
    expect(sent()).toBe(1);
    await clock.advance(1_000);
    expect((await first).status).toBe(200);
    expect((await second).status).toBe(200);
  });

  it('waits until the date that Retry-After names, by the vendor’s own clock where that is told', async () => {
    // This machine says two in the morning; the vendor knows better.
    const headers = { date: 'Sat, 21 Nov 2026 09:00:00 GMT', 'retry-after': 'Sat, 21 Nov 2026 09:00:40 GMT' };
    const { get, clock, sent } = limited(async () => (sent() === 1 ? answer(429, headers) : answer(200)), {}, 0);
    const result = get('/a');
    await clock.advance(39_999);
    expect(sent()).toBe(1);
    await clock.advance(2);
    expect((await result).status).toBe(200);
  });

  it('comes back a little later than it was told to, by chance, so that not all come at once', async () => {
    const hint = { 'retry-after': '7' };
    const { get, clock, sent } = limited(async () => (sent() === 1 ? answer(429, hint) : answer(200)), {}, 0.999);
    const result = get('/a');
    await clock.advance(7_500);
    expect(sent()).toBe(1);
    await clock.advance(300);
    expect((await result).status).toBe(200);
  });

  it.each(['soon', '-3', 'Sat, 99 Nov 2026 09:00:00 GMT'])('takes “%s” for no word about time', async (hint) => {
    const { get, clock, sent } = limited(async () =>
      sent() === 1 ? answer(429, { 'retry-after': hint }) : answer(200),
    );
    const result = get('/a');
    await clock.advance(2_000);
    expect((await result).status).toBe(200);
  });

  it.each([409, 500, 502, 503])('repeats a %i', async (status) => {
    const { get, clock, sent } = limited(async () => answer(sent() === 1 ? status : 200));
    const result = get('/a');
    await clock.advance(60_000);
    expect((await result).status).toBe(200);
    expect(sent()).toBe(2);
  });

  it.each([200, 400, 401, 403, 404])('gives a %i back at once', async (status) => {
    const { get, sent } = limited(async () => answer(status));
    expect((await get('/a')).status).toBe(status);
    expect(sent()).toBe(1);
  });

  it('gives up after so many tries, and says what to do', async () => {
    const { get, clock, sent } = limited(async () => answer(429));
    const failure = rejectionOf(get('/a'));
    await clock.advance(200_000);
    expect(await failure).toMatchObject({ code: 'rate_limited', message: expect.stringContaining('sync again later') });
    expect(sent()).toBe(4);
  });

  it('leaves a vendor alone that asks for an hour', async () => {
    const { get, sent } = limited(async () => answer(429, { 'retry-after': '3600' }));
    expect(await rejectionOf(get('/a'))).toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('3600 seconds'),
    });
    expect(sent()).toBe(1);
  });

  it('repeats when nothing answers, and passes the reason on in the end', async () => {
    const { get, clock, sent } = limited(async () => {
      throw new AppError('unavailable', 'No answer');
    });
    const failure = rejectionOf(get('/a'));
    await clock.advance(200_000);
    expect(await failure).toMatchObject({ code: 'unavailable', message: 'No answer' });
    expect(sent()).toBe(4);
  });
});

describe('an endpoint that is out of order', () => {
  it('gets few tries, then one a request until it answers again, and is named', async () => {
    const broken = new Set(['/a']);
    const counts: Record<string, number> = {};
    const http: Http = async ({ url }) => {
      const { pathname } = new URL(url);
      counts[pathname] = (counts[pathname] ?? 0) + 1;
      return answer(broken.has(pathname) ? 500 : 200);
    };
    const { get, clock } = limited(http, { attempts: 10 });
    const failure = rejectionOf(get('/a'));
    await clock.advance(8_000);
    expect(await failure).toMatchObject({ code: 'unavailable', details: { failing: '/a' } });
    expect(counts).toEqual({ '/a': 5 });
    const soon = async (path: string) => {
      const result = get(path).then(
        ({ status }) => status,
        ({ code }: AppError) => code,
      );
      await clock.advance(100);
      return await result;
    };
    expect(await soon('/a')).toBe('unavailable');
    expect(counts).toEqual({ '/a': 6 });
    expect(await soon('/b')).toBe(200);
    broken.clear();
    expect(await soon('/a')).toBe(200);
  });

  it('that says 501 is taken at its word', async () => {
    const { get, sent } = limited(async () => answer(501));
    expect((await get('/a')).status).toBe(501);
    expect(sent()).toBe(1);
  });
});

describe('quotas', () => {
  it('are told as every answer states them', async () => {
    const told: unknown[] = [];
    const headers = [{ 'x-left': '9' }, {}, { 'x-left': 'a lot' }, { 'x-left': '8' }];
    const clock = fakeClock();
    let sent = 0;
    const random = { bytes: (length: number) => new Uint8Array(length), fraction: () => 0 };
    const ports = { clock, random, signal: new AbortController().signal };
    const send = limitedHttp(
      {
        ...ports,
        http: async () => answer(200, headers[sent - 1]),
        onBudget: (readings) => told.push(...readings),
      },
      {
        ...LIMITS,
        budgetOf(response) {
          const remaining = headerCount(response, 'X-Left');
          return remaining === null
            ? []
            : [{ budget: 'day', title: 'Requests a day', allowed: 10, remaining, resetsAt: null }];
        },
      },
      ['vendor.test'],
      () => (sent += 1),
    );
    for (let n = 0; n < 4; n += 1) {
      const result = send({ method: 'GET', url: 'https://vendor.test/a', headers: {} });
      await clock.advance(1_000);
      await result;
    }
    expect(told).toMatchObject([{ remaining: 9 }, { remaining: 8 }]);
  });
});

describe('bounds', () => {
  it('sends nothing to a host that was not declared', async () => {
    const clock = fakeClock();
    let sent = 0;
    const http: Http = async () => answer(200);
    const random = { bytes: (length: number) => new Uint8Array(length), fraction: () => 0 };
    const send = limitedHttp(
      { http, clock, random, signal: new AbortController().signal },
      LIMITS,
      ['vendor.test'],
      () => (sent += 1),
    );
    await rejectionOf(send({ method: 'GET', url: 'https://vendor.test.evil.example/a', headers: {} }));
    expect(sent).toBe(0);
  });

  it('stops waiting when it is cancelled', async () => {
    const { get, stop, clock } = limited(async () => answer(503));
    const failure = rejectionOf(get('/a'));
    await clock.advance(0);
    stop.abort();
    expect(await failure).toMatchObject({ code: 'cancelled' });
  });
});
