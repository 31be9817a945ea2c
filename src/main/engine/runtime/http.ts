/** The engine's way to the network: the platform's fetch with a size cap, a timeout and no detours. */
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import { SECOND_MS } from '../../../shared/kernel/instant.ts';
import type { Http, HttpRequest, HttpResponse } from './ports.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60 * SECOND_MS;
const MAX_REDIRECTS = 3;
/** The only hosts that may be spoken to in plain http: nothing leaves the machine. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * One exchange over fetch. Connections are kept alive and as many are opened as
 * there are exchanges at once, so that 100 a second need no new handshakes;
 * answers may be compressed, and the size cap counts what they unpack to.
 * Redirects are followed within the same origin, for GET only.
 * @throws AppError `unavailable` (nothing answered in time), `cancelled`, `source_failed`
 *   (too large, bad certificate, redirect elsewhere), `invalid_input` (no http address, or plain http to
 *   another machine).
 */
export const systemHttp: Http = async (request) => {
  const first = parseUrl(request.url);
  const timeout = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  try {
    const response = await follow(request, first, signal);
    const take = response.ok ? request.receive?.() : undefined;
    const body = await readCapped(response, request.maxBytes ?? MAX_BYTES, first.host, take);
    return { status: response.status, headers: headersOf(response), body } satisfies HttpResponse;
  } catch (error) {
    throw asFailure(error, first.host, request.signal, timeout);
  }
};

async function follow(request: HttpRequest, first: URL, signal: AbortSignal): Promise<Response> {
  let url = first;
  for (let redirects = 0; ; redirects += 1) {
    const response = await fetch(url, {
      method: request.method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...request.headers },
      ...(request.body !== undefined && { body: bodyOf(request.body) }),
      redirect: 'manual',
      signal,
    });
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = new URL(location, url);
    if (request.method !== 'GET' || next.origin !== first.origin || redirects >= MAX_REDIRECTS)
      throw new AppError('source_failed', `${first.host} redirects to ${next.host}, where Vario does not follow`);
    url = next;
  }
}

function bodyOf(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? body : Uint8Array.from(body);
}

async function readCapped(
  response: Response,
  maxBytes: number,
  host: string,
  take: ((chunk: Uint8Array) => void) | undefined,
): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    // Leaving the loop by a throw cancels the rest of the answer.
    if (size > maxBytes) throw new AppError('source_failed', `The answer of ${host} is larger than ${maxBytes} bytes`);
    if (take) take(chunk);
    else chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(response: Response): Record<string, string> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  return headers;
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new AppError('invalid_input', 'The address of a request is no http address');
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname))
    throw new AppError('invalid_input', `${url.host} is asked for without encryption (http). Use https`);
  if (url.username !== '' || url.password !== '')
    throw new AppError('invalid_input', `The address at ${url.host} carries a password; give it as a secret`);
  return url;
}

/** Names the host only: paths and queries may hold ids and tokens. */
function asFailure(error: unknown, host: string, signal: AbortSignal | undefined, timeout: AbortSignal): unknown {
  if (isAppError(error)) return error;
  if (signal?.aborted) return new AppError('cancelled', `The request to ${host} was cancelled`, { cause: error });
  if (timeout.aborted) return new AppError('unavailable', `${host} did not answer in time`, { cause: error });
  const reason = reasonOf(error);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(reason))
    return new AppError('source_failed', `The certificate of ${host} cannot be trusted (${reason})`, { cause: error });
  return new AppError('unavailable', `${host} cannot be reached (${reason}). Check the connection`, {
    cause: error,
    details: { reason },
  });
}

/** fetch hides the system's code one or two causes deep. */
function reasonOf(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if ('code' in each && typeof each.code === 'string') return each.code;
  return 'no answer';
}
