/** The served objects, sorted and indexed for lists; each is turned into JSON text once, when it is first asked for. */
import { DAY_MS, instantOfSeconds, type Instant } from '../../../shared/kernel/instant.ts';
import type { CompanyObjects } from '../stripe/company-objects.ts';
import { isJsonObject, numberOf, textOf, type Json, type JsonObject } from '../stripe/json.ts';
import { EVENT_DAYS } from '../stripe/life-objects.ts';
import type { Collection, ServedObject } from '../stripe/recorder.ts';

export interface Stored {
  readonly collection: Collection;
  readonly object: JsonObject;
  readonly hidden: ServedObject['hidden'];
  readonly deleted: boolean;
  readonly id: string;
  /** Epoch seconds. */
  readonly created: number;
  /** Breaks ties of `created`: later ones are newer. */
  readonly order: number;
}

export interface ObjectStore {
  /** Newest first, without deleted ones. */
  list(collection: Collection): readonly Stored[];
  /** Newest first, those whose field (a path such as `payment.payment_intent`) has that text. */
  listBy(collection: Collection, field: string, value: string): readonly Stored[];
  find(collection: Collection, id: string): Stored | undefined;
  /** By id alone, for expansion. */
  findAnywhere(id: string): Stored | undefined;
  json(stored: Stored): string;
  readonly account: JsonObject;
  readonly balance: JsonObject;
  readonly meters: CompanyObjects['meters'];
  transactionsOfPayout(payout: string): readonly Stored[];
  count(collection: Collection): number;
}

const texts = new WeakMap<JsonObject, string>();

/** The JSON text of an object, remembered for as long as the object lives. */
export function jsonText(object: JsonObject): string {
  let text = texts.get(object);
  if (text === undefined) {
    text = JSON.stringify(object);
    texts.set(object, text);
  }
  return text;
}

/** @param eventDays how far back events are served. */
export function createObjectStore(company: CompanyObjects, now: Instant, eventDays: number = EVENT_DAYS): ObjectStore {
  const byCollection = new Map<Collection, Stored[]>();
  const byId = new Map<string, Stored>();
  let order = 0;
  const add = (served: ServedObject): void => {
    const id = textOf(served.object, 'id');
    const stored: Stored = { ...served, id, created: createdOf(served.object), order: order++ };
    const list = byCollection.get(served.collection);
    if (list) list.push(stored);
    else byCollection.set(served.collection, [stored]);
    byId.set(id, stored);
  };
  company.objects.forEach(add);
  for (const object of company.events)
    if (instantOfSeconds(numberOf(object, 'created')) >= now - eventDays * DAY_MS)
      add({ collection: 'events', object, hidden: {}, deleted: false });
  const lists = new Map<Collection, readonly Stored[]>();
  for (const [collection, list] of byCollection)
    lists.set(collection, list.filter(({ deleted }) => !deleted).sort(newestFirst));

  const indexes = new Map<string, Map<string, Stored[]>>();
  const indexOf = (collection: Collection, field: string): Map<string, Stored[]> => {
    const key = `${collection} ${field}`;
    let index = indexes.get(key);
    if (index === undefined) {
      index = new Map();
      for (const stored of lists.get(collection) ?? [])
        for (const value of textsAt(stored.object, field.split('.'))) {
          const list = index.get(value);
          if (list) list.push(stored);
          else index.set(value, [stored]);
        }
      indexes.set(key, index);
    }
    return index;
  };

  return {
    list: (collection) => lists.get(collection) ?? [],
    listBy: (collection, field, value) => indexOf(collection, field).get(value) ?? [],
    find: (collection, id) => {
      const stored = byId.get(id);
      return stored?.collection === collection ? stored : undefined;
    },
    findAnywhere: (id) => byId.get(id),
    json: ({ object }) => jsonText(object),
    account: company.account,
    balance: company.book.balance,
    meters: company.meters,
    transactionsOfPayout: (payout) =>
      (company.book.transactionsOfPayout.get(payout) ?? []).flatMap((id) => byId.get(id) ?? []).sort(newestFirst),
    count: (collection) => lists.get(collection)?.length ?? 0,
  };
}

/** Orders as Stripe lists. */
export function newestFirst(a: Stored, b: Stored): number {
  return b.created - a.created || b.order - a.order;
}

/** A discount has no `created`; its start stands in for it. */
function createdOf(object: JsonObject): number {
  return numberOf(object, 'created' in object ? 'created' : 'start');
}

/** The texts at a path; lists on the way (also Stripe's list objects) are gone through. Booleans and null become text. */
export function textsAt(value: Json | undefined, path: readonly string[]): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((element: Json) => textsAt(element, path));
  const [field, ...rest] = path;
  if (field === undefined) return isJsonObject(value) ? textsAt(value['id'], []) : [String(value)];
  return isJsonObject(value) ? textsAt(value[field], rest) : [];
}
