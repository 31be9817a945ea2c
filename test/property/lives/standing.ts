/** What a subscription is at a minute of its life: the acts so far, one after the other, and what time has brought. */
import {
  DAY_MINUTES,
  MINUTE,
  START,
  type CustomerLife,
  type Discount,
  type Item,
  type LifeCurrency,
  type SubscriptionLife,
} from './life.ts';

export interface Given extends Discount {
  readonly id: string;
  /** Of an amount off. */
  readonly currency: LifeCurrency;
  readonly from: number;
  /** When its months are over, or it was taken away; null: neither. */
  readonly until: number | null;
}

export interface Standing {
  readonly status: 'incomplete' | 'trialing' | 'active' | 'past_due' | 'unpaid' | 'paused' | 'canceled';
  readonly items: readonly Item[];
  /** The minute at which each item's present grid of terms begins. */
  readonly anchors: readonly number[];
  readonly given: readonly Given[];
  readonly paused: boolean;
  readonly resumesAt: number | null;
  readonly leavesAt: number | null;
  readonly leaveAskedAt: number | null;
  readonly endedAt: number | null;
  readonly planned: { readonly at: number; readonly items: readonly Item[] } | null;
}

/** Minutes of a UTC moment so many months later; days beyond a month's last end on it. */
export function monthsLater(minute: number, months: number): number {
  const at = new Date(START + minute * MINUTE);
  const time = at.getTime() - Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1);
  const inMonth = new Date(first);
  const days = new Date(Date.UTC(inMonth.getUTCFullYear(), inMonth.getUTCMonth() + 1, 0)).getUTCDate();
  return (first + (Math.min(at.getUTCDate(), days) - 1) * 86_400_000 + time - START) / MINUTE;
}

/** The minute at which the trial ends, or the start where there is none. */
export function trialEndOf({ start, trialDays }: SubscriptionLife): number {
  return start + (trialDays ?? 0) * DAY_MINUTES;
}

/** The discount of the customer itself, in the currency of its first subscription; null where it has none. */
export function customersOwn({ id, discount, subscriptions }: CustomerLife): Given | null {
  const currency = subscriptions[0]?.currency;
  if (discount === null || currency === undefined) return null;
  const until = discount.months === null ? null : monthsLater(discount.from, discount.months);
  return { ...discount, id: `${id}/own`, currency, until };
}

/** The standing right after everything that happened up to and at a minute; null before the subscription began. */
export function standingAt(life: SubscriptionLife, minute: number): Standing | null {
  if (minute < life.start) return null;
  const trialEnd = trialEndOf(life);
  let payment: 'active' | 'past_due' | 'unpaid' = 'active';
  let { items } = life;
  let anchors = items.map(() => trialEnd);
  let given: Given[] = [];
  let pausedUntil: number | null | false = false;
  let leavesAt: number | null = null;
  let leaveAskedAt: number | null = null;
  let endedAt: number | null = null;
  let planned: Standing['planned'] = null;
  let halted = false;
  // The period of a trial is its own: terms begin when it is over.
  const take = (next: readonly Item[], at: number) => {
    anchors = next.map(() => Math.max(at, trialEnd));
    items = next;
  };
  const bring = (until: number) => {
    if (leavesAt !== null && leavesAt <= until) endedAt ??= leavesAt;
    if (planned && planned.at <= until && (endedAt === null || planned.at < endedAt)) {
      take(planned.items, planned.at);
      // A phase brings its own discounts, and here it has none.
      given = given.map((each) => ({ ...each, until: Math.min(each.until ?? Infinity, planned?.at ?? Infinity) }));
      planned = null;
    }
    if (typeof pausedUntil === 'number' && pausedUntil <= until) pausedUntil = false;
  };
  for (const { minute: at, act } of life.events) {
    if (at > minute) break;
    bring(at);
    if (endedAt !== null) break;
    const paying = at >= trialEnd;
    if (act.do === 'plan' && planned === null) take(act.items, at);
    else if (act.do === 'discount' && planned === null) {
      const until = act.discount.months === null ? null : monthsLater(at, act.discount.months);
      given.push({ ...act.discount, id: `${life.id}/${at}`, currency: life.currency, from: at, until });
    } else if (act.do === 'undiscount' && planned === null)
      given = given.map((each) => ({ ...each, until: Math.min(each.until ?? Infinity, at) }));
    else if (act.do === 'pause') pausedUntil = act.days === null ? null : at + act.days * DAY_MINUTES;
    else if (act.do === 'halt' && paying && payment === 'active') halted = true;
    else if (act.do === 'resume') {
      pausedUntil = false;
      halted = false;
    } else if (act.do === 'fail' && paying && payment === 'active') payment = 'past_due';
    else if (act.do === 'unpaid' && paying) payment = 'unpaid';
    else if (act.do === 'pay') payment = 'active';
    else if (act.do === 'leave' && planned === null) {
      leavesAt = at + act.days * DAY_MINUTES;
      leaveAskedAt ??= at;
    } else if (act.do === 'stay') leavesAt = leaveAskedAt = null;
    else if (act.do === 'cancel') endedAt = at;
    else if (act.do === 'schedule' && paying && leavesAt === null)
      planned = { at: at + act.days * DAY_MINUTES, items: act.items };
  }
  bring(minute);
  const begins = life.start + (life.incompleteMinutes ?? 0);
  const running = minute < begins ? 'incomplete' : minute < trialEnd ? 'trialing' : halted ? 'paused' : payment;
  return {
    status: endedAt === null ? running : 'canceled',
    items,
    anchors,
    given,
    paused: pausedUntil !== false,
    resumesAt: typeof pausedUntil === 'number' ? pausedUntil : null,
    leavesAt,
    leaveAskedAt,
    endedAt,
    planned,
  };
}
