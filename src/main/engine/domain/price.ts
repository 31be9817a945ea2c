/** Prices as they bill: the normal form of every vendor's price, plan or tier table. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';

export type PriceInterval = 'day' | 'week' | 'month' | 'year';

/** One step of a graduated or volume price; `upTo` null means «and above». Amounts are decimal text in minor units. */
export interface PriceTier {
  readonly upTo: number | null;
  readonly unitAmount: string;
  readonly flatAmount: string;
}

/** What a price bills in another currency than its own. */
export interface PriceInCurrency {
  readonly currency: CurrencyCode;
  readonly unitAmount: string | null;
  readonly tiers: readonly PriceTier[];
  readonly taxBehavior: 'inclusive' | 'exclusive' | 'unspecified';
}

export interface Price {
  readonly id: string;
  readonly productId: string | null;
  readonly nickname: string | null;
  readonly currency: CurrencyCode;
  /** Null for a one-off price, which never counts as recurring. */
  readonly recurring: {
    readonly interval: PriceInterval;
    readonly intervalCount: number;
    readonly usageType: 'licensed' | 'metered';
    /** What counts the usage; absent where nothing does. */
    readonly meterId?: string;
  } | null;
  readonly scheme: 'per_unit' | 'graduated' | 'volume';
  /** Decimal text in minor units, possibly below one («0.05» of a cent); null where tiers say it. */
  readonly unitAmount: string | null;
  readonly tiers: readonly PriceTier[];
  /** Packages: the quantity is divided by this and rounded before it is priced. */
  readonly transformQuantity: { readonly divideBy: number; readonly round: 'up' | 'down' } | null;
  /** `inclusive`: the amount contains tax, which is taken out before it counts (R14). */
  readonly taxBehavior: 'inclusive' | 'exclusive' | 'unspecified';
  readonly active: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  /** Absent where the price is sold in its own currency alone. */
  readonly currencyOptions?: readonly PriceInCurrency[];
}

/** The price as it bills in a currency; null where it is not sold in it. */
export function priceIn(price: Price, currency: CurrencyCode): Price | null {
  if (price.currency === currency) return price;
  const option = price.currencyOptions?.find((candidate) => candidate.currency === currency);
  if (!option) return null;
  const { currencyOptions: _, ...rest } = price;
  return { ...rest, ...option };
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}
