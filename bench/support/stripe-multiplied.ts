/**
 * A process that serves a large Stripe account: the demo company's objects,
 * many times over under new ids, so that every shape and relation of the demo
 * is there. Started by `startStripe` (stripe-process.ts).
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startDemoServers } from '../../src/main/demo/index.ts';
import { NOW } from './company.ts';

const [copies, latencyMs] = process.argv.slice(2).map(Number) as [number, number];
/** `bills`: customers, subscriptions and invoices alone. */
const isBillsOnly = process.argv[4] === 'bills';
const SCALE = 0.3;
/** Kinds of which every copy has its own; the catalogue is there once. */
const MULTIPLIED = [
  'customers',
  'subscriptions',
  'invoices',
  'invoice_payments',
  'charges',
  'payment_intents',
  'refunds',
  'disputes',
  'credit_notes',
  'balance_transactions',
];
/** Kinds of which this account has none. */
const EMPTY = ['events', 'subscription_schedules', 'payouts', 'quotes', 'billing/meters'];
const BILLS = ['customers', 'subscriptions', 'invoices'];
const CATALOGUE = ['products', 'prices', 'coupons', 'promotion_codes'];
const OWN_ID = /"((?:cus|sub|si|in|il|ch|pi|inpay|txn|re|du|cn|cnli|di)_[A-Za-z0-9]+)"/;

const ObjectSchema = z.looseObject({ id: z.string(), created: z.number() });
type StripeObject = z.output<typeof ObjectSchema>;
const LinesSchema = z.object({ data: z.array(z.looseObject({ id: z.string() })), has_more: z.boolean() });
const ListSchema = z.object({ data: z.array(ObjectSchema), has_more: z.boolean() });

/** An object's JSON, cut at the ids that differ from copy to copy. */
interface Template {
  readonly created: number;
  readonly parts: readonly string[];
}

interface Collection {
  /** Newest first. */
  readonly templates: readonly Template[];
  readonly copies: number;
  readonly placeOfId: ReadonlyMap<string, number>;
}

const collections = await collectionsOfDemo();
const server = createServer((request, response) => {
  void answer(new URL(request.url ?? '/', 'http://127.0.0.1'), response);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const objects = [...collections.values()].reduce(
    (sum, { templates, copies: times }) => sum + templates.length * times,
    0,
  );
  process.send?.({ port: (server.address() as AddressInfo).port, objects });
});
process.once('disconnect', () => process.exit());

async function answer(url: URL, response: ServerResponse): Promise<void> {
  if (latencyMs > 0) await sleep(latencyMs);
  const body = bodyOf(url);
  response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' });
  response.end(body ?? '{"error":{"type":"invalid_request_error","message":"not here"}}');
}

function bodyOf(url: URL): string | null {
  const name = url.pathname.replace('/v1/', '');
  const collection = collections.get(name);
  if (collection) return pageOf(collection, url.searchParams);
  if (name === 'account') return '{"id":"acct_bench","object":"account"}';
  if (name === 'balance') return '{"object":"balance","available":[],"pending":[]}';
  return EMPTY.includes(name) || name.endsWith('/event_summaries')
    ? '{"object":"list","data":[],"has_more":false}'
    : null;
}

/** Objects of `created` in [gte, lt), newest first, behind `starting_after`. */
function pageOf({ templates, copies: times, placeOfId }: Collection, query: URLSearchParams): string {
  const gte = Number(query.get('created[gte]') ?? 0);
  const lt = Number(query.get('created[lt]') ?? Number.POSITIVE_INFINITY);
  const after = query.get('starting_after');
  const start = after === null ? firstBelow(templates, lt) * times : placeOf(after, placeOfId, times) + 1;
  const end = firstBelow(templates, gte) * times;
  const stop = Math.min(end, start + Number(query.get('limit') ?? 10));
  const data: string[] = [];
  for (let place = start; place < stop; place++)
    data.push(templates[Math.floor(place / times)]?.parts.join(times === 1 ? '' : suffixOf(place % times)) ?? '');
  return `{"object":"list","url":"/","data":[${data.join(',')}],"has_more":${stop < end}}`;
}

/** How many templates were created at or after a second. */
function firstBelow(templates: readonly Template[], second: number): number {
  let [low, high] = [0, templates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((templates[middle]?.created ?? 0) >= second) low = middle + 1;
    else high = middle;
  }
  return low;
}

