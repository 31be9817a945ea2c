/** The stretches of time over which discounts lower a subscription, and what follows each. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { minor, decimalText } from '../../../../shared/kernel/money.ts';
import { rational } from '../../../../shared/kernel/rational.ts';
import type { Coupon, Discount } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import type { SubscriptionState } from '../core/state.ts';
import { valueState } from '../core/valuation.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { storedPolicy } from '../query/policy-view.ts';

export interface DiscountSpan {
  readonly customerId: CustomerId;
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly state: SubscriptionState;
  readonly from: PlainDay;
  /** The first day of the next state; null while there is none. */
  readonly until: PlainDay | null;
  readonly next: SubscriptionState | null;
  /** Annual minor units of the state's currency: as counted in MRR, and at list prices. */
  readonly annual: number;
  readonly listed: number;
  /** As counted in the next state; 0 without one. */
  readonly nextAnnual: number;
}

interface Row extends StateRow {
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  effective_on: PlainDay;
}

const COLUMNS = `customer_id, source_id, subscription_id, effective_at, effective_on, status, currency, scheduled_end, evidence, evidence_id, body`;

const remembered = new WeakMap<ReadDb, { key: string; spans: DiscountSpan[] }>();

/** Every state that has a discount, past and to come, oldest first; remembered until the ledger changes. */
export function discountSpans(db: ReadDb): readonly DiscountSpan[] {
  const key = ledgerKey(db);
  const known = remembered.get(db);
  if (known?.key === key) return known.spans;
  const policy = storedPolicy(db);
  const spans = policy === null ? [] : readSpans(db, policy);
  remembered.set(db, { key, spans });
  return spans;
}

function readSpans(db: ReadDb, policy: Policy): DiscountSpan[] {
  const unpack = stateUnpacker(db);
  const after = db.prepare<[number, number, string, number], Row>(
    `SELECT ${COLUMNS} FROM subscription_state
     WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_at > ? ORDER BY effective_at LIMIT 1`,
  );
  const undiscounted: Policy = { ...policy, discounts: 'none' };
  return db
    .prepare<[], Row>(
      // In the words of the index, which holds only these.
      `SELECT ${COLUMNS} FROM subscription_state WHERE instr(body, '"d":[[') > 0 OR instr(body, ',[[') > 0
       ORDER BY effective_on, customer_id, source_id, subscription_id, effective_at`,
    )
    .all()
    .map((row): DiscountSpan => {
      const state = unpack(row);
      const following = after.first(row.customer_id, row.source_id, row.subscription_id, row.effective_at);
      const next = following ? unpack(following) : null;
      return {
        customerId: row.customer_id,
        sourceId: row.source_id,
        subscriptionId: row.subscription_id,
        state,
        from: row.effective_on,
        until: following?.effective_on ?? null,
        next,
        annual: valueState(state, policy).annual,
        listed: valueState(state, undiscounted).annual,
        nextAnnual: next === null ? 0 : valueState(next, policy).annual,
      };
    });
}

/** What one discount takes off a state: annual minor units, by the discount's id, those without effect left out. */
export function effects(state: SubscriptionState, policy: Policy): Map<string, { discount: Discount; annual: number }> {
  const found = new Map<string, { discount: Discount; annual: number }>();
  const { annual } = valueState(state, policy);
  for (const discount of [...state.discounts, ...state.items.flatMap((item) => item.discounts)]) {
    if (found.has(discount.id)) continue;
    const without = valueState(withoutDiscount(state, discount.id), policy).annual;
    if (without > annual) found.set(discount.id, { discount, annual: without - annual });
  }
  return found;
}

function withoutDiscount(state: SubscriptionState, id: string): SubscriptionState {
  const others = (discounts: readonly Discount[]) => discounts.filter((discount) => discount.id !== id);
  return {
    ...state,
    discounts: others(state.discounts),
    items: state.items.map((item) => ({ ...item, discounts: others(item.discounts) })),
  };
}

/** A share with one decimal at most: one worked out from a prorated line is a fraction. */
function offText({ percentOff, amountOff, currency }: Coupon): string {
  if (percentOff !== null) return `${Math.round(rational(percentOff).valueOf() * 10) / 10} %`;
  if (currency === null) return `${amountOff ?? 0} minor units`;
  return `${decimalText(minor(amountOff ?? 0), currency)} ${currency}`;
}

/** The coupon of a discount. One that only invoice lines show has none that is known: all of these are one. */
export function couponOf({ id, coupon }: Discount): { readonly id: string; readonly name: string } {
  if (coupon.id === id) return { id: ON_INVOICES, name: 'Unnamed discount' };
  return { id: coupon.id, name: coupon.name ?? coupon.id };
}

const ON_INVOICES = 'on-invoices';

/** A discount's terms in words: «25 % off for 12 months». */
export function termsText({ coupon }: Pick<Discount, 'coupon'>): string {
  const off = `${offText(coupon)} off`;
  switch (coupon.duration) {
    case 'forever':
      return `${off} for good`;
    case 'once':
      return `${off} once`;
    case 'repeating':
      return coupon.durationInMonths === null ? `${off} for a while` : `${off} for ${coupon.durationInMonths} months`;
  }
}
