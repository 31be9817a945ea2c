/** Collects the objects of one customer's life, and the events of the days that Stripe still serves. */
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { stripeId } from './ids.ts';
import type { Json, JsonObject } from './json.ts';

/** Stripe's own API version of these shapes. */
export const API_VERSION = '2026-10-28.endive';

export type Collection =
  | 'customers'
  | 'products'
  | 'prices'
  | 'coupons'
  | 'promotion_codes'
  | 'tax_rates'
  | 'discounts'
  | 'subscriptions'
  | 'subscription_schedules'
  | 'invoices'
  | 'invoiceitems'
  | 'invoice_payments'
  | 'payment_intents'
  | 'charges'
  | 'refunds'
  | 'disputes'
  | 'credit_notes'
  | 'balance_transactions'
  | 'payouts'
  | 'quotes'
  | 'events';

export interface ServedObject {
  readonly collection: Collection;
  readonly object: JsonObject;
  /** Fields that Stripe shows on request only, and all lines of an invoice or credit note. */
  readonly hidden: Readonly<Record<string, Json>>;
  /** Retrieved as `deleted: true` and left out of lists. */
  readonly deleted: boolean;
}

/** A thing that changes: what it looks like now, and what it looked like when it was last told of. */
export interface Entity {
  readonly collection: Collection;
  readonly render: () => JsonObject;
  readonly hidden?: () => Readonly<Record<string, Json>>;
  shown: JsonObject | null;
}

export interface Recorder {
  readonly entities: Entity[];
  readonly events: JsonObject[];
  /** Registers a thing. Its last look is what is served. */
  track(collection: Collection, render: () => JsonObject, hidden?: () => Readonly<Record<string, Json>>): Entity;
  /** Tells of a thing, after an optional change of it; events before the window are not kept. */
  tell(entity: Entity, at: Instant, types: readonly string[], change?: () => void): void;
  /** Tells of something that is no object yet (`invoice.upcoming`). */
  announce(at: Instant, type: string, preview: () => JsonObject): void;
  /** A number that is unique within this recorder, by kind. */
  next(kind: string): number;
}

/** @param name makes event ids unique; @param since events before this moment are dropped. */
export function createRecorder(name: string, since: Instant): Recorder {
  const entities: Entity[] = [];
  const events: JsonObject[] = [];
  const counters = new Map<string, number>();
  const next = (kind: string): number => {
    const value = (counters.get(kind) ?? 0) + 1;
    counters.set(kind, value);
    return value;
  };
  return {
    entities,
    events,
    next,
    track: (collection, render, hidden) => {
      const entity: Entity =
        hidden === undefined ? { collection, render, shown: null } : { collection, render, hidden, shown: null };
      entities.push(entity);
      return entity;
    },
    announce: (at, type, preview) => {
      const number = next('event');
      if (at >= since) events.push(eventObject(stripeId('evt', `${name}:${number}`), at, type, preview(), null));
    },
    tell: (entity, at, types, change) => {
      const kept = at >= since;
      const before = kept && change ? (entity.shown ?? entity.render()) : null;
      change?.();
      const number = types.map(() => next('event'));
      if (!kept) return;
      const after = entity.render();
      entity.shown = after;
      types.forEach((type, index) => {
        const previous = type.endsWith('.updated') && before !== null ? changedFields(before, after) : null;
        events.push(eventObject(stripeId('evt', `${name}:${number[index]}`), at, type, after, previous));
      });
    },
  };
}

/** The former values of the fields that differ. */
export function changedFields(before: JsonObject, after: JsonObject): JsonObject {
  const changed: Record<string, Json> = {};
  for (const key of Object.keys(after))
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed[key] = before[key] ?? null;
  return changed;
}

export function eventObject(
  id: string,
  at: Instant,
  type: string,
  object: JsonObject,
  previous: JsonObject | null,
): JsonObject {
  return {
    id,
    object: 'event',
    api_version: API_VERSION,
    created: secondsOfInstant(at),
    data: previous === null ? { object } : { object, previous_attributes: previous },
    livemode: false,
    pending_webhooks: 0,
    request: { id: null, idempotency_key: null },
    type,
  };
}
