/** Makes a subscription's schedule whole: its phases name prices, coupons and promotion codes by their ids. */
import { z } from 'zod';
import { gapOf, type StreamRun } from '../kit/index.ts';
import type { StripeClient } from './client.ts';
import { phaseInNewerWords } from './objects/schedule.ts';

type Known = Pick<StreamRun, 'stored'>;

interface Parts {
  /** The price with tiers, and with what it bills in the subscription's currency. */
  price(raw: unknown, run: Known, billedIn: unknown): Promise<unknown>;
  coupon(raw: unknown, run: Known): Promise<unknown>;
}

const Entry = z.looseObject({
  coupon: z.unknown().optional(),
  discount: z.unknown().optional(),
  promotion_code: z.unknown().optional(),
});
const Entries = z.array(Entry).nullish();
const Shape = z.looseObject({
  end_behavior: z.string().nullish(),
  status: z.string().nullish(),
  pause_schedules: z.array(z.unknown()).nullish(),
  phases: z.array(
    z.preprocess(
      phaseInNewerWords,
      z.looseObject({
        discounts: Entries,
        items: z.array(z.looseObject({ discounts: Entries, price: z.unknown() })),
      }),
    ),
  ),
});
const PromotionSchema = z.looseObject({
  coupon: z.unknown().optional(),
  promotion: z.looseObject({ coupon: z.unknown().optional() }).nullish(),
});

/**
 * What a subscription says of its schedule, made whole; null where nothing is
 * planned: a single phase that goes on as it is, or a schedule that is over.
 * @param fresh asks for the schedule as it is now, and not as it was listed.
 */
export async function wholeSchedule(
  schedule: unknown,
  context: {
    readonly client: StripeClient;
    readonly run: Known;
    readonly parts: Parts;
    readonly currency: unknown;
    readonly fresh: boolean;
  },
): Promise<unknown> {
  const { client, run, parts, currency, fresh } = context;
  const object = typeof schedule === 'string' ? await read(schedule, client, run, fresh) : schedule;
  const parsed = Shape.safeParse(object);
  if (!parsed.success || !isPlanning(parsed.data)) return null;

  const discountOf = async (entry: z.output<typeof Entry>) => {
    const named = entry.coupon ?? (await couponOfCode(entry.promotion_code, client, run));
    return named == null ? entry : { ...entry, coupon: await parts.coupon(named, run) };
  };
  const discountsOf = async (entries: z.output<typeof Entries>) => await Promise.all((entries ?? []).map(discountOf));
  const phases = parsed.data.phases.map(async (phase) => ({
    ...phase,
    discounts: await discountsOf(phase.discounts),
    items: await Promise.all(
      phase.items.map(async (item) => ({
        ...item,
        discounts: await discountsOf(item.discounts),
        price: await priceOf(item.price),
      })),
    ),
  }));
  return { ...parsed.data, phases: await Promise.all(phases) };

  async function priceOf(named: unknown): Promise<unknown> {
    if (typeof named !== 'string') return await parts.price(named, run, currency);
    const path = `/v1/prices/${encodeURIComponent(named)}`;
    const found = run.stored('price', named) ?? (await orNull(client.get(path, { expand: ['tiers'] })));
    return found === null ? named : await parts.price(found, run, currency);
  }
}

function isPlanning({ status, end_behavior, phases, pause_schedules }: z.output<typeof Shape>): boolean {
  if (status === 'released' || status === 'canceled' || status === 'completed') return false;
  if (pause_schedules && pause_schedules.length > 0) return true;
  return phases.length > 1 || (phases.length === 1 && end_behavior === 'cancel');
}

async function read(id: string, client: StripeClient, run: Known, fresh: boolean): Promise<unknown> {
  const stored = run.stored('subscription_schedule', id);
  if (stored !== null && !fresh) return stored;
  return (await orNull(client.get(`/v1/subscription_schedules/${encodeURIComponent(id)}`))) ?? stored;
}

async function couponOfCode(code: unknown, client: StripeClient, run: Known): Promise<unknown> {
  if (typeof code !== 'string') return null;
  const stored = run.stored('promotion_code', code);
  const found = stored ?? (await orNull(client.get(`/v1/promotion_codes/${encodeURIComponent(code)}`)));
  const parsed = PromotionSchema.safeParse(found);
  return parsed.data?.promotion?.coupon ?? parsed.data?.coupon ?? null;
}

/** Null also where the key may not read it: the stream of its kind shows that gap. */
async function orNull(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (gapOf(error) === null) throw error;
    return null;
  }
}
