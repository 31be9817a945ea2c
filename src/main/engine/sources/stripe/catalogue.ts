/**
 * Makes objects whole. Stripe expands four levels deep and no more, cuts lists
 * inside objects after ten entries, and never expands what an event carries:
 * coupons, tiers, further lines and items are filled in here, from what is
 * stored already or by another read.
 */
import { z } from 'zod';
import { claimedId, gapOf, type StreamRun } from '../kit/index.ts';
import { wholeSchedule } from './whole-schedule.ts';
import type { ListPage, Query, StripeClient } from './client.ts';

type Raw = Readonly<Record<string, unknown>>;
type Known = Pick<StreamRun, 'stored'>;

const PAGE_SIZE = 100;

export interface Catalogue {
  subscription(raw: unknown, run: Known): Promise<unknown>;
  /** A subscription read alone: its schedule may have changed since it was listed. */
  rereadSubscription(raw: unknown, run: Known): Promise<unknown>;
  customer(raw: unknown, run: Known): Promise<unknown>;
  invoice(raw: unknown): Promise<unknown>;
  /** A deleted customer who was never read, as its latest invoice names it; null where none does. */
  deletedCustomer(id: string, run: Known): Promise<unknown>;
  /** A subscription as an event carries it; `known` are discounts by id. */
  sighting(raw: unknown, run: Known, known: (id: string) => Promise<unknown>): Promise<unknown>;
  discount(raw: unknown, run: Known): Promise<unknown>;
}

export function catalogue(client: StripeClient): Catalogue {
  const coupons = new Map<string, Promise<unknown>>();
  const prices = new Map<string, Promise<unknown>>();

  async function coupon(raw: unknown, run: Known): Promise<unknown> {
    const id = claimedId(typeof raw === 'string' ? { id: raw } : raw);
    if (id === null) return raw;
    const whole = await remembered(coupons, id, async () => {
      const stored = run.stored('coupon', id);
      return (
        stored ??
        (await client.get(`/v1/coupons/${encodeURIComponent(id)}`, { expand: ['applies_to', 'currency_options'] }))
      );
    });
    // A deleted coupon lives on inside the discounts that it gave.
    return whole ?? raw;
  }

  async function discount(raw: unknown, run: Known): Promise<unknown> {
    if (!isRaw(raw)) return raw;
    const source = raw['source'];
    if (isRaw(source)) return { ...raw, source: { ...source, coupon: await coupon(source['coupon'], run) } };
    return 'coupon' in raw ? { ...raw, coupon: await coupon(raw['coupon'], run) } : raw;
  }

  const discounts = async (raw: unknown, run: Known, known?: (id: string) => Promise<unknown>): Promise<unknown> => {
    if (!Array.isArray(raw) || raw.length === 0) return raw;
    return await Promise.all(
      raw.map(async (entry: unknown) => {
        const found = typeof entry === 'string' && known ? ((await known(entry)) ?? entry) : entry;
        return await discount(found, run);
      }),
    );
  };

  /** A price with its tiers and, on a subscription in another currency than its own, what it bills in that one. */
  async function price(raw: unknown, run: Known, billedIn: unknown): Promise<unknown> {
    if (!isRaw(raw)) return raw;
    const code = typeof billedIn === 'string' ? billedIn.toLowerCase() : null;
    const other = code === String(raw['currency']).toLowerCase() ? null : code;
    const id = claimedId(raw);
    if (id === null || (hasTiers(raw, raw) && (other === null || hasTiers(raw, optionOf(raw, other))))) return raw;
    const whole = await remembered(prices, `${id} ${other}`, async () => {
      const stored = run.stored('price', id);
      if (isRaw(stored) && hasTiers(raw, stored) && (other === null || hasTiers(raw, optionOf(stored, other))))
        return stored;
      // Tiers of a currency are expanded by its name only.
      const expand = other === null ? ['tiers'] : ['tiers', 'currency_options', `currency_options.${other}.tiers`];
      return (await client.get(`/v1/prices/${encodeURIComponent(id)}`, { expand })) ?? stored;
    });
    if (!isRaw(whole)) return raw;
    const option = other === null ? undefined : optionOf(whole, other);
    return {
      ...raw,
      ...(Array.isArray(whole['tiers']) && { tiers: whole['tiers'] }),
      ...(other !== null && option !== undefined && { currency_options: { [other]: option } }),
    };
  }

  /** The list with all its entries; one that cannot be had whole stays cut off, and the normaliser says so. */
  async function wholeList(list: unknown, path: string, query: Readonly<Record<string, string | readonly string[]>>) {
    const parsed = ListSchema.safeParse(list);
    if (!parsed.success || parsed.data.has_more !== true) return list;
    const data = [...parsed.data.data];
    for (let more = true; more;) {
      const last = data.at(-1)?.id;
      const page = await listOrNull(path, { ...query, limit: PAGE_SIZE, ...(last ? { starting_after: last } : {}) });
      const rows = EntriesSchema.safeParse(page?.data);
      if (page === null || !rows.success) return list;
      data.push(...rows.data);
      more = page.hasMore && rows.data.length > 0;
    }
    return { ...parsed.data, data, has_more: false };
  }

  /** Null where the object has gone since it was listed, or its lists may not be read. */
  async function listOrNull(path: string, query: Query): Promise<ListPage | null> {
    try {
      return await client.list(path, query);
    } catch (error) {
      if (gapOf(error) === null) throw error;
      return null;
    }
  }

  async function subscription(raw: unknown, run: Known, known?: (id: string) => Promise<unknown>): Promise<unknown> {
    const id = claimedId(raw);
    if (!isRaw(raw) || id === null) return raw;
    const expand = ['data.discounts.source.coupon', 'data.price.tiers'];
    const items = await wholeList(raw['items'], '/v1/subscription_items', { subscription: id, expand });
    return {
      ...raw,
      discounts: await discounts(raw['discounts'], run, known),
      discount: await discount(raw['discount'], run),
      items: await completeItems(items, async (item) => ({
        ...item,
        price: await price(item['price'], run, raw['currency']),
        discounts: await discounts(item['discounts'], run, known),
      })),
    };
  }

  async function planned(raw: unknown, run: Known, fresh: boolean): Promise<unknown> {
    if (!isRaw(raw) || raw['schedule'] == null) return raw;
    const context = { client, run, parts: { price, coupon }, currency: raw['currency'], fresh };
    return { ...raw, schedule: await wholeSchedule(raw['schedule'], context) };
  }

  return {
    subscription: async (raw, run) => await planned(await subscription(raw, run), run, false),
    rereadSubscription: async (raw, run) => await planned(await subscription(raw, run), run, true),
    // What is planned today was not planned then: an event keeps the schedule's id only.
    sighting: subscription,
    discount,
    async customer(raw, run) {
      return isRaw(raw) && isRaw(raw['discount']) ? { ...raw, discount: await discount(raw['discount'], run) } : raw;
    },
    async deletedCustomer(id, run) {
      if (run.stored('customer', id) !== null) return null;
      const page = await listOrNull('/v1/invoices', { customer: id, limit: 1 });
      const [invoice] = NamingInvoices.parse(page?.data).filter(({ customer }) => customer === id);
      const { customer_name: name, customer_email: email, customer_address: address, created } = invoice ?? {};
      return name || email ? { id, object: 'customer', name, email, address, created } : null;
    },
    async invoice(raw) {
      const id = claimedId(raw);
      if (!isRaw(raw) || id === null) return raw;
      const path = `/v1/invoices/${encodeURIComponent(id)}/lines`;
      // Lines that are not embedded are read from the first one on.
      const lines = await wholeList(raw['lines'] ?? NOT_EMBEDDED, path, {});
      if (lines === NOT_EMBEDDED) return raw;
      return lines === raw['lines'] ? raw : { ...raw, lines };
    },
  };
}

