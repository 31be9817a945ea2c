/** Stripe's error bodies, as its clients tell them apart: https://docs.stripe.com/api/errors */
import type { JsonObject } from '../stripe/json.ts';

/** An answer other than 200. Thrown while a request is worked on, and written out at the server's edge. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: JsonObject, headers: Readonly<Record<string, string>> = {}) {
    super(String(error['message']));
    this.name = 'StripeRefusal';
    this.status = status;
    this.body = { error };
    this.headers = headers;
  }
}

const DOC = 'https://stripe.com/docs/error-codes/';

export function invalidRequest(message: string, param: string | null, code: string | null = null): StripeRefusal {
  return new StripeRefusal(400, {
    ...(code === null ? {} : { code, doc_url: DOC + code.replaceAll('_', '-') }),
    message,
    ...(param === null ? {} : { param }),
    type: 'invalid_request_error',
  });
}

export function noSuchObject(kind: string, id: string, param: string, status: 400 | 404 = 404): StripeRefusal {
  return new StripeRefusal(status, {
    code: 'resource_missing',
    doc_url: `${DOC}resource-missing`,
    message: `No such ${kind}: '${id}'`,
    param,
    type: 'invalid_request_error',
  });
}

export function noSuchRoute(method: string, path: string): StripeRefusal {
  return new StripeRefusal(404, {
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    type: 'invalid_request_error',
  });
}

export function badKey(key: string | null): StripeRefusal {
  if (key === null)
    return new StripeRefusal(401, {
      message:
        'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.',
      type: 'invalid_request_error',
    });
  const shown = key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}` : '****';
  return new StripeRefusal(401, { message: `Invalid API Key provided: ${shown}`, type: 'invalid_request_error' });
}

export function missingPermission(key: string, permission: string, account: string): StripeRefusal {
  return new StripeRefusal(403, {
    message: `The provided key '${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}' does not have the required permissions for this endpoint on account '${account}'. Having the '${permission}' permission would allow this request to continue.`,
    type: 'invalid_request_error',
  });
}

/** A 429 as Stripe sends it: without `stripe-should-retry`, so that its SDK does not try again by itself. */
export function rateLimited(retryAfterSeconds: number | null): StripeRefusal {
  return new StripeRefusal(
    429,
    {
      code: 'rate_limit',
      doc_url: `${DOC}rate-limit`,
      message: 'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
      type: 'invalid_request_error',
    },
    {
      'stripe-rate-limited-reason': 'global-rate',
      ...(retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  );
}

export function serverError(): StripeRefusal {
  return new StripeRefusal(500, { message: 'An unknown error occurred', type: 'api_error' });
}
