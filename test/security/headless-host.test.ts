import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startBrowserHost, type BrowserHost } from '../../src/main/hosts/headless/browser-host.ts';
import { logger, testWorkspace, type TestWorkspace } from '../contract/test-workspace.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let root: string;
let rendererDir: string;
let workspace: TestWorkspace;
let host: BrowserHost;
let port: number;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'vario-host-'));
  rendererDir = join(root, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Vario</title>');
  writeFileSync(join(rendererDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(rendererDir, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(rendererDir, '.hidden.js'), 'hidden');
  writeFileSync(join(root, 'secret.json'), '{"secret":true}');
  symlinkSync(join(root, 'secret.json'), join(rendererDir, 'assets', 'link.json'));
  workspace = testWorkspace();
  await workspace.host.context.session.openDemo();
  host = await startBrowserHost({ rendererDir, calls: workspace.calls, logger });
  port = Number(new URL(host.origin).port);
});
afterAll(async () => {
  await host.close();
  await workspace.remove();
  rmSync(root, { recursive: true, force: true });
});

/** One raw request: no client that would tidy the path or the headers. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

function signIn(token: string, headers: Record<string, string> = {}): Promise<Answer> {
  const body = JSON.stringify({ token });
  return ask('/session', { method: 'POST', headers: { ...JSON_TYPE, origin: host.origin, ...headers }, body });
}

function tokenOf(address: string): string {
  return new URLSearchParams(new URL(address).hash.slice(1)).get('token') ?? '';
}

/** The status with which an upgrade to a WebSocket is answered. */
function upgrade(headers: Record<string, string>, path = '/rpc'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('where the host listens', () => {
  test.each(['0.0.0.0', '::', 'localhost', '192.168.1.10'])('binding %s is refused', async (address) => {
    await expect(startBrowserHost({ rendererDir, calls: workspace.calls, logger, address })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('a port that is taken is named', async () => {
    await expect(startBrowserHost({ rendererDir, calls: workspace.calls, logger, port })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(String(port)),
    });
  });
});

describe('whose requests are answered', () => {
  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '[::1]:PORT',
  ])('Host %s is refused, as a rebound name would send it', async (name) => {
    const headers = { host: name.replace('PORT', String(port)) };
    expect((await ask('/', { headers })).status).toBe(403);
    expect((await ask('/favicon.svg', { headers })).status).toBe(403);
  });

  test('localhost is this computer too', async () => {
    expect((await ask('/', { headers: { host: `localhost:${port}` } })).status).toBe(200);
  });

  test('a request without Host is refused', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
      let text = '';
      socket.setEncoding('utf8').on('data', (part: string) => (text += part));
      socket.on('end', () => resolve(text)).on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 403/);
  });
});

