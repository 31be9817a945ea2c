/** Stripe's API through its own SDK, over the engine's Http: reads only, as plain JSON, with failures in our words. */
import type Stripe from 'stripe';
import { z } from 'zod';
import { AppError, isAppError } from '../../../../shared/kernel/errors.ts';
import type { Http, HttpResponse } from '../../runtime/ports.ts';
import { gapError, jsonOrNull } from '../kit/index.ts';

export type Query = Readonly<Record<string, string | number | readonly string[]>>;

export interface ListPage {
  readonly data: readonly unknown[];
  readonly hasMore: boolean;
}

export interface StripeClient {
  /** One page of a list. @throws AppError. */
  list(path: string, query: Query): Promise<ListPage>;
  /** One object, or null where Stripe knows none (any more). @throws AppError. */
  get(path: string, query?: Query): Promise<unknown>;
}

const ListSchema = z.object({ data: z.array(z.unknown()), has_more: z.boolean().default(false) });

const MAX_PAGE_BYTES = 64 * 1024 * 1024;

/**
 * @param http already keeps to Stripe's limits and repeats what can be
 * repeated: the SDK leaves a bare 429 to its caller, so it is told never to
 * repeat anything itself.
 */
export function stripeClient(options: { apiBase: string; apiKey: string; http: Http }): StripeClient {
  const base = new URL(options.apiBase);
  const open = async () => {
    const { default: Sdk } = await import('stripe');
    const stripe = new Sdk(options.apiKey, settings);
    return { stripe, SdkError: Sdk.errors.StripeError };
  };
  // The SDK's hundred files are loaded with the first request: an engine that shows figures needs none of them.
  let opened: ReturnType<typeof open> | null = null;
  const settings: Stripe.StripeConfig = {
    host: base.hostname,
    port: base.port === '' ? (base.protocol === 'http:' ? '80' : '443') : base.port,
    protocol: base.protocol === 'http:' ? 'http' : 'https',
    httpClient: sdkHttp(options.http, base),
    maxNetworkRetries: 0,
    telemetry: false,
  };
  const read = async (path: string, query: Query): Promise<unknown> => {
    const { stripe, SdkError } = await (opened ??= open());
    try {
      return await stripe.rawRequest('GET', `${path}${queryText(query)}`);
    } catch (error) {
      throw inOurWords(error, path, options.apiKey, SdkError);
    }
  };
  return {
    async list(path, query) {
      const answer = ListSchema.safeParse(await read(path, query));
      if (!answer.success) throw gapError('refused', `Stripe's answer for ${path} is not a list; try again later`);
      return { data: answer.data.data, hasMore: answer.data.has_more };
    },
    async get(path, query = {}) {
      try {
        return await read(path, query);
      } catch (error) {
        if (isAppError(error) && error.details['gap'] === 'not_found') return null;
        throw error;
      }
    },
  };
}

function queryText(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'object') for (const entry of value) params.append(`${name}[]`, entry);
    else params.append(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The SDK's own transport interface, answered by the engine's Http. */
function sdkHttp(http: Http, base: URL): NonNullable<Stripe.StripeConfig['httpClient']> {
  return {
    getClientName: () => 'vario',
    async makeRequest(_host, _port, path, _method, headers, _data, _protocol, timeout) {
      const sent = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
      const response = await http({
        method: 'GET',
        url: new URL(path, base).href,
        headers: Object.fromEntries(sent),
        maxBytes: MAX_PAGE_BYTES,
        timeoutMs: timeout,
      });
      return sdkResponse(response);
    },
  };
}

function sdkResponse(response: HttpResponse) {
  return {
    getStatusCode: () => response.status,
    getHeaders: () => ({ ...response.headers }),
    getRawResponse: () => response,
    toStream: () => {
      throw new AppError('internal', 'Answers of Stripe are never streamed');
    },
    toJSON: async (): Promise<unknown> => contentOf(response),
  };
}

const RefusalSchema = z.looseObject({ error: z.looseObject({ message: z.string().optional() }) });

/** The answer's JSON. A refusal that is not in Stripe's words (a proxy's page, nothing at all) is put into them, so that its status counts. */
function contentOf({ status, body }: HttpResponse): unknown {
  const text = new TextDecoder().decode(body);
  if (status < 400) return JSON.parse(text);
  const refusal = RefusalSchema.safeParse(jsonOrNull(text));
  return (
    refusal.data ?? { error: { type: 'invalid_request_error', message: `the answer is ${status}, without a reason.` } }
  );
}

/** The SDK's errors carry the whole exchange; only the sentence is passed on, without the key. */
function inOurWords(
  error: unknown,
  path: string,
  apiKey: string,
  SdkError: typeof Stripe.errors.StripeError,
): AppError {
  if (isAppError(error)) return error;
  if (!(error instanceof SdkError))
    return new AppError('internal', `The request for ${path} failed in an unexpected way`, { cause: error });
  const detail: unknown = error.detail;
  if (isAppError(detail)) return detail;
  const said = error.message.replaceAll(apiKey, '•••').slice(0, 500);
  switch (error.statusCode) {
    case 401:
      return new AppError(
        'auth_failed',
        `Stripe does not accept the key: ${said} Connect Stripe again with a valid key.`,
      );
    case 403:
      return gapError('permission', `The key may not read ${path}: ${said}`);
    case 404:
      return gapError('not_found', `Stripe knows no ${path}: ${said}`);
    case 400:
      return gapError('refused', `Stripe refuses the request for ${path}: ${said}`);
    case 405:
    case 410:
      return gapError('not_found', `${path} is not to be had: ${said}`);
    default:
      return new AppError('unavailable', `Stripe could not be read (${path}): ${said}`);
  }
}
