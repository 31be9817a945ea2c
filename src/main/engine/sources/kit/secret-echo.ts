/** Takes secrets out of a vendor's refusals before a source reads them: careless servers say back what they were told. */
import type { Http, HttpRequest, HttpResponse } from '../../runtime/ports.ts';

const REMOVED = '•••';
/** Shorter values (a subdomain, a flag) stand in ordinary words, too. */
const LEAST_LENGTH = 6;
/** What an exchange of tokens carries in its form. */
const FORM_SECRETS = ['refresh_token', 'client_secret', 'code', 'code_verifier', 'access_token', 'token'];

/**
 * Passes requests on. In an answer of 400 or above, every secret of the connection and of the request itself (its
 * authorisation, packed and unpacked, and a token form's fields) is replaced before anybody can put it into a
 * message. Good answers are left alone: they are data.
 */
export function withoutEcho(http: Http, secrets: readonly string[]): Http {
  return async (request) => {
    const response = await http(request);
    return response.status >= 400 ? scrubbed(response, [...secrets, ...secretsOf(request)]) : response;
  };
}

function scrubbed({ status, headers, body }: HttpResponse, secrets: readonly string[]): HttpResponse {
  const told = secrets.filter(({ length }) => length >= LEAST_LENGTH).toSorted((a, b) => b.length - a.length);
  const clean = (text: string): string => told.reduce((rest, secret) => rest.replaceAll(secret, REMOVED), text);
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)])),
    body: new TextEncoder().encode(clean(new TextDecoder().decode(body))),
  };
}

function secretsOf({ headers, body }: HttpRequest): string[] {
  const authorisations = Object.entries(headers).flatMap(([name, value]) =>
    /authori[sz]ation|token|key/i.test(name) ? [value, ...partsOf(value)] : [],
  );
  const form = typeof body === 'string' && /^[\w%.+-]+=/.test(body) ? new URLSearchParams(body) : new URLSearchParams();
  return [...authorisations, ...FORM_SECRETS.flatMap((name) => form.getAll(name))];
}

/** `Bearer x` → `x`; `Basic base64(user:secret)` → the packed text, and the secret in it. */
function partsOf(authorisation: string): string[] {
  const [scheme = '', packed = ''] = authorisation.split(' ');
  if (scheme.toLowerCase() !== 'basic') return [packed];
  return [packed, ...Buffer.from(packed, 'base64').toString('utf8').split(':').slice(1)];
}