describe('signing in', () => {
  test('a token opens one session, with a cookie that no page can read', async () => {
    const answer = await signIn(tokenOf(host.signInAddress()));
    expect(answer.status).toBe(204);
    expect(String(answer.headers['set-cookie'])).toMatch(
      new RegExp(`^vario_${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
  });

  test('a token is dead after its first use', async () => {
    const token = tokenOf(host.signInAddress());
    expect((await signIn(token)).status).toBe(204);
    const second = await signIn(token);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('a token does not reach the server with the address', () => {
    const address = new URL(host.signInAddress('/report/board'));
    expect(address.search).toBe('');
    expect(address.pathname).toBe('/report/board');
    expect(address.hash).toMatch(/^#token=[\w-]{43}$/);
  });

  test.each([
    ['a foreign Origin', { origin: 'https://evil.example' }, 403],
    ['the Origin of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['the Origin null', { origin: 'null' }, 403],
    ['a form’s content type', { 'content-type': 'text/plain' }, 401],
  ])('%s is refused, and the token lives on', async (_what, headers, status) => {
    const token = tokenOf(host.signInAddress());
    expect((await signIn(token, headers)).status).toBe(status);
    expect((await signIn(token)).status).toBe(204);
  });

  test.each(['', 'x', 'x'.repeat(300), '__proto__'])('the token “%s” is refused', async (token) => {
    expect((await signIn(token)).status).toBe(401);
  });

  test('a body of more than some kilobytes is refused', async () => {
    const body = JSON.stringify({ token: 'x', padding: 'y'.repeat(10_000) });
    const answer = await ask('/session', { method: 'POST', headers: { ...JSON_TYPE, origin: host.origin }, body });
    expect(answer.status).toBe(401);
  });
});

describe('the socket', () => {
  let cookie: string;
  beforeEach(() => {
    cookie = `${host.sessions.cookieName}=${host.sessions.open()}`;
  });

  test('needs the cookie and exactly the page’s own Origin', async () => {
    expect(await upgrade({ cookie, origin: host.origin })).toBe(101);
  });

  test.each([
    ['no cookie', (): Record<string, string> => ({ origin: host.origin }), 401],
    ['a made-up cookie', () => ({ origin: host.origin, cookie: `vario_${port}=${'a'.repeat(43)}` }), 401],
    ['the cookie of another port', () => ({ origin: host.origin, cookie: cookie.replace(String(port), '1') }), 401],
    ['no Origin', () => ({ cookie }), 403],
    ['a foreign Origin', () => ({ cookie, origin: 'https://evil.example' }), 403],
    ['https in the Origin', () => ({ cookie, origin: host.origin.replace('http', 'https') }), 403],
    ['another name of this computer than the Host', () => ({ cookie, origin: `http://localhost:${port}` }), 403],
    ['a rebound Host', () => ({ cookie, origin: 'http://evil.example', host: 'evil.example' }), 403],
  ])('%s is refused', async (_what, headers, status) => {
    expect(await upgrade(headers())).toBe(status);
  });

  test('another path is none', async () => {
    expect(await upgrade({ cookie, origin: host.origin }, '/other')).toBe(404);
  });

  test('a session that has ended opens nothing', async () => {
    const value = host.sessions.open();
    host.sessions.end(value);
    expect(await upgrade({ cookie: `${host.sessions.cookieName}=${value}`, origin: host.origin })).toBe(401);
  });
});

describe('the files', () => {
  test.each(['/', '/customers/12', '/report/board?month=2026-10'])('%s gives the app’s page', async (path) => {
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('<title>Vario') });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('hashed files may be kept', async () => {
    const answer = await ask('/assets/index-abc123.js');
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['cache-control']).toContain('immutable');
  });

  test('the icon is there, so that no browser logs an error', async () => {
    expect(await ask('/favicon.svg')).toMatchObject({ status: 200, headers: { 'content-type': 'image/svg+xml' } });
  });

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    '/..%5csecret.json',
    '/assets/link.json',
    '/.hidden.js',
    '/secret.json',
    '/assets/index-abc123.js%00.html',
    '/%',
    '//evil.example/secret.json',
  ])('%s leads nowhere', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  test('HEAD has no body', async () => {
    expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});

describe('what is never done', () => {
  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s on /session changes nothing', async (method) => {
    const answer = await ask('/session', { method, headers: { origin: host.origin } });
    expect(answer.status).toBe(405);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s elsewhere is refused', async (method) => {
    expect((await ask('/', { method })).status).toBe(405);
  });

  test('no call is answered over plain HTTP', async () => {
    const answer = await ask('/rpc/workspace/get', {
      headers: { cookie: `${host.sessions.cookieName}=${host.sessions.open()}` },
    });
    expect(answer.body).not.toContain('reportingCurrency');
    expect((await ask('/rpc')).status).toBe(404);
  });

  test('other origins get no permission to read', async () => {
    const answer = await ask('/', { headers: { origin: 'https://evil.example' } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

test.each(['/', '/assets/index-abc123.js', '/nothing.js', '/session'])(
  '%s is answered under every guard',
  async (path) => {
    const { headers } = await ask(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src 'self'`);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(policy).not.toMatch(/unsafe-(inline|eval)|https:|\*/);
  },
);

test('the page may open a socket to exactly the host it came from', async () => {
  const { headers } = await ask('/');
  expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
});
