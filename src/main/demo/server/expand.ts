/**
 * `expand[]`: ids become objects, and fields that Stripe keeps back appear.
 * Served: every field that holds an id, and the kept-back fields `tiers` of
 * prices, `applies_to` of coupons and `payments` of invoices. Nothing here is
 * sold in several currencies: `currency_options` may be asked for and is none.
 * https://docs.stripe.com/api/expanding_objects
 */
import { embeddedList, isJsonObject, type Json, type JsonObject } from '../stripe/json.ts';
import type { ObjectStore } from './object-store.ts';
import { invalidRequest } from './stripe-error.ts';

const MAX_DEPTH = 4;
const KEPT_BACK: Readonly<Record<string, readonly string[]>> = {
  price: ['tiers', 'currency_options'],
  coupon: ['applies_to', 'currency_options'],
  invoice: ['payments'],
};

/** @throws StripeRefusal for a path that is too deep or leads nowhere. */
export function expandObject(store: ObjectStore, object: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((expanded, path) => expandPath(store, expanded, segmentsOf(path), path), object);
}

/** An object of a list: paths begin with `data.`. @throws StripeRefusal like expandObject. */
export function expandListed(store: ObjectStore, object: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((expanded, path) => {
    const [first, ...rest] = segmentsOf(path);
    if (first !== 'data' || rest.length === 0) throw notExpandable(path);
    return expandPath(store, expanded, rest, path);
  }, object);
}

function segmentsOf(path: string): string[] {
  const segments = path.split('.');
  if (segments.length > MAX_DEPTH)
    throw invalidRequest(`You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${path}`, 'expand');
  return segments;
}

function expandPath(store: ObjectStore, object: JsonObject, segments: readonly string[], path: string): JsonObject {
  const result = along(store, object, segments, path);
  return isJsonObject(result) ? result : object;
}

/** The values of `expand[]`. */
export function expandPaths(query: URLSearchParams): string[] {
  return [...query].filter(([name]) => /^expand(\[\d*\])?$/.test(name)).map(([, path]) => path);
}

function notExpandable(path: string): ReturnType<typeof invalidRequest> {
  return invalidRequest(`This property cannot be expanded (${path}).`, 'expand');
}

function along(store: ObjectStore, value: Json, segments: readonly string[], path: string): Json {
  if (Array.isArray(value)) return value.map((element: Json) => along(store, element, segments, path));
  const [field, ...rest] = segments;
  if (field === undefined) {
    if (typeof value === 'string') return objectOf(store, value, path);
    if (value === null || isJsonObject(value)) return value;
    throw notExpandable(path);
  }
  if (value === null) return null;
  const owner = typeof value === 'string' ? objectOf(store, value, path) : value;
  if (!isJsonObject(owner)) throw notExpandable(path);
  const kept = KEPT_BACK[String(owner['object'])]?.includes(field) ?? false;
  const inner = kept ? keptBack(store, owner, field) : owner[field];
  if (inner === undefined && kept) return owner;
  if (inner === undefined) throw notExpandable(path);
  return { ...owner, [field]: along(store, inner, rest, path) };
}

function objectOf(store: ObjectStore, id: string, path: string): JsonObject {
  const stored = store.findAnywhere(id);
  if (stored === undefined) throw notExpandable(path);
  // A discount keeps showing its coupon after that was deleted.
  return stored.deleted && stored.collection !== 'coupons' ? deletedObject(stored.object) : stored.object;
}

function keptBack(store: ObjectStore, owner: JsonObject, field: string): Json | undefined {
  const hidden = store.findAnywhere(String(owner['id']))?.hidden[field];
  if (field === 'payments') {
    const payments = Array.isArray(hidden) ? hidden.filter(isJsonObject) : [];
    return embeddedList(`/v1/invoice_payments?invoice=${String(owner['id'])}`, payments);
  }
  return hidden;
}

/** What is left to see of a deleted object. */
export function deletedObject(object: JsonObject): JsonObject {
  return { id: object['id'] ?? '', object: object['object'] ?? '', deleted: true };
}
