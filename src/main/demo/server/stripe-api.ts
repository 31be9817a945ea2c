/** Stripe's read API over the store: lists, single objects, nested lines, account and balance. */
import { isJsonObject, type Json, type JsonObject } from '../stripe/json.ts';
import { deletedObject, expandListed, expandObject, expandPaths } from './expand.ts';
import { changesObjects, disfigured, type Fault } from './faults.ts';
import { answerMeters } from './meters.ts';
import { cut, listPage, parameterPath, unknownParameter, type Page } from './list-query.ts';
import { jsonText, type ObjectStore, type Stored } from './object-store.ts';
import { RESOURCES, type Resource } from './resources.ts';
import { invalidRequest, missingPermission, noSuchObject, noSuchRoute } from './stripe-error.ts';

export interface ApiKey {
  readonly key: string;
  /** Names of permissions to read (`customer`, `invoice` …), or all. */
  readonly permissions: ReadonlySet<string> | 'all';
}

export interface StripeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly key: ApiKey;
  readonly faults: readonly Fault[];
}

/** @returns the JSON text of the answer. @throws StripeRefusal for everything that Stripe would refuse. */
export function answerStripe(store: ObjectStore, request: StripeRequest): string {
  const { method, path, query, key, faults } = request;
  const [version, name, id, nested, ...more] = path.split('/').slice(1);
  if (method !== 'GET') {
    if (key.permissions !== 'all' && name !== undefined && name in RESOURCES)
      throw missingPermission(key.key, `rak_${RESOURCES[name]!.permission}_write`, accountId(store));
    throw noSuchRoute(method, path);
  }
  const isMeters = version === 'v1' && name === 'billing' && id === 'meters';
  if (version !== 'v1' || name === undefined || (more.length > 0 && !isMeters)) throw noSuchRoute(method, path);
  const need = (permission: string): void => {
    if (key.permissions !== 'all' && !key.permissions.has(permission))
      throw missingPermission(key.key, `rak_${permission}_read`, accountId(store));
  };
  if (name === 'account' && id === undefined) return jsonText(store.account);
  if (name === 'balance' && id === undefined) {
    need('balance');
    return jsonText(store.balance);
  }
  if (isMeters) {
    need('billing_meter');
    return answerMeters(
      store.meters,
      [nested, ...more].filter((part) => part !== undefined),
      path,
      query,
    );
  }
  const resource = Object.hasOwn(RESOURCES, name) ? RESOURCES[name]! : null;
  if (resource === null) return answerSubscriptionItems(store, request, name, id, need);
  need(resource.permission);
  if (id === undefined) return listText(store, listWithFaults(store, resource, query, faults), path, query, faults);
  const stored = store.find(resource.collection, id);
  if (stored === undefined) throw noSuchObject(resource.kind, id, 'id');
  if (nested === undefined) return retrieve(store, stored, query, faults);
  if (nested === 'lines' && (name === 'invoices' || name === 'credit_notes'))
    return linesText(store, stored, path, query);
  throw noSuchRoute(method, path);
}

const accountId = (store: ObjectStore): string => String(store.account['id']);

function retrieve(store: ObjectStore, stored: Stored, query: URLSearchParams, faults: readonly Fault[]): string {
  for (const [name] of query) if (parameterPath(name).field !== 'expand') throw unknownParameter(name);
  if (stored.deleted) return JSON.stringify(deletedObject(stored.object));
  const paths = expandPaths(query);
  if (paths.length === 0 && !changesObjects(faults)) return store.json(stored);
  return JSON.stringify(asFaulty(store, expandObject(store, stored.object, paths), faults));
}

function asFaulty(store: ObjectStore, object: JsonObject, faults: readonly Fault[]): JsonObject {
  if (!changesObjects(faults)) return object;
  const lookup = (id: string): JsonObject | undefined => store.findAnywhere(id)?.object;
  const counterpartOf = (id: string): JsonObject | undefined => {
    const [ofIntent] = store.listBy('invoice_payments', 'payment.payment_intent', id);
    if (ofIntent) return lookup(String(ofIntent.object['invoice']));
    const payment = store.listBy('invoice_payments', 'invoice', id)[0]?.object['payment'];
    return isJsonObject(payment) ? lookup(String(payment['payment_intent'])) : undefined;
  };
  return disfigured(object, faults, lookup, counterpartOf);
}

