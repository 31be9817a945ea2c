/** Prices, and the plans that older shapes carry in their place. */
import { z } from 'zod';
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import { priceIn, type Price, type PriceInCurrency, type PriceTier } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { decimalOfStripe, stripeCurrency } from '../amounts.ts';
import { Amount, Currency, Decimal, Id, maybe, Metadata, Reference, Text } from '../fields.ts';
import { dictionaries } from '../dictionaries.ts';

const Interval = z.enum(['day', 'week', 'month', 'year']);
const Count = z.int().min(1).max(10_000);
const Scheme = z.enum(['per_unit', 'tiered']);
const TiersMode = z.enum(['graduated', 'volume']);
const Usage = z.enum(['licensed', 'metered']);
const Transform = z.object({ divide_by: z.int().min(1), round: z.enum(['up', 'down']) });
const Tier = z.object({
  up_to: maybe(z.union([z.int().min(1), z.literal('inf').transform(() => null)])),
  unit_amount: maybe(Amount),
  unit_amount_decimal: maybe(Decimal),
  flat_amount: maybe(Amount),
  flat_amount_decimal: maybe(Decimal),
});

/** Absent where there is none, so that prices without a meter are kept as before. */
const MeterOfPrice = Id.nullish().transform((meter) => meter ?? undefined);

const TaxBehavior = z.enum(['inclusive', 'exclusive', 'unspecified']);
const Tiers = maybe(z.array(Tier).max(1_000));

/** Absent where there is none, so that the many prices of one currency are kept as before. */
const CurrencyOptions = z
  .record(
    Currency,
    z.object({
      tax_behavior: maybe(TaxBehavior),
      tiers: Tiers,
      unit_amount: maybe(Amount),
      unit_amount_decimal: maybe(Decimal),
    }),
  )
  .nullish()
  .transform((options) => (options && Object.keys(options).length > 0 ? options : undefined));

export const PriceSchema = z.object({
  id: Id,
  object: z.literal('price').default('price'),
  active: z.boolean().default(true),
  billing_scheme: Scheme.default('per_unit'),
  currency: Currency,
  currency_options: CurrencyOptions,
  metadata: maybe(Metadata),
  nickname: maybe(Text),
  product: maybe(Reference),
  recurring: maybe(
    z.object({ interval: Interval, interval_count: Count.default(1), meter: MeterOfPrice, usage_type: maybe(Usage) }),
  ),
  tax_behavior: maybe(TaxBehavior),
  tiers: Tiers,
  tiers_mode: maybe(TiersMode),
  transform_quantity: maybe(Transform),
  unit_amount: maybe(Amount),
  unit_amount_decimal: maybe(Decimal),
});
export type StripePrice = z.output<typeof PriceSchema>;

/** The older word for a recurring price. It stands alone where no `price` is embedded. */
export const PlanSchema = z.object({
  id: Id,
  object: z.literal('plan').default('plan'),
  active: z.boolean().default(true),
  amount: maybe(Amount),
  amount_decimal: maybe(Decimal),
  billing_scheme: maybe(Scheme),
  currency: Currency,
  interval: Interval,
  interval_count: Count.default(1),
  meter: MeterOfPrice,
  metadata: maybe(Metadata),
  nickname: maybe(Text),
  product: maybe(Reference),
  tiers: Tiers,
  tiers_mode: maybe(TiersMode),
  transform_usage: maybe(Transform),
  usage_type: maybe(Usage),
});
export type StripePlan = z.output<typeof PlanSchema>;

/** A plan said in the words of a price. */
export function priceOfPlan(plan: StripePlan): StripePrice {
  return {
    id: plan.id,
    object: 'price',
    active: plan.active,
    billing_scheme: plan.billing_scheme ?? 'per_unit',
    currency: plan.currency,
    currency_options: undefined,
    metadata: plan.metadata,
    nickname: plan.nickname,
    product: plan.product,
    recurring: {
      interval: plan.interval,
      interval_count: plan.interval_count,
      meter: plan.meter,
      usage_type: plan.usage_type,
    },
    tax_behavior: null,
    tiers: plan.tiers,
    tiers_mode: plan.tiers_mode,
    transform_quantity: plan.transform_usage,
    unit_amount: plan.amount,
    unit_amount_decimal: plan.amount_decimal,
  };
}

