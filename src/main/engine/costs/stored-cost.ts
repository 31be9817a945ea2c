/** A cost as it is stored: its key, and what stands under it. */
import type { CostKey, CostKind } from '../../../shared/contract/costs.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Minor } from '../../../shared/kernel/money.ts';
import type { ReadDb } from '../store/handles.ts';

export interface StoredKey {
  readonly month: PlainMonth;
  readonly kind: CostKind;
  /** The channel in lower case; empty: none. */
  readonly channel_key: string;
  readonly currency: CurrencyCode;
}

export interface StoredBody {
  readonly channel: string | null;
  readonly amount_minor: Minor;
  readonly note: string | null;
  readonly cost_edit_id: number;
  readonly entered_at: Instant;
  readonly changed_at: Instant;
}

export interface StoredCost extends StoredKey, StoredBody {}

/** What an act did to one cost; null: not there before, or taken away. */
export interface CostStep {
  readonly key: StoredKey;
  readonly before: StoredBody | null;
  readonly after: StoredBody | null;
}

export function storedKey({ month, kind, channel, currency }: CostKey): StoredKey {
  return { month, kind, channel_key: channelKey(channel), currency };
}

/** Channels are told apart without regard to case. */
export function channelKey(channel: string | null): string {
  return channel === null ? '' : channel.toLowerCase();
}

/** The key as text, for maps. */
export function keyText({ month, kind, channel_key, currency }: StoredKey): string {
  return `${month}|${kind}|${currency}|${channel_key}`;
}

type KeyParams = [string, string, string, string];

/** Looks single costs up. */
export function costFinder(db: ReadDb): (key: StoredKey) => StoredBody | null {
  const find = db.prepare<KeyParams, StoredBody>(
    `SELECT channel, amount_minor, note, cost_edit_id, entered_at, changed_at FROM cost
     WHERE month = ? AND kind = ? AND channel_key = ? AND currency = ?`,
  );
  return ({ month, kind, channel_key, currency }) => find.first(month, kind, channel_key, currency) ?? null;
}