function listWithFaults(
  store: ObjectStore,
  resource: Resource,
  query: URLSearchParams,
  faults: readonly Fault[],
): Page {
  const page = listPage(store, resource, query);
  const after = query.get('starting_after');
  if (after === null || !faults.some(({ kind }) => kind === 'duplicate_page')) return page;
  const again = new URLSearchParams(query);
  again.delete('starting_after');
  again.set('ending_before', after);
  const before = listPage(store, resource, again).items;
  const cursor = store.find(resource.collection, after);
  return { items: [...before, ...(cursor ? [cursor] : []), ...page.items], hasMore: page.hasMore };
}

function listText(
  store: ObjectStore,
  page: Page,
  url: string,
  query: URLSearchParams,
  faults: readonly Fault[],
): string {
  const paths = expandPaths(query);
  const plain = paths.length === 0 && !changesObjects(faults);
  const texts = page.items.map((stored) =>
    plain ? store.json(stored) : JSON.stringify(asFaulty(store, expandListed(store, stored.object, paths), faults)),
  );
  return `{"object":"list","data":[${texts.join(',')}],"has_more":${page.hasMore},"url":${JSON.stringify(url)}}`;
}

/** Lines are listed in their own order. */
function linesText(store: ObjectStore, stored: Stored, path: string, query: URLSearchParams): string {
  for (const [name] of query) if (!PAGE_PARAMETERS.includes(parameterPath(name).field)) throw unknownParameter(name);
  const lines = withinOrder(stored, stored.hidden['lines']);
  const page = cut(lines, query, 'line item', (id) => lines.find((line) => line.id === id));
  return listText(store, page, path, query, []);
}

/** `/v1/subscription_items?subscription=…`, where the items of long subscriptions go on, and single ones. */
function answerSubscriptionItems(
  store: ObjectStore,
  { method, path, query, faults }: StripeRequest,
  name: string,
  id: string | undefined,
  need: (permission: string) => void,
): string {
  if (name !== 'subscription_items') throw noSuchRoute(method, path);
  need('subscription');
  if (id !== undefined) {
    const owner = store.listBy('subscriptions', 'items.data.id', id)[0];
    const item = owner && itemsOf(owner).find((stored) => stored.id === id);
    if (item === undefined) throw noSuchObject('subscription_item', id, 'id');
    return retrieve(store, item, query, faults);
  }
  for (const [parameter] of query)
    if (!['subscription', ...PAGE_PARAMETERS].includes(parameterPath(parameter).field))
      throw unknownParameter(parameter);
  const subscription = query.get('subscription');
  if (subscription === null)
    throw invalidRequest('Missing required param: subscription.', 'subscription', 'parameter_missing');
  const stored = store.find('subscriptions', subscription);
  if (stored === undefined) throw noSuchObject('subscription', subscription, 'subscription', 400);
  const items = itemsOf(stored);
  return listText(
    store,
    cut(items, query, 'subscription_item', (wanted) => items.find((item) => item.id === wanted)),
    path,
    query,
    faults,
  );
}

const PAGE_PARAMETERS = ['limit', 'starting_after', 'ending_before', 'expand'];

function itemsOf(subscription: Stored): Stored[] {
  const items = subscription.object['items'];
  return withinOrder(subscription, isJsonObject(items) ? items['data'] : []);
}

/** Objects inside another one, as things to be listed in their own order. */
function withinOrder(owner: Stored, objects: Json | undefined): Stored[] {
  return (Array.isArray(objects) ? objects : []).filter(isJsonObject).map((object, index, all) => ({
    collection: owner.collection,
    object,
    hidden: {},
    deleted: false,
    id: String(object['id']),
    created: owner.created,
    order: all.length - index,
  }));
}