type Amounts = Pick<StripePrice, 'tiers' | 'unit_amount' | 'unit_amount_decimal' | 'tax_behavior'>;

function amountsOf(raw: Amounts, currency: CurrencyCode): PriceInCurrency {
  const amount = raw.unit_amount_decimal ?? (raw.unit_amount === null ? null : String(raw.unit_amount));
  return {
    currency,
    unitAmount: amount === null ? null : decimalOfStripe(amount, currency),
    tiers: (raw.tiers ?? []).map((tier): PriceTier => ({
      upTo: tier.up_to,
      unitAmount: decimalOfStripe(tier.unit_amount_decimal ?? String(tier.unit_amount ?? 0), currency),
      flatAmount: decimalOfStripe(tier.flat_amount_decimal ?? String(tier.flat_amount ?? 0), currency),
    })),
    taxBehavior: raw.tax_behavior ?? 'unspecified',
  };
}

/**
 * The price as it bills in a currency, where that is one of its
 * `currency_options`; else as it is: an item in a currency that its price does
 * not name stays visible as one that cannot be valued.
 * https://docs.stripe.com/products-prices/manage-prices#multi-currency-prices
 */
export function priceBilledIn(raw: StripePrice, currency: CurrencyCode, path: string): Price {
  const price = priceOf(raw, path);
  const { currencyOptions: _, ...own } = price;
  return priceIn(price, currency) ?? own;
}

/** The price in normal form. `path` is where it stands in the record, for complaints. @throws Misfit. */
export function priceOf(raw: StripePrice, path: string): Price {
  const currency = stripeCurrency(raw.currency, `${path}currency`);
  const { unitAmount, tiers, taxBehavior } = amountsOf(raw, currency);
  const options = Object.entries(raw.currency_options ?? {})
    .filter(([code]) => code.toUpperCase() !== currency)
    .map(([code, option]) => amountsOf(option, stripeCurrency(code, `${path}currency_options.${code}`)));
  return {
    id: raw.id,
    productId: raw.product,
    nickname: raw.nickname,
    currency,
    recurring: raw.recurring && {
      interval: raw.recurring.interval,
      intervalCount: raw.recurring.interval_count,
      usageType: raw.recurring.usage_type ?? 'licensed',
      ...(raw.recurring.meter !== undefined && { meterId: raw.recurring.meter }),
    },
    scheme: raw.billing_scheme === 'tiered' ? (raw.tiers_mode ?? 'graduated') : 'per_unit',
    unitAmount,
    tiers,
    transformQuantity: raw.transform_quantity && {
      divideBy: raw.transform_quantity.divide_by,
      round: raw.transform_quantity.round,
    },
    taxBehavior,
    active: raw.active,
    metadata: raw.metadata ?? {},
    ...(options.length > 0 && { currencyOptions: options }),
  };
}

export const priceType = objectType({
  type: 'price',
  version: 2,
  dictionaries: dictionaries.price,
  schema: PriceSchema,
  id: ({ id }) => id,
  normalise: (raw) => [{ kind: 'price', value: priceOf(raw, '') }],
});

const ProductSchema = z.object({
  id: Id,
  object: z.literal('product').default('product'),
  active: z.boolean().default(true),
  metadata: maybe(Metadata),
  name: Text,
});

export const productType = objectType({
  type: 'product',
  version: 1,
  schema: ProductSchema,
  id: ({ id }) => id,
  normalise: ({ id, name, active, metadata }) => [
    { kind: 'product', value: { id, name, active, metadata: metadata ?? {} } },
  ],
});
