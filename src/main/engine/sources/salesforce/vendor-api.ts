/**
 * Salesforce's own client with our transport under it. A file of its own,
 * because it is loaded only when Salesforce is asked for something.
 */
import { PassThrough } from 'node:stream';
import { SoapApi } from 'jsforce/lib/api/soap.js';
import { Connection } from 'jsforce/lib/connection.js';
import { OAuth2 } from 'jsforce/lib/oauth2.js';
import { Transport } from 'jsforce/lib/transport.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { HttpRequest, HttpResponse } from '../../runtime/ports.ts';

export type Exchange = (request: HttpRequest) => Promise<HttpResponse>;

/** What the client hands over to be sent. */
type Asked = Parameters<Transport['httpRequest']>[0];
type Answered = Awaited<ReturnType<Transport['httpRequest']>>;

/** The client's transport: everything goes through `exchange`, which throws refusals in our words. */
class EngineTransport extends Transport {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    super();
    this.#exchange = exchange;
  }

  override httpRequest(asked: Asked): StreamPromise<Answered> {
    // Nobody reads the answer as a stream: it is an empty one.
    const stream = new PassThrough().end();
    return StreamPromise.create(() => ({ stream, promise: send(asked, this.#exchange) }));
  }
}

async function send({ method, url, headers, body }: Asked, exchange: Exchange): Promise<Answered> {
  if (method !== 'GET' && method !== 'POST') throw new AppError('internal', 'Salesforce is only ever read');
  if (body !== undefined && body !== null && typeof body !== 'string')
    throw new AppError('internal', 'Salesforce is only ever asked in text');
  const { 'content-length': _length, ...kept } = headers ?? {};
  const response = await exchange({ method, url, headers: kept, ...(typeof body === 'string' && { body }) });
  return {
    statusCode: response.status,
    headers: { ...response.headers },
    body: new TextDecoder().decode(response.body),
  };
}

/** Winter ’27: the first version in which every kind of access token is accepted by all parts of the API. */
const VERSION = '68.0';

export function vendorConnection(exchange: Exchange) {
  const connection = new Connection({ version: VERSION, logLevel: 'NONE' });
  connection._transport = new EngineTransport(exchange);
  return { connection, soap: new SoapApi(connection) };
}

export interface OAuthApp {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri?: string;
}

/** @param isSigningIn makes a code verifier (PKCE, RFC 7636) that the authorisation and its code are bound to. */
export function oauthApp({ clientSecret, ...app }: OAuthApp, exchange: Exchange, isSigningIn: boolean): OAuth2 {
  const oauth = new OAuth2({ ...app, ...(clientSecret !== '' && { clientSecret }), useVerifier: isSigningIn });
  oauth._transport = new EngineTransport(exchange);
  return oauth;
}
