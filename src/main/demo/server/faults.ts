/** Faults on demand: what a vendor's API does on a bad day, switched on per route and counted. */
import { hashText } from '../scenario/random.ts';
import { isJsonObject, type Json, type JsonObject } from '../stripe/json.ts';
import { toPreBasil, type Lookup } from '../stripe/pre-basil.ts';

export type Fault =
  /** 429; without seconds there is no `Retry-After`. */
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'server_error' }
  /** Half of the body, then the connection is destroyed. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** The page after a cursor begins with the whole page before it. */
  | { readonly kind: 'duplicate_page' }
  /** `share` of the objects (chosen by id) in the shape before API 2025-03-31.basil. */
  | { readonly kind: 'pre_basil'; readonly share: number }
  /** A value that no client knows yet, in `status` (or `type`). */
  | { readonly kind: 'unknown_enum'; readonly share: number }
  /** An object that breaks its own shape: `created` is text and `customer` a number. */
  | { readonly kind: 'malformed'; readonly share: number }
  /** No permission, whatever the key. */
  | { readonly kind: 'forbidden' };

export interface FaultRule {
  /** The beginning of a path (`/v1/invoices`), or `*` for all. */
  readonly route: string;
  readonly fault: Fault;
  /** How many requests it hits; all where it is left out. */
  readonly times?: number;
  /** How many requests on the route pass first. */
  readonly after?: number;
}

export interface FaultBoard {
  /** @returns a function that takes the rule away again. */
  add(rule: FaultRule): () => void;
  clear(): void;
  /** The faults that hit this request; each call counts as one request. */
  strike(path: string): readonly Fault[];
}

export function createFaultBoard(initial: readonly FaultRule[] = []): FaultBoard {
  const active = new Set<{ readonly rule: FaultRule; seen: number }>();
  const add = (rule: FaultRule): (() => void) => {
    const entry = { rule, seen: 0 };
    active.add(entry);
    return () => void active.delete(entry);
  };
  initial.forEach(add);
  return {
    add,
    clear: () => active.clear(),
    strike: (path) => {
      const faults: Fault[] = [];
      for (const entry of active) {
        const { rule } = entry;
        if (rule.route !== '*' && !(path === rule.route || path.startsWith(`${rule.route}/`))) continue;
        entry.seen += 1;
        const after = rule.after ?? 0;
        if (entry.seen > after && entry.seen <= after + (rule.times ?? Infinity)) faults.push(rule.fault);
      }
      return faults;
    },
  };
}

/** A fixed share of ids is always hit, so that a repeated request gets the same answer. */
function isAmong(object: JsonObject, share: number): boolean {
  return hashText(String(object['id']))[0] / 4294967296 < share;
}

/** The object as the faults make it look. @param counterpartOf the payment intent of an invoice, by its id, and the other way round. */
function disfigure(object: JsonObject, faults: readonly Fault[], lookup: Lookup, counterpartOf: Lookup): JsonObject {
  let result = object;
  for (const fault of faults) {
    if (!('share' in fault) || !isAmong(object, fault.share)) continue;
    if (fault.kind === 'pre_basil') result = toPreBasil(result, lookup, counterpartOf(String(object['id'])));
    else if (fault.kind === 'unknown_enum')
      result = { ...result, ['status' in result ? 'status' : 'type']: 'newly_invented' };
    else result = { ...result, created: 'yesterday', customer: 7 };
  }
  return result;
}

/** Whether a fault changes what objects look like. */
export function changesObjects(faults: readonly Fault[]): boolean {
  return faults.some((fault) => 'share' in fault);
}

/** The object as the faults make it look; of an event, the object in it. */
export function disfigured(
  object: JsonObject,
  faults: readonly Fault[],
  lookup: Lookup,
  counterpartOf: Lookup,
): JsonObject {
  const data: Json | undefined = object['data'];
  if (object['object'] !== 'event' || !isJsonObject(data) || !isJsonObject(data['object']))
    return disfigure(object, faults, lookup, counterpartOf);
  return { ...object, data: { ...data, object: disfigure(data['object'], faults, lookup, counterpartOf) } };
}
