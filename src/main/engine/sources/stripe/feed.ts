/**
 * The event feed: what changed since the last walk. Events carry an older
 * shape and are only a signal, so the object is read again; but an event about
 * a subscription also shows a state that is past, and is kept for that.
 * Stripe keeps events for 30 days: https://docs.stripe.com/api/events
 */
import { z } from 'zod';
import { instantOfSeconds, minuteText, secondsOfInstant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { StripeClient } from './client.ts';
import { CleanId, EventSchema, kindOf, type StripeEvent } from './event.ts';
import { rereadOne, type ListingSpec } from './listing.ts';
import { lostDiscounts, type LostDiscounts } from './lost-discounts.ts';
import { customerDiscountType, discountType } from './objects/discount.ts';
import { subscriptionEventType } from './objects/subscription.ts';
import { BEGINNING_SECONDS } from './ranges.ts';

const PAGE_SIZE = 100;
export const RETENTION_SECONDS = 30 * 86_400;
export const WARNING_SECONDS = 25 * 86_400;
/** Events can appear in the list a little after their time: the last minutes are walked again. */
const OVERLAP_SECONDS = 600;
const REMEMBERED_IDS = 10_000;

const WalkSchema = z.object({
  gte: z.number(),
  after: z.string(),
  topAt: z.number(),
  recent: z.array(z.string()),
});

export const FeedCursorSchema = z.object({
  /** Everything up to here has been seen, in epoch seconds of Stripe's clock. */
  at: z.number(),
  /** When this program last reached the feed's end, by its own clock: what the 30 days are counted from. */
  reachedAt: z.number(),
  /** Events of the overlap that are done with. */
  recent: z.array(z.string()),
  /** Before the first walk: also look back as far as events go, for sightings. */
  lookBack: z.boolean(),
  walk: WalkSchema.nullable(),
  events: z.number(),
});
type FeedCursor = z.output<typeof FeedCursorSchema>;

export function feedStream(specs: readonly ListingSpec[], client: StripeClient, catalogue: Catalogue): Stream {
  const byType = new Map(specs.map((spec) => [spec.type.type, spec]));
  return {
    id: 'events',
    title: 'Events',
    change: 'events',
    phase: 9,
    objectTypes: [subscriptionEventType, discountType, customerDiscountType, ...specs.map(({ type }) => type)],
    keepsRaw: true,
    scope: 'event_read',
    isDue: () => true,
    read: (run) => walk(run, byType, client, catalogue),
    proof: proofOf,
    async anchor(now) {
      const { data } = await client.list('/v1/events', { limit: 1 });
      const newest = EventSchema.safeParse(data[0]);
      // Without any event the feed is quiet: an hour covers two clocks that disagree.
      const at = newest.success ? newest.data.created : secondsOfInstant(now) - 3_600;
      return { at, reachedAt: now, recent: [], lookBack: true, walk: null, events: 0 };
    },
  };
}

async function* walk(
  run: StreamRun,
  specs: ReadonlyMap<string, ListingSpec>,
  client: StripeClient,
  catalogue: Catalogue,
): AsyncGenerator<Page> {
  if (run.cursor === null) {
    // No place in the feed was noted before the listing, because it was refused: it says so again, or the next run begins anew.
    await client.list('/v1/events', { limit: 1 });
    return;
  }
  let cursor: FeedCursor = FeedCursorSchema.parse(run.cursor);
  const since = cursor.at - OVERLAP_SECONDS;
  // The first walk takes whatever Stripe still keeps.
  const gte = cursor.walk?.gte ?? (cursor.lookBack ? BEGINNING_SECONDS : since);
  const done = new Set(cursor.recent);
  const reread = new Set<string>();
  const lost = lostDiscounts(client, gte);

  for (let more = true; more;) {
    const page = await client.list('/v1/events', {
      limit: PAGE_SIZE,
      'created[gte]': gte,
      ...(cursor.walk ? { starting_after: cursor.walk.after } : {}),
    });
    const events = page.data.flatMap((raw) => EventSchema.safeParse(raw).data ?? []);
    const fresh = events.filter(({ id }) => !done.has(id));
    const context = { run, specs, client, catalogue, lost, reread, rereadSince: since };
    const records = await recordsOf(fresh, context);
    // An event that cannot be read goes to quarantine like any other record.
    const unread = page.data.filter((raw) => !EventSchema.safeParse(raw).success);
    const last = events.at(-1);
    more = page.hasMore && last !== undefined;
    const topAt = cursor.walk?.topAt ?? Math.max(cursor.at, events[0]?.created ?? cursor.at);
    const recent = [
      ...(cursor.walk?.recent ?? []),
      ...events.filter(({ created }) => created >= topAt - OVERLAP_SECONDS).map(({ id }) => id),
    ].slice(0, REMEMBERED_IDS);
    const count = cursor.events + fresh.length;
    cursor =
      more && last
        ? { ...cursor, events: count, walk: { gte, after: last.id, topAt, recent } }
        : { at: topAt, reachedAt: run.now, recent, lookBack: false, walk: null, events: count };
    yield {
      records: [...records, ...unread.map((value): SourceRecord => ({ kind: 'object', type: 'event', value }))],
      cursor,
      remaining: more ? null : 0,
      listing: false,
    };
  }
}

interface Context {
  readonly run: StreamRun;
  readonly specs: ReadonlyMap<string, ListingSpec>;
  readonly client: StripeClient;
  readonly catalogue: Catalogue;
  readonly lost: LostDiscounts;
  readonly reread: Set<string>;
  /** Objects of older events were listed after them, and are known in their newest state. */
  readonly rereadSince: number;
}

async function recordsOf(events: readonly StripeEvent[], context: Context): Promise<SourceRecord[]> {
  const changed = events.filter(({ created }) => created >= context.rereadSince);
  const objects = await Promise.all(changed.flatMap((event) => rereadsOf(event, context)));
  const told = await Promise.all(
    events.flatMap((event) => [sightingOf(event, context), customerDiscountOf(event, context)]),
  );
  return [...objects.flat(), ...told.flat()];
}

/** Events that say «gone» of an object that has no later state to read. */
const TOMBSTONES = new Set([
  'customer.deleted',
  'product.deleted',
  'price.deleted',
  'coupon.deleted',
  'invoice.deleted',
]);

function rereadsOf(event: StripeEvent, context: Context): Promise<SourceRecord[]>[] {
  const { id } = event.data.object;
  const type = kindOf(event);
  if (type === 'discount') return discountTargets(event, context);
  if (type === undefined || id === undefined) return [];
  if (TOMBSTONES.has(event.type)) {
    if (context.reread.has(`${type} ${id}`)) return [];
    context.reread.add(`${type} ${id}`);
    return [Promise.resolve([{ kind: 'deleted', type, id, at: instantOfSeconds(event.created) }])];
  }
  const reads = [readAgain(type, id, context)];
  // A schedule is read with its subscription.
  const { subscription } = TargetsSchema.parse(event.data.object);
  if (type === 'subscription_schedule' && subscription) reads.push(readAgain('subscription', subscription, context));
  if (event.type === 'charge.refunded') reads.push(listAgain('refund', { charge: id }, context));
  if (type === 'invoice' && PAYMENT_EVENTS.has(event.type))
    reads.push(listAgain('invoice_payment', { invoice: id }, context));
  return reads;
}

const PAYMENT_EVENTS = new Set(['invoice.paid', 'invoice.payment_succeeded', 'invoice.payment_failed']);

function discountTargets(event: StripeEvent, context: Context): Promise<SourceRecord[]>[] {
  const { customer, subscription } = TargetsSchema.parse(event.data.object);
  const kept = context.catalogue
    .discount(event.data.object, context.run)
    .then((value): SourceRecord[] => [{ kind: 'object', type: 'discount', value }]);
  return [
    kept,
    ...(customer ? [readAgain('customer', customer, context)] : []),
    ...(subscription ? [readAgain('subscription', subscription, context)] : []),
  ];
}

const TargetsSchema = z.object({
  customer: CleanId.nullish().catch(null),
  subscription: CleanId.nullish().catch(null),
});

async function readAgain(type: string, id: string, context: Context): Promise<SourceRecord[]> {
  const spec = context.specs.get(type);
  const key = `${type} ${id}`;
  if (!spec || context.reread.has(key) || context.run.isRefused(type)) return [];
  context.reread.add(key);
  const records = await rereadOne(id, spec, context.client, context.run);
  // A server that answers for lists only knows no object by name. Whether a subscription is gone is said by the next
  // full listing, which asks for what it does not show.
  return type === 'subscription' ? records.filter(({ kind }) => kind === 'object') : records;
}

/** Objects that belong to another one and have no event of their own in every API version. */
async function listAgain(type: string, query: Record<string, string>, context: Context): Promise<SourceRecord[]> {
  const spec = context.specs.get(type);
  const key = `${type} of ${Object.values(query).join()}`;
  if (!spec || context.reread.has(key) || context.run.isRefused(type)) return [];
  context.reread.add(key);
  const { data } = await context.client.list(spec.path, { ...query, limit: PAGE_SIZE });
  return data.map((value) => ({ kind: 'object', type, value }));
}

async function sightingOf(event: StripeEvent, context: Context): Promise<SourceRecord[]> {
  const { object } = event.data;
  if (kindOf(event) !== 'subscription' || !event.type.startsWith('customer.subscription.')) return [];
  const value = {
    ...event,
    object: 'event',
    data: { object: await context.catalogue.sighting(object, context.run, discountById(object.id, context)) },
  };
  return [{ kind: 'object', type: 'event', value }];
}

/** Word of a customer's own discount; those of subscriptions are seen on them. */
async function customerDiscountOf(event: StripeEvent, context: Context): Promise<SourceRecord[]> {
  const { object } = event.data;
  const of = HolderSchema.safeParse(object).data;
  if (kindOf(event) !== 'discount' || !of || of.subscription || of.subscription_item || of.invoice) return [];
  const gone = event.type === 'customer.discount.deleted';
  const value = {
    id: `${of.id}/${gone ? 'gone' : 'given'}`,
    customer: of.customer,
    discount: await context.catalogue.discount(object, context.run),
    gone_at: gone ? event.created : null,
  };
  return [{ kind: 'object', type: 'customer_discount', value }];
}

const HolderSchema = z.object({
  id: CleanId,
  customer: CleanId,
  subscription: z.unknown().optional(),
  subscription_item: z.unknown().optional(),
  invoice: z.unknown().optional(),
});

/**
 * A discount that an event names by id: from the subscription as last stored,
 * from an earlier event, from the word of its removal, or from an invoice that
 * it reduced.
 */
function discountById(subscriptionId: string | undefined, context: Context): (id: string) => Promise<unknown> {
  const { run, lost } = context;
  return async (id) => {
    const stored = subscriptionId === undefined ? null : run.stored('subscription', subscriptionId);
    const held = HoldersSchema.safeParse(stored).data;
    const all = [...(held?.discounts ?? []), ...(held?.items.data.flatMap((item) => item.discounts ?? []) ?? [])];
    return (
      all.find((discount) => discount.id === id) ??
      run.stored('discount', id) ??
      (await lost.removed(id)) ??
      (subscriptionId === undefined ? null : await lost.invoiced(subscriptionId, id))
    );
  };
}

const HeldSchema = z.array(z.looseObject({ id: z.string().nullable() })).nullable();
const HoldersSchema = z.object({
  discounts: HeldSchema,
  items: z.object({ data: z.array(z.object({ discounts: HeldSchema })) }),
});

function proofOf(cursor: Json): StreamProof {
  const parsed = FeedCursorSchema.safeParse(cursor);
  if (!parsed.success) return { complete: false, sentence: 'The event feed has not been walked yet' };
  const { at, events, walk: open, lookBack } = parsed.data;
  const until: Instant = instantOfSeconds(at);
  if (open || lookBack)
    return { complete: false, sentence: `The walk through the events is not at its end; ${events} so far` };
  return { complete: true, sentence: `${events} events, without a gap up to ${minuteText(until)}` };
}
