/** Stores states compactly: prices and coupons once, states as references to them. */
import { hash } from 'node:crypto';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { Coupon, Discount, Price, SubscriptionStatus } from '../../domain/index.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import type { Evidence, StateItem, SubscriptionState } from '../core/state.ts';

/** Discount by reference: coupon part, id, start, end, promotion code. */
type PackedDiscount = [number, string, number, number | null, string | null];
/** Item by reference: id, price part, quantity, term start, on trial, discounts, contained tax. */
type PackedItem = [string, number, string, number | null, 0 | 1, PackedDiscount[], string | null];

interface PackedState {
  /** Items. */
  i: PackedItem[];
  /** Shared discounts. */
  d: PackedDiscount[];
  /** Since when the status holds, and when the subscription was created. */
  s: number;
  c: number;
  /** Paused. */
  p: 0 | 1;
  /** Paid until, where that is beyond the end. */
  u?: number;
}

export interface StateRow {
  effective_at: number;
  status: string;
  currency: string;
  scheduled_end: number;
  evidence: string;
  evidence_id: string;
  body: string;
}

/**
 * Packs states for storing. Parts that are not `stored` yet are written to
 * `into` as they come up, numbered by their content: threads that meet the same
 * part give it the same number.
 */
export function statePacker(stored: ReadDb, into: WriteDb): (state: SubscriptionState) => string {
  const byObject = new WeakMap<object, number>();
  const latest = new Map<string, { readonly value: Price | Coupon; readonly number: number }>();
  const byBody = new Map<string, number>();
  const find = stored.prepare<[string], { part_id: number }>(`SELECT part_id FROM state_part WHERE body = ?`);
  const add = into.prepareWrite<[number, string]>(`INSERT INTO state_part (part_id, body) VALUES (?, ?)`);
  const part = (value: Price | Coupon): number => {
    let id = byObject.get(value);
    if (id !== undefined) return id;
    // Each sighting holds the price anew: comparing it with the last of its id takes a fraction of writing it out.
    const known = latest.get(value.id);
    if (known && isSame(known.value, value)) return known.number;
    const body = JSON.stringify(value);
    id = byBody.get(body) ?? find.first(body)?.part_id ?? add.run(partNumber(body), body).lastId;
    byBody.set(body, id);
    byObject.set(value, id);
    latest.set(value.id, { value, number: id });
    return id;
  };
  const discount = ({ coupon, id, start, end, promotionCodeId }: Discount): PackedDiscount => [
    part(coupon),
    id,
    start,
    end,
    promotionCodeId,
  ];
  const item = (value: StateItem): PackedItem => [
    value.id,
    part(value.price),
    value.quantity,
    value.termStart,
    value.onTrial ? 1 : 0,
    value.discounts.map(discount),
    value.inclusiveTaxPercent,
  ];
  return (state) => {
    const packed: PackedState = {
      i: state.items.map(item),
      d: state.discounts.map(discount),
      s: state.statusSince,
      c: state.createdAt,
      p: state.paused ? 1 : 0,
      ...(state.paidUntil !== null && { u: state.paidUntil }),
    };
    return JSON.stringify(packed);
  };
}

/** Whether two values that came out of JSON hold the same, their properties in the same order. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  return (
    names.length === others.length &&
    names.every((name, place) => name === others[place] && isSame(Reflect.get(a, name), Reflect.get(b, name)))
  );
}

/** 52 bits of a hash: as many as a number holds exactly, with room for a sign. */
function partNumber(body: string): number {
  return Number.parseInt(hash('sha256', body, 'hex').slice(0, 13), 16);
}

/** Reads stored states back into the normal form. */
export function stateUnpacker(db: ReadDb): (row: StateRow) => SubscriptionState {
  const parts = new Map<number, unknown>();
  const find = db.prepare<[number], { body: string }>(`SELECT body FROM state_part WHERE part_id = ?`);
  const part = <Part>(id: number): Part => {
    let value = parts.get(id);
    if (value === undefined) parts.set(id, (value = JSON.parse(find.first(id)?.body ?? 'null')));
    return value as Part;
  };
  const discount = ([coupon, id, start, end, promotionCodeId]: PackedDiscount): Discount => ({
    id,
    coupon: part<Coupon>(coupon),
    start: start as Instant,
    end: end as Instant | null,
    promotionCodeId,
  });
  return (row) => {
    const packed = JSON.parse(row.body) as PackedState;
    return {
      effectiveAt: row.effective_at as Instant,
      status: row.status as SubscriptionStatus,
      statusSince: packed.s as Instant,
      paused: packed.p === 1,
      scheduledEnd: row.scheduled_end === 1,
      currency: row.currency as CurrencyCode,
      createdAt: packed.c as Instant,
      paidUntil: (packed.u ?? null) as Instant | null,
      items: packed.i.map(([id, price, quantity, termStart, onTrial, discounts, inclusiveTaxPercent]) => ({
        id,
        price: part<Price>(price),
        quantity,
        termStart: termStart as Instant | null,
        onTrial: onTrial === 1,
        discounts: discounts.map(discount),
        inclusiveTaxPercent,
      })),
      discounts: packed.d.map(discount),
      evidence: row.evidence as Evidence,
      evidenceId: row.evidence_id,
    };
  };
}
