/** Prices as they bill: the normal form of every vendor's price, plan or tier table. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';

export type PriceInterval = 'day' | 'week' | 'month' | 'year';

/** One step of a graduated or volume price; `upTo` null means «and above». Amounts are decimal text in minor units. */
export interface PriceTier {
  readonly upTo: number | null;
  readonly unitAmount: string;
  readonly flatAmount: string;
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
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}
