/** The loopback HTTP servers: authentication, rate limit, faults and headers around the vendors' answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { API_VERSION } from '../stripe/recorder.ts';
import { answerRates } from './frankfurter-api.ts';
import type { Fault, FaultBoard } from './faults.ts';
import type { ObjectStore } from './object-store.ts';
import { answerStripe, type ApiKey } from './stripe-api.ts';
import { badKey, rateLimited, serverError, StripeRefusal } from './stripe-error.ts';

export interface RequestLog {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  status: number;
}

export interface StripeServerSetting {
  readonly keys: readonly ApiKey[];
  readonly store: () => ObjectStore;
  readonly faults: FaultBoard;
  /** Requests per second; null for no limit. */
  readonly rate: number | null;
  readonly log: RequestLog[];
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Idle connections are kept long, so that a client never reuses one that is just being closed. */
const KEEP_ALIVE_MS = 10 * MINUTE_MS;

/** Starts listening on 127.0.0.1. @returns the server and the port it was given. */
export async function listen(server: Server, port: number): Promise<number> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Stops at once, also open connections. */
export async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}

export function createStripeServer(setting: StripeServerSetting): Server {
  const withinRate = createRateGate(setting.rate);
  let requests = 0;
  return createServer((request, response) => {
    const id = `req_${String(++requests).padStart(14, '0')}`;
    const entry: RequestLog = { method: request.method ?? 'GET', url: request.url ?? '/', status: 0 };
    setting.log.push(entry);
    const url = urlOf(entry.url);
    const faults = setting.faults.strike(url.pathname);
    const answer = stripeAnswer(setting, request, url, faults, withinRate);
    entry.status = answer.status;
    request.resume();
    sendAnswer(
      response,
      { ...answer, headers: { ...answer.headers, 'request-id': id, 'stripe-version': API_VERSION } },
      faults,
    );
  });
}

function stripeAnswer(
  setting: StripeServerSetting,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[],
  withinRate: () => boolean,
): Answer {
  try {
    const key = authenticated(setting.keys, request.headers.authorization);
    if (!withinRate()) throw rateLimited(null);
    for (const fault of faults) {
      if (fault.kind === 'rate_limited') throw rateLimited(fault.retryAfterSeconds ?? null);
      if (fault.kind === 'server_error') throw serverError();
    }
    const forbidden = faults.some(({ kind }) => kind === 'forbidden');
    const body = answerStripe(setting.store(), {
      method: request.method ?? 'GET',
      path: url.pathname.replace(/\/$/, ''),
      query: url.searchParams,
      key: forbidden ? { key: key.key, permissions: new Set() } : key,
      faults,
    });
    return { status: 200, body, headers: {} };
  } catch (error) {
    if (error instanceof StripeRefusal)
      return { status: error.status, body: JSON.stringify(error.body, null, 2), headers: error.headers };
    // The boundary: a mistake of the server must look like one of Stripe's, and not end the program.
    const message = `The demo server failed: ${error instanceof Error ? error.message : String(error)}`;
    return { status: 500, body: JSON.stringify({ error: { message, type: 'api_error' } }), headers: {} };
  }
}

/** Accepts `Bearer` and, as Stripe does, the key as Basic user name. @throws StripeRefusal 401. */
function authenticated(keys: readonly ApiKey[], header: string | undefined): ApiKey {
  const [scheme, value] = (header ?? '').split(' ');
  const given =
    scheme === 'Bearer'
      ? value
      : scheme === 'Basic'
        ? Buffer.from(value ?? '', 'base64')
            .toString()
            .split(':')[0]
        : undefined;
  if (given === undefined || given === '') throw badKey(null);
  const known = keys.find(({ key }) => key === given);
  if (known === undefined) throw badKey(given);
  return known;
}

/** A bucket that holds one second's worth of requests. */
function createRateGate(rate: number | null): () => boolean {
  if (rate === null) return () => true;
  let tokens = rate;
  let last = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(rate, tokens + ((now - last) / 1000) * rate);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** @param faults of which `slow` and `cut` concern the way an answer is sent. */
export function sendAnswer(
  response: ServerResponse,
  { status, body, headers }: Answer,
  faults: readonly Fault[],
): void {
  const bytes = Buffer.from(body);
  const write = (): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
    if (faults.some(({ kind }) => kind === 'cut') && status === 200)
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    else response.end(bytes);
  };
  const slow = faults.find((fault) => fault.kind === 'slow');
  if (slow?.kind === 'slow') setTimeout(write, slow.ms);
  else write();
}

/** A request line that is no address counts as the root, which nothing answers. */
export function urlOf(requested: string): URL {
  return URL.parse(requested, 'http://127.0.0.1') ?? new URL('http://127.0.0.1/');
}

/** Frankfurter and the central bank's file on one server, without keys. */
export function createRatesServer(now: () => Instant, faults: FaultBoard, log: RequestLog[]): Server {
  return createServer((request, response) => {
    const url = urlOf(request.url ?? '/');
    const struck = faults.strike(url.pathname);
    const failing = struck.find(({ kind }) => kind === 'server_error' || kind === 'rate_limited');
    const answer = failing
      ? {
          status: failing.kind === 'server_error' ? 503 : 429,
          contentType: 'application/json',
          body: '{"message":"unavailable"}',
        }
      : (answerRates(url.pathname, url.searchParams, now()) ?? {
          status: 404,
          contentType: 'application/json',
          body: '{"message":"not found"}',
        });
    log.push({ method: request.method ?? 'GET', url: request.url ?? '/', status: answer.status });
    request.resume();
    sendAnswer(
      response,
      { status: answer.status, body: answer.body, headers: { 'content-type': answer.contentType } },
      struck,
    );
  });
}
