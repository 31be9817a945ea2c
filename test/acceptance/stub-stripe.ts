/**
 * A small Stripe of our own making, on purpose not the demo's: it holds lists
 * of objects and answers as much of the API as a case says. Everything else is
 * a 404 in Stripe's words.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type StripeObject = Readonly<Record<string, unknown>> & { readonly id: string };

export interface StubOptions {
  /** The lists that exist, by path; others are 404. Default: all that hold something, and the four basic ones. */
  readonly only?: readonly string[];
  /** Answers the whole list whatever is asked. */
  readonly ignoresQuery?: boolean;
  /** Answers lists without `object` and `has_more`. */
  readonly bareLists?: boolean;
  /** What stands in the body of a 404, as it is; default: Stripe's words. */
  readonly missingBody?: string;
  /** A status to answer a path with, whatever there is. */
  readonly status?: (path: string) => number | null;
}

export interface StubStripe {
  readonly apiBase: string;
  /** Lists by their name in the path: `subscriptions`, `invoices` … A case changes them as the company lives on. */
  readonly lists: Map<string, StripeObject[]>;
  readonly asked: string[];
  put(list: string, ...objects: StripeObject[]): void;
}

const BASIC = ['customers', 'products', 'prices', 'subscriptions'];
const EVERYTHING = [
  ...BASIC,
  'coupons',
  'promotion_codes',
  'subscription_schedules',
  'invoices',
  'invoice_payments',
  'charges',
  'payment_intents',
  'refunds',
  'disputes',
  'credit_notes',
  'balance_transactions',
  'events',
];

export async function stubStripe(options: StubOptions = {}): Promise<StubStripe> {
  const lists = new Map<string, StripeObject[]>();
  const asked: string[] = [];
  const known = options.only ?? EVERYTHING;
  const answer = (request: IncomingMessage): { status: number; body: unknown } => {
    const url = new URL(request.url ?? '/', 'http://stub');
    asked.push(`${url.pathname}${url.search}`);
    const [, , list = '', id, inner] = url.pathname.split('/');
    const nested = lists.get(url.pathname.slice('/v1/'.length));
    if (inner !== undefined && nested) return { status: 200, body: page(nested, inner, url.searchParams, options) };
    const forced = options.status?.(url.pathname) ?? null;
    const refusal = { error: { type: 'api_error', message: `Answer ${forced}` } };
    if (forced !== null) return { status: forced, body: forced === 200 ? {} : refusal };
    const held = lists.get(list);
    if (!known.includes(list) && (options.only !== undefined || !held?.length)) return missing(url.pathname);
    if (id === undefined) return { status: 200, body: page(held ?? [], list, url.searchParams, options) };
    const found = held?.find((object) => object.id === id);
    if (!found || inner !== undefined) return missing(url.pathname);
    return { status: 200, body: found };
  };
  const server = createServer((request, response) => {
    const { status, body } = answer(request);
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(status === 404 ? (options.missingBody ?? JSON.stringify(body)) : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lists,
    asked,
    put(list, ...objects) {
      const ids = new Set(objects.map(({ id }) => id));
      lists.set(list, [...objects, ...(lists.get(list) ?? []).filter(({ id }) => !ids.has(id))]);
    },
  };
}

function missing(path: string) {
  const message = `Unrecognized request URL (GET: ${path}).`;
  return { status: 404, body: { error: { type: 'invalid_request_error', message } } };
}

/** Newest first, by `created`, in pages, as Stripe lists; or the lot. */
function page(held: readonly StripeObject[], list: string, query: URLSearchParams, options: StubOptions): unknown {
  const envelope = (data: readonly StripeObject[], more: boolean) =>
    options.bareLists ? { data } : { object: 'list', url: `/v1/${list}`, has_more: more, data };
  if (options.ignoresQuery) return envelope(held, false);
  const created = ({ created: at }: StripeObject) => (typeof at === 'number' ? at : 0);
  const bound = (name: string, otherwise: number) => Number(query.get(`created[${name}]`) ?? otherwise);
  const rows = held
    .filter((object) => created(object) >= bound('gte', 0) && created(object) < bound('lt', Number.MAX_SAFE_INTEGER))
    .filter((object) => list !== 'subscriptions' || query.get('status') === 'all' || object['status'] !== 'canceled')
    .toSorted((a, b) => created(b) - created(a));
  const after = query.get('starting_after');
  const from = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
  const limit = Number(query.get('limit') ?? 10);
  return envelope(rows.slice(from, from + limit), from + limit < rows.length);
}
