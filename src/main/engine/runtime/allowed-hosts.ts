/** Keeps the engine from talking to anybody the founder has not connected. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Http } from './ports.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Lets through only requests to origins that a configured source has declared
 * (`https://api.stripe.com`). Plain http is for this machine only.
 * @param isDeclared asked for every request, so that a new connection counts at once.
 * @throws AppError `source_failed` with `details.kind` `host_refused`; nothing is sent then.
 */
export function onlyDeclaredHosts(http: Http, isDeclared: (origin: string) => boolean): Http {
  return async (request) => {
    const url = URL.parse(request.url);
    if (!url) throw new AppError('invalid_input', 'The address of a request is no address');
    if (!isDeclared(url.origin)) throw refused(url.host, `No connected source has declared ${url.host}`);
    if (url.protocol !== 'https:' && !LOOPBACK.has(url.hostname))
      throw refused(url.host, `${url.host} is asked for without encryption (http). Use https`);
    return await http(request);
  };
}

function refused(host: string, message: string): AppError {
  return new AppError('source_failed', message, { details: { kind: 'host_refused', host } });
}