function suffixOf(copy: number): string {
  return copy.toString(36).padStart(3, '0');
}

function placeOf(id: string, placeOfId: ReadonlyMap<string, number>, times: number): number {
  const base = times === 1 ? id : id.slice(0, -3);
  const copy = times === 1 ? 0 : Number.parseInt(id.slice(-3), 36);
  const place = placeOfId.get(base);
  if (place === undefined) throw new RangeError(`asked for what follows ${id}, which was never listed`);
  return place * times + copy;
}

async function collectionsOfDemo(): Promise<Map<string, Collection>> {
  const demo = await startDemoServers({ now: NOW, scale: SCALE });
  const { apiBase, apiKey } = demo.stripe;
  const listed = new Map<string, StripeObject[]>();
  for (const name of [...CATALOGUE, ...MULTIPLIED]) listed.set(name, await listAll(apiBase, apiKey, name));
  await demo.close();
  // Stripe's own ids grow with time; so do these.
  const heads = new Map<string, string>();
  for (const name of MULTIPLIED)
    for (const { id, created } of listed.get(name) ?? []) heads.set(id, headOf(id, created));
  const head = (id: string) => heads.get(id) ?? headOf(id, 0);
  return new Map(
    [...listed].map(([name, objects]) => {
      const isMultiplied = MULTIPLIED.includes(name);
      const sorted = objects.toSorted((a, b) => b.created - a.created);
      return [
        name,
        {
          templates: (isBillsOnly && isMultiplied && !BILLS.includes(name) ? [] : sorted).map((object) =>
            templateOf(object, isMultiplied ? head : null),
          ),
          copies: isMultiplied ? copies : 1,
          placeOfId: new Map(sorted.map(({ id }, place) => [isMultiplied ? head(id) : id, place])),
        },
      ];
    }),
  );
}

/** As long as Stripe's, less the three letters of the copy. */
function headOf(id: string, created: number): string {
  const [prefix = '', tail = ''] = id.split('_');
  return `${prefix}_1${created.toString(36).padStart(6, '0')}${tail.slice(0, 14)}`;
}

/** Texts between which the copy's letters stand. */
function templateOf(object: StripeObject, head: ((id: string) => string) | null): Template {
  const json = JSON.stringify(object);
  if (head === null) return { created: object.created, parts: [json] };
  const parts: string[] = [];
  let open = '';
  for (const [index, piece] of json.split(OWN_ID).entries()) {
    if (index % 2 === 0) open += piece;
    else {
      parts.push(`${open}"${head(piece)}`);
      open = '"';
    }
  }
  return { created: object.created, parts: [...parts, open] };
}

async function listAll(apiBase: string, apiKey: string, name: string): Promise<StripeObject[]> {
  const expand: Record<string, string> = { prices: 'tiers', coupons: 'applies_to' };
  const objects: StripeObject[] = [];
  for (let more = true; more;) {
    const query = new URLSearchParams({ limit: '100' });
    if (name === 'subscriptions') {
      query.set('status', 'all');
      query.append('expand[]', 'data.discounts.source.coupon');
    }
    if (name === 'customers') query.append('expand[]', 'data.discount.source.coupon');
    if (expand[name] !== undefined) query.append('expand[]', `data.${expand[name]}`);
    const last = objects.at(-1);
    if (last) query.set('starting_after', last.id);
    const answered = await fetch(`${apiBase}/v1/${name}?${query}`, { headers: { authorization: `Bearer ${apiKey}` } });
    const page = ListSchema.parse(await answered.json());
    objects.push(...page.data);
    more = page.has_more;
  }
  return name === 'invoices'
    ? await Promise.all(objects.map((invoice) => withAllLines(apiBase, apiKey, invoice)))
    : objects;
}

/** Stripe embeds ten lines; here the further ones are embedded as well, which spares this server a resource. */
async function withAllLines(apiBase: string, apiKey: string, invoice: StripeObject): Promise<StripeObject> {
  if (!LinesSchema.parse(invoice['lines']).has_more) return invoice;
  const url = `${apiBase}/v1/invoices/${invoice.id}/lines?limit=100`;
  const answered = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
  return { ...invoice, lines: LinesSchema.parse(await answered.json()) };
}
