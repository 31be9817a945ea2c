/**
 * Intercom's own client with our transport under it. A file of its own,
 * because it is loaded only when Intercom is asked for something.
 */
import { IntercomClient } from 'intercom-client';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { HttpRequest, HttpResponse } from '../../runtime/ports.ts';

export interface Transport {
  readonly base: string;
  readonly accessToken: string;
  /** Answers with a status below 400, or throws AppError. */
  readonly exchange: (request: HttpRequest) => Promise<HttpResponse>;
}

/** The version whose shapes the client's types and our schemas have. */
const API_VERSION = '2.14';

type Fetcher = NonNullable<IntercomClient.Options['fetcher']>;
type Asked = Parameters<Fetcher>[0];

export function vendorClient({ base, accessToken, exchange }: Transport): IntercomClient {
  return new IntercomClient({
    token: accessToken,
    baseUrl: base,
    version: API_VERSION,
    maxRetries: 0,
    // Refusals are thrown by the transport, in our words: the client would turn them into texts of its own.
    fetcher: async (asked) => {
      const { status, headers, body } = await exchange(requestOf(asked));
      return { ok: true, body: jsonOf(body), rawResponse: new Response(null, { status, headers: { ...headers } }) };
    },
  });
}

function requestOf({ method, url, headers, queryParameters, body }: Asked): HttpRequest {
  const address = new URL(url);
  for (const [name, value] of Object.entries(queryParameters ?? {})) address.searchParams.set(name, String(value));
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    url: address.href,
    headers: { ...plainHeaders(headers), accept: 'application/json', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function plainHeaders(headers: Asked['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) => {
      if (value === null || value === undefined) return [];
      if (typeof value !== 'string') throw new AppError('internal', `Intercom's client left the header ${name} open`);
      return [[name.toLowerCase(), value]];
    }),
  );
}

/** What is no JSON comes back as null, and is refused by the schema that reads it. */
function jsonOf(body: Uint8Array) {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
