import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemHttp, type HttpRequest } from '../../../src/main/engine/runtime/index.ts';
import { rejectionOf } from '../../support/store.ts';

async function server(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

function get(url: string, more: Partial<HttpRequest> = {}) {
  return systemHttp({ method: 'GET', url, headers: {}, ...more });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

describe('one exchange', () => {
  it('gives status, headers and body, whatever the status', async () => {
    const url = await server((_request, response) =>
      response.writeHead(429, { 'Retry-After': '3', 'Content-Type': 'text/plain' }).end('slow down'),
    );
    const { status, headers, body } = await get(`${url}/v1/customers`);
    expect([status, headers['retry-after'], Buffer.from(body).toString()]).toEqual([429, '3', 'slow down']);
  });

  it('sends headers and a body of text or bytes', async () => {
    const url = await server(async (request, response) =>
      response.end(`${request.method} ${request.headers['x-test']} ${await bodyOf(request)}`),
    );
    const send = async (body: string | Uint8Array) => {
      const answer = await systemHttp({ method: 'POST', url, headers: { 'x-test': 'yes' }, body });
      return Buffer.from(answer.body).toString();
    };
    expect(await send('a=1')).toBe('POST yes a=1');
    expect(await send(Buffer.from('b=2'))).toBe('POST yes b=2');
  });

  it('unpacks gzip', async () => {
    const url = await server((request, response) => {
      expect(request.headers['accept-encoding']).toContain('gzip');
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('unpacked'));
    });
    expect(Buffer.from((await get(url)).body).toString()).toBe('unpacked');
  });

  it('uses its connections again', async () => {
    const sockets = new Set<unknown>();
    const url = await server((request, response) => {
      sockets.add(request.socket);
      response.end('ok');
    });
    for (let n = 0; n < 30; n += 1) await get(url);
    expect(sockets.size).toBeLessThan(3);
  });

  it('runs a hundred at once', async () => {
    const waiting: (() => void)[] = [];
    // Nobody is answered before all hundred are there.
    const url = await server((_request, response) => {
      waiting.push(() => response.end('ok'));
      if (waiting.length === 100) for (const answer of waiting) answer();
    });
    const answers = await Promise.all(Array.from({ length: 100 }, () => get(url)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
  });
});

describe('limits', () => {
  it('an answer that is too large is refused while it comes', async () => {
    const url = await server((_request, response) => response.end('x'.repeat(10_000)));
    const failure = await rejectionOf(get(url, { maxBytes: 1_000 }));
    expect(failure).toMatchObject({ code: 'source_failed' });
    expect(failure.message).toContain('larger than 1000 bytes');
    expect((await get(url, { maxBytes: 10_000 })).body).toHaveLength(10_000);
  });

  it('an answer that unpacks to too much is refused too', async () => {
    const url = await server((_request, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('x'.repeat(5_000_000))),
    );
    expect(await rejectionOf(get(url, { maxBytes: 100_000 }))).toMatchObject({ code: 'source_failed' });
  });

  it('no answer in time is unavailable', async () => {
    const url = await server(() => undefined);
    expect(await rejectionOf(get(url, { timeoutMs: 50 }))).toMatchObject({ code: 'unavailable' });
  });

  it('an answer that stalls half-way is unavailable', async () => {
    const url = await server((_request, response) => void response.writeHead(200).write('half'));
    expect(await rejectionOf(get(url, { timeoutMs: 80 }))).toMatchObject({ code: 'unavailable' });
  });

  it('aborting is cancelled, before and during', async () => {
    const url = await server(() => undefined);
    const controller = new AbortController();
    const running = rejectionOf(get(url, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    expect(await running).toMatchObject({ code: 'cancelled' });
    expect(await rejectionOf(get(url, { signal: controller.signal }))).toMatchObject({ code: 'cancelled' });
  });

  it('nobody there is unavailable, with the system’s reason and without path or query', async () => {
    const url = await server(() => undefined);
    const port = Number(new URL(url).port);
    const failure = await rejectionOf(get(`http://127.0.0.1:${port === 1 ? 2 : 1}/customers/ada?token=abc`));
    expect(failure).toMatchObject({ code: 'unavailable' });
    expect(failure.message).not.toMatch(/ada|abc/);
  });

  it.each([
    'not an address',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'https://ada:pw@example.com',
    'http://api.example.com/v1',
    'http://127.0.0.1.example.com/v1',
  ])('refuses %s', async (url) => {
    expect(await rejectionOf(get(url))).toMatchObject({ code: 'invalid_input' });
  });
});

describe('redirects', () => {
  function redirecting(to: (request: IncomingMessage) => string) {
    return (request: IncomingMessage, response: ServerResponse) => {
      if (request.url === '/end') return void response.end(`auth ${request.headers.authorization}`);
      response.writeHead(302, { Location: to(request) }).end();
    };
  }

  it('within the origin are followed', async () => {
    const url = await server(redirecting(() => '/end'));
    const { body } = await get(`${url}/start`, { headers: { authorization: 'yes' } });
    expect(Buffer.from(body).toString()).toBe('auth yes');
  });

  it('to another origin are refused: nobody else sees the headers', async () => {
    let asked = 0;
    const elsewhere = await server((_request, response) => {
      asked += 1;
      response.end();
    });
    const url = await server(redirecting(() => `${elsewhere}/end`));
    const failure = await rejectionOf(get(url, { headers: { authorization: 'secret' } }));
    expect(failure).toMatchObject({ code: 'source_failed' });
    expect(asked).toBe(0);
  });

  it('of a POST are refused, and rings end', async () => {
    const url = await server(redirecting(() => '/again'));
    expect(await rejectionOf(systemHttp({ method: 'POST', url, headers: {}, body: 'x' }))).toMatchObject({
      code: 'source_failed',
    });
    expect(await rejectionOf(get(url))).toMatchObject({ code: 'source_failed' });
  });
});
