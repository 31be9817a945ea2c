/** Finds discounts that are no longer where an old event says they were. Nothing is read before somebody asks. */
import { z } from 'zod';
import type { StripeClient } from './client.ts';
import { EventSchema } from './event.ts';

const PAGE_SIZE = 100;

export interface LostDiscounts {
  /** From the events of discounts given and taken away since the walk's beginning. */
  removed(id: string): Promise<unknown>;
  /** From the newest invoices of a subscription: a limited discount ends without an event of its own. */
  invoiced(subscriptionId: string, id: string): Promise<unknown>;
}

type Discounts = ReadonlyMap<string, unknown>;

export function lostDiscounts(client: StripeClient, gte: number): LostDiscounts {
  let told: Promise<Discounts> | null = null;
  const billed = new Map<string, Promise<Discounts>>();
  return {
    removed: async (id) => (await (told ??= discountsOfEvents(client, gte))).get(id) ?? null,
    async invoiced(subscriptionId, id) {
      let known = billed.get(subscriptionId);
      if (!known) billed.set(subscriptionId, (known = discountsOfInvoices(client, subscriptionId)));
      return (await known).get(id) ?? null;
    },
  };
}

async function discountsOfEvents(client: StripeClient, gte: number): Promise<Discounts> {
  const found = new Map<string, unknown>();
  let after: string | null = null;
  for (let more = true; more;) {
    const page = await client.list('/v1/events', {
      limit: PAGE_SIZE,
      'created[gte]': gte,
      types: ['customer.discount.deleted', 'customer.discount.created'],
      ...(after === null ? {} : { starting_after: after }),
    });
    const events = page.data.flatMap((raw) => EventSchema.safeParse(raw).data ?? []);
    for (const { type, data } of events)
      if (type.startsWith('customer.discount.') && data.object.id) found.set(data.object.id, data.object);
    after = events.at(-1)?.id ?? null;
    more = page.hasMore && after !== null;
  }
  return found;
}

const InvoiceSchema = z.object({ discounts: z.array(z.unknown()) });
const DiscountSchema = z.looseObject({ id: z.string() });

async function discountsOfInvoices(client: StripeClient, subscription: string): Promise<Discounts> {
  const { data } = await client.list('/v1/invoices', {
    subscription,
    limit: PAGE_SIZE,
    expand: ['data.discounts.source.coupon'],
  });
  const all = data.flatMap((raw) => InvoiceSchema.safeParse(raw).data?.discounts ?? []);
  return new Map(all.flatMap((raw) => DiscountSchema.safeParse(raw).data ?? []).map((found) => [found.id, found]));
}
