/** A list request as Stripe reads it: filters, ranges, cursors, limits; whatever it does not know is refused. */
import { invalidRequest, noSuchObject } from './stripe-error.ts';
import type { ObjectStore, Stored } from './object-store.ts';
import { newestFirst, textsAt } from './object-store.ts';
import type { Resource } from './resources.ts';

export const DEFAULT_LIMIT = 10;
export const MAX_LIMIT = 100;

export interface Page {
  readonly items: readonly Stored[];
  readonly hasMore: boolean;
}

/** `created[gte]` → `['created', 'gte']`, `types[]` and `types[0]` → `['types', '']`. */
export function parameterPath(name: string): { readonly field: string; readonly keys: readonly string[] } {
  const open = name.indexOf('[');
  if (open < 0) return { field: name, keys: [] };
  const keys = [...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map(([, key]) => (/^\d*$/.test(key!) ? '' : key!));
  return { field: name.slice(0, open), keys };
}

const COMMON = ['limit', 'starting_after', 'ending_before', 'expand'];
const BOUNDS = ['gt', 'gte', 'lt', 'lte'] as const;
type Bound = (typeof BOUNDS)[number];
type Range = Partial<Record<Bound, number>>;

/** @throws StripeRefusal for an unknown parameter, a bad limit, or a cursor that names nothing. */
export function listPage(store: ObjectStore, resource: Resource, query: URLSearchParams): Page {
  const filters = new Map<string, string[]>();
  const ranges = new Map<string, Range>();
  for (const [name, value] of query) {
    const { field, keys } = parameterPath(name);
    if (COMMON.includes(field) || resource.ignored?.includes(field)) continue;
    if ((field === 'created' && resource.hasCreated) || resource.ranges?.includes(field))
      addBound(ranges, field, keys, value);
    else if (field === 'status' && resource.collection === 'subscriptions') filters.set('status', [value]);
    else if (field === 'payout' && resource.collection === 'balance_transactions') filters.set('payout', [value]);
    else addFilter(resource, filters, [field, ...keys.filter((key) => key !== '')].join('.'), name, value);
  }
  let candidates = narrowed(store, resource, filters);
  for (const [field, range] of ranges)
    candidates =
      field === 'created'
        ? createdWithin(candidates, range)
        : candidates.filter((stored) => inRange(stored, field, range));
  return cut(candidates, query, resource.kind, (id) => store.find(resource.collection, id));
}

function addFilter(
  resource: Resource,
  filters: Map<string, string[]>,
  path: string,
  name: string,
  value: string,
): void {
  if (!(path in resource.filters)) throw unknownParameter(name);
  const values = filters.get(path);
  if (values) values.push(value);
  else filters.set(path, [value]);
}

export function unknownParameter(name: string): ReturnType<typeof invalidRequest> {
  return invalidRequest(`Received unknown parameter: ${name}`, name, 'parameter_unknown');
}

function addBound(ranges: Map<string, Range>, field: string, keys: readonly string[], value: string): void {
  if (!/^\d+$/.test(value)) throw invalidRequest(`Invalid integer: ${value}`, field, 'parameter_invalid_integer');
  const range = ranges.get(field) ?? {};
  ranges.set(field, range);
  const [key] = keys;
  if (key === undefined) Object.assign(range, { gte: Number(value), lte: Number(value) });
  else if (isBound(key)) range[key] = Number(value);
  else throw unknownParameter(`${field}[${key}]`);
}

function isBound(key: string): key is Bound {
  return BOUNDS.some((bound) => bound === key);
}

function narrowed(store: ObjectStore, resource: Resource, filters: Map<string, string[]>): readonly Stored[] {
  const { collection } = resource;
  let list: readonly Stored[] | null = null;
  for (const [param, values] of filters) {
    if (param === 'payout') list = intersect(list, store.transactionsOfPayout(values[0]!));
    else if (collection === 'subscriptions' && param === 'status')
      list = intersect(list, subscriptionsOfStatus(store, values[0]!));
    else if (collection === 'events')
      list = intersect(
        list,
        store
          .list('events')
          .filter(({ object }) => values.some((wanted) => matchesType(String(object['type']), wanted))),
      );
    else
      list = intersect(
        list,
        values.length === 1
          ? store.listBy(collection, resource.filters[param]!, values[0]!)
          : anyOf(store, resource, param, values),
      );
  }
  if (list !== null && (collection !== 'subscriptions' || filters.has('status'))) return list;
  if (collection === 'subscriptions' && !filters.has('status'))
    return (list ?? store.list(collection)).filter(({ object }) => object['status'] !== 'canceled');
  return list ?? store.list(collection);
}

function anyOf(store: ObjectStore, resource: Resource, param: string, values: readonly string[]): readonly Stored[] {
  const path = resource.filters[param]!.split('.');
  return store
    .list(resource.collection)
    .filter(({ object }) => textsAt(object, path).some((text) => values.includes(text)));
}

function intersect(list: readonly Stored[] | null, other: readonly Stored[]): readonly Stored[] {
  if (list === null) return other;
  const among = new Set(other);
  return list.filter((stored) => among.has(stored));
}

/** Without a status Stripe leaves cancelled subscriptions out; `all` means all, `ended` cancelled and expired ones. */
function subscriptionsOfStatus(store: ObjectStore, status: string): readonly Stored[] {
  if (status === 'all') return store.list('subscriptions');
  if (status === 'ended')
    return store
      .list('subscriptions')
      .filter(({ object }) => object['status'] === 'canceled' || object['status'] === 'incomplete_expired');
  return store.listBy('subscriptions', 'status', status);
}

/** `invoice.*` stands for all types that begin so. */
function matchesType(type: string, wanted: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

function inRange({ object }: Stored, field: string, { gt, gte, lt, lte }: Range): boolean {
  const texts = textsAt(object, field.startsWith('current_period') ? ['items', 'data', field] : [field]);
  return texts.some((text) => {
    const value = Number(text);
    return (
      (gt === undefined || value > gt) &&
      (gte === undefined || value >= gte) &&
      (lt === undefined || value < lt) &&
      (lte === undefined || value <= lte)
    );
  });
}

/** Cuts a page out of a newest-first list by `limit`, `starting_after` and `ending_before`. */
export function cut(
  list: readonly Stored[],
  query: URLSearchParams,
  kind: string,
  find: (id: string) => Stored | undefined,
): Page {
  const limit = limitOf(query);
  const [after, before] = [query.get('starting_after'), query.get('ending_before')];
  if (after !== null && before !== null)
    throw invalidRequest(
      'Received both starting_after and ending_before parameters. Please pass in only one.',
      'starting_after',
    );
  const cursor = (id: string, param: string): Stored => {
    const stored = find(id);
    if (stored === undefined) throw noSuchObject(kind, id, param, 400);
    return stored;
  };
  if (before !== null) {
    const end = firstNotNewer(list, cursor(before, 'ending_before'));
    const start = Math.max(0, end - limit);
    return { items: list.slice(start, end), hasMore: start > 0 };
  }
  const start = after === null ? 0 : firstOlder(list, cursor(after, 'starting_after'));
  return { items: list.slice(start, start + limit), hasMore: start + limit < list.length };
}

/** The first index whose element satisfies a condition that holds from somewhere on. */
function firstWhere(list: readonly Stored[], holds: (stored: Stored) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const firstOlder = (list: readonly Stored[], than: Stored): number =>
  firstWhere(list, (stored) => newestFirst(stored, than) > 0);
const firstNotNewer = (list: readonly Stored[], than: Stored): number =>
  firstWhere(list, (stored) => newestFirst(stored, than) >= 0);

/** The stretch of a newest-first list that was created within a range. */
function createdWithin(list: readonly Stored[], { gt, gte, lt, lte }: Range): readonly Stored[] {
  const youngest = Math.min(lte ?? Infinity, lt === undefined ? Infinity : lt - 1);
  const oldest = Math.max(gte ?? -Infinity, gt === undefined ? -Infinity : gt + 1);
  return list.slice(
    firstWhere(list, ({ created }) => created <= youngest),
    firstWhere(list, ({ created }) => created < oldest),
  );
}

/** `limit` as Stripe takes it. @throws StripeRefusal. */
export function limitOf(query: URLSearchParams): number {
  const text = query.get('limit');
  if (text === null) return DEFAULT_LIMIT;
  if (!/^-?\d+$/.test(text)) throw invalidRequest(`Invalid integer: ${text}`, 'limit', 'parameter_invalid_integer');
  const limit = Number(text);
  if (limit < 1)
    throw invalidRequest('This value must be greater than or equal to 1.', 'limit', 'parameter_invalid_integer');
  if (limit > MAX_LIMIT)
    throw invalidRequest(
      `This value must be less than or equal to ${MAX_LIMIT} (it currently is '${limit}').`,
      'limit',
      'parameter_invalid_integer',
    );
  return limit;
}