const NOT_EMBEDDED = { data: [], has_more: true };

const NamingInvoices = z
  .array(
    z.object({
      created: z.number(),
      customer: z.string(),
      customer_address: z.unknown().optional(),
      customer_email: z.string().nullish(),
      customer_name: z.string().nullish(),
    }),
  )
  .catch([]);

const EntriesSchema = z.array(z.looseObject({ id: z.string() }));
const ListSchema = z.looseObject({ data: EntriesSchema, has_more: z.boolean().optional() });

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a tiered price, or one of its currencies, comes with its tiers; any other has none to come with. */
function hasTiers(price: Raw, amounts: Raw | undefined): boolean {
  return amounts !== undefined && (price['billing_scheme'] !== 'tiered' || Array.isArray(amounts['tiers']));
}

function optionOf(price: Raw, currency: string): Raw | undefined {
  const options = price['currency_options'];
  const option = isRaw(options) ? options[currency] : undefined;
  return isRaw(option) ? option : undefined;
}

async function completeItems(items: unknown, complete: (item: Raw) => Promise<unknown>): Promise<unknown> {
  if (!isRaw(items) || !Array.isArray(items['data'])) return items;
  const data: unknown[] = items['data'];
  return { ...items, data: await Promise.all(data.map(async (item) => (isRaw(item) ? await complete(item) : item))) };
}

async function remembered(
  cache: Map<string, Promise<unknown>>,
  id: string,
  read: () => Promise<unknown>,
): Promise<unknown> {
  let value = cache.get(id);
  if (!value) cache.set(id, (value = read()));
  return await value;
}
