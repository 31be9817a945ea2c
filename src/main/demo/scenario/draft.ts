/** A contract while it is being written: keeps the billing cycle at hand, so that happenings can be placed in it. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import { cycleMomentAfter } from './calendar.ts';
import type { Contract, CouponCard, EndCause, Happening, Position } from './life.ts';

export interface Draft {
  readonly contract: Contract & { readonly happenings: Happening[]; readonly callsByPeriod: number[] };
  positions: readonly Position[];
  /** Start of the billing cycle: the end of the trial, or the last change of interval. */
  anchor: Instant;
  /** Nothing happens after this moment. */
  endedAt: Instant | null;
}

export interface Opening {
  readonly key: string;
  readonly startedAt: Instant;
  readonly trialEndsAt?: Instant;
  readonly positions: readonly Position[];
  readonly coupons?: readonly CouponCard[];
  readonly paidBy?: 'card' | 'bank_transfer';
  readonly neverPaid?: boolean;
}

export function openContract(opening: Opening): Draft {
  return {
    contract: {
      key: opening.key,
      startedAt: opening.startedAt,
      trialEndsAt: opening.trialEndsAt ?? null,
      positions: opening.positions,
      coupons: opening.coupons ?? [],
      paidBy: opening.paidBy ?? 'card',
      neverPaid: opening.neverPaid ?? false,
      callsByPeriod: [],
      happenings: [],
    },
    positions: opening.positions,
    anchor: opening.trialEndsAt ?? opening.startedAt,
    endedAt: null,
  };
}

/** The months of one billing period. */
export function periodMonths(draft: Draft): number {
  return draft.positions[0]!.card.interval === 'year' ? 12 : 1;
}

/** The first renewal strictly after `at`. */
export function renewalAfter(draft: Draft, at: Instant): Instant {
  return cycleMomentAfter(draft.anchor, periodMonths(draft), at);
}

export function add(draft: Draft, happening: Happening): void {
  draft.contract.happenings.push(happening);
}

/** Writes a change of positions. A new interval starts a new billing cycle at that moment. */
export function change(
  draft: Draft,
  at: Instant,
  positions: readonly Position[],
  settle: 'now' | 'next_invoice' | 'none' = 'now',
): void {
  const newCycle = positions[0]!.card.interval !== draft.positions[0]!.card.interval;
  add(draft, { at, kind: 'changed', positions, settle: newCycle ? 'now' : settle, newCycle });
  draft.positions = positions;
  if (newCycle) draft.anchor = at;
}

export function endNow(draft: Draft, at: Instant, cause: EndCause, feedback: string | null = null): void {
  add(draft, { at, kind: 'ended', cause, feedback });
  draft.endedAt = at;
}

export function scheduleEnd(
  draft: Draft,
  at: Instant,
  endsAt: Instant,
  cause: EndCause = 'requested',
  feedback: string | null = null,
): void {
  add(draft, { at, kind: 'cancellation_scheduled', endsAt, cause, feedback });
  draft.endedAt = endsAt;
}
