/** Walks one contract from its first day: renewals, changes with prorations, pauses, dunning and its end, as Stripe bills them. */
import { addMs, DAY_MS, HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { cycleMomentAfter, monthsAfter } from '../scenario/calendar.ts';
import type {
  Contract,
  CouponCard,
  EndCause,
  Happening,
  Life,
  Position,
  PriceCard,
  ProductKey,
} from '../scenario/life.ts';
import type { Agenda } from './agenda.ts';
import { DRAFT_MS, type Bill, type Billing } from './billing.ts';
import { tryInVain } from './vain-try.ts';
import { discountObject, type AppliedDiscount } from './catalogue-objects.ts';
import { stripeId } from './ids.ts';
import { applyDiscounts, positionAmount, type Line } from './invoice-lines.ts';
import type { InvoiceState } from './invoice-object.ts';
import type { JsonObject } from './json.ts';
import type { Recorder } from './recorder.ts';
import { createLineWriter } from './contract-lines.ts';
import { scheduleObject } from './schedule-object.ts';
import { newSubscription, subscriptionObject, type SubscriptionState } from './subscription-object.ts';

/** The card is charged five seconds after the invoice has become final. */
const CHARGE_MS = 5_000;
/** A renewal is announced this long before it. */
const UPCOMING_MS = 7 * DAY_MS;

export interface WalkSetting {
  readonly life: Life;
  readonly contract: Contract;
  readonly recorder: Recorder;
  readonly agenda: Agenda;
  readonly billing: Billing;
  readonly customerDiscount: AppliedDiscount | null;
  readonly priceOf: (card: PriceCard) => JsonObject;
}

/** Puts the whole contract on the agenda. */
export function planContract(setting: WalkSetting): void {
  const { life, contract, recorder, agenda, billing } = setting;
  const subscriptionId = stripeId('sub', contract.key);
  const openedAt = contract.enteredAt ?? contract.startedAt;
  const slots = new Map<string, string>();
  const bills: Bill[] = [];
  let pending: Line[] = [];
  let period = 0;

  const state = newSubscription(life, contract);
  const write = createLineWriter(life, contract, recorder);
  state.items = itemsOf(contract.positions, openedAt);
  const entity = recorder.track('subscriptions', () => subscriptionObject(state, setting.priceOf));

  const { scheduleId } = state;
  if (scheduleId !== null) recorder.track('subscription_schedules', () => scheduleObject(state, scheduleId));

  function itemsOf(positions: readonly Position[], since: Instant): SubscriptionState['items'] {
    return positions.map(({ card, quantity }) => {
      const slot = slotOf(card.product);
      const known = state.items.find(({ itemId }) => itemId === slots.get(slot));
      const itemId = slots.get(slot) ?? stripeId('si', `${contract.key}:${slot}`, 14);
      slots.set(slot, itemId);
      return { card, quantity, itemId, since: known?.since ?? since };
    });
  }

  const intervalMonths = (): number => (state.items[0]!.card.interval === 'year' ? 12 : 1);
  const inForce = (): readonly AppliedDiscount[] =>
    state.discounts.length > 0 ? state.discounts : setting.customerDiscount === null ? [] : [setting.customerDiscount];

  function grant(coupon: CouponCard, at: Instant): void {
    const end = coupon.duration === 'repeating' && coupon.months !== null ? monthsAfter(at, coupon.months) : null;
    const discount: AppliedDiscount = {
      id: stripeId('di', `${contract.key}:${coupon.key}:${state.discounts.length}`),
      coupon,
      start: at,
      end,
      customer: state.customerId,
      subscription: subscriptionId,
    };
    state.discounts = [...state.discounts, discount];
    const told = recorder.track('discounts', () => discountObject(discount));
    recorder.tell(told, at, ['customer.discount.created']);
    if (end !== null)
      agenda.plan(end, 'happening', () => {
        if (state.endedAt === null) dropDiscount(discount, end);
      });
  }

  function dropDiscount(discount: AppliedDiscount, at: Instant): void {
    recorder.tell(entity, at, ['customer.subscription.updated'], () => {
      state.discounts = state.discounts.filter((other) => other !== discount);
    });
  }

  function bill(
    at: Instant,
    reason: InvoiceState['reason'],
    lines: readonly Line[],
    from: Instant,
    until: Instant,
  ): Bill {
    applyDiscounts(lines, inForce(), life.currency);
    const number = recorder.next(`invoice:${contract.key}`);
    const made = billing.draft({
      name: `${contract.key}:${number}`,
      at,
      reason,
      subscriptionId,
      lines,
      periodStart: from,
      periodEnd: until,
      byTransfer: state.byTransfer,
    });
    bills.push(made);
    state.latestInvoiceId = made.state.id;
    for (const discount of state.discounts)
      if (
        discount.coupon.duration === 'once' &&
        lines.some((billed) => billed.discounts.some((used) => used.discount === discount))
      )
        agenda.plan(at, 'follow_up', () => dropDiscount(discount, at));
    return made;
  }

  /** Final and paid in the same moment, as first invoices and immediate prorations are. */
  function collectNow(made: Bill, at: Instant): void {
    billing.finalize(made, at);
    if (state.byTransfer) planTransfer(made, at);
    else billing.pay(made, at);
  }

  function planTransfer(made: Bill, from: Instant): void {
    const at = addMs(from, (9 + (made.state.id.charCodeAt(5) % 18)) * DAY_MS);
    agenda.plan(at, 'follow_up', () => {
      if (made.state.status === 'open') billing.pay(made, at);
    });
  }

  function open(): void {
    const { trialEndsAt } = contract;
    const startedAt = openedAt;
    for (const coupon of contract.coupons) grant(coupon, startedAt);
    state.periodEnd = trialEndsAt ?? cycleMomentAfter(state.anchor, intervalMonths(), startedAt);
    const first = bill(
      startedAt,
      'subscription_create',
      [
        ...write.backdated(state.items, openedAt, intervalMonths()),
        ...write.licensed(state.items, startedAt, state.periodEnd, trialEndsAt !== null),
      ],
      startedAt,
      startedAt,
    );
    recorder.tell(entity, startedAt, ['customer.subscription.created']);
    if (contract.neverPaid) {
      billing.finalize(first, startedAt);
      tryInVain(billing, first, addMs(startedAt, 2_000));
      const expiresAt = addMs(startedAt, 23 * HOUR_MS);
      agenda.plan(expiresAt, 'follow_up', () => {
        billing.void(first, expiresAt);
        recorder.tell(entity, expiresAt, ['customer.subscription.updated'], () => {
          state.status = 'incomplete_expired';
          state.endedAt = expiresAt;
        });
      });
      return;
    }
    collectNow(first, startedAt);
    if (trialEndsAt === null) period = 1;
    else planTrialNotice(trialEndsAt);
    planRenewal(state.periodEnd);
  }

  function planTrialNotice(trialEndsAt: Instant): void {
    const at = addMs(trialEndsAt, -3 * DAY_MS);
    agenda.plan(at, 'follow_up', () => {
      if (state.endedAt === null) recorder.tell(entity, at, ['customer.subscription.trial_will_end']);
    });
  }

  function planRenewal(at: Instant): void {
    const announcedAt = addMs(at, -UPCOMING_MS);
    agenda.plan(announcedAt, 'follow_up', () => {
      if (state.endedAt !== null || state.periodEnd !== at || state.cancellation !== null || contract.neverPaid) return;
      const until = cycleMomentAfter(state.anchor, intervalMonths(), at);
      const lines = write.preview(state.items, at, until);
      applyDiscounts(lines, inForce(), life.currency);
      const period = { periodStart: state.periodStart, periodEnd: at };
      billing.announce({
        name: contract.key,
        at: announcedAt,
        reason: 'subscription_cycle',
        subscriptionId,
        lines,
        ...period,
        byTransfer: state.byTransfer,
      });
    });
    agenda.plan(at, 'renewal', () => {
      if (state.endedAt === null && state.periodEnd === at) renew(at);
    });
  }

  function renew(at: Instant): void {
    const scheduled = state.cancellation;
    if (scheduled !== null && scheduled.endsAt !== null && scheduled.endsAt <= at) {
      end(at, scheduled.cause, scheduled.feedback, scheduled.at);
      return;
    }
    const from = state.periodStart;
    recorder.tell(entity, at, ['customer.subscription.updated'], () => {
      if (state.status === 'trialing') state.status = 'active';
      state.periodStart = at;
      state.periodEnd = cycleMomentAfter(state.anchor, intervalMonths(), at);
    });
    const lines = [
      ...pending,
      ...(period > 0 ? write.metered(state.items, period, from, at) : []),
      ...write.licensed(state.items, at, state.periodEnd, false),
    ];
    pending = [];
    period += 1;
    const made = bill(at, 'subscription_cycle', lines, from, at);
    planRenewal(state.periodEnd);
    if (state.status === 'unpaid') {
      made.state.autoAdvance = false;
      return;
    }
    if (state.pausedAt !== null) {
      billing.void(made, at);
      return;
    }
    planCollection(made, at);
  }

  function planCollection(made: Bill, at: Instant): void {
    const finalAt = addMs(at, DRAFT_MS);
    agenda.plan(finalAt, 'follow_up', () => {
      if (made.state.status !== 'draft') return;
      billing.finalize(made, finalAt);
      if (state.byTransfer) planTransfer(made, finalAt);
      const chargeAt = addMs(finalAt, CHARGE_MS);
      if (!state.byTransfer)
        agenda.plan(chargeAt, 'follow_up', () => {
          if (made.state.status !== 'open' || made.state.attempts > 0) return;
          if (
            state.status === 'past_due' &&
            made.state.amountPaid === 0 &&
            made.state.lines.some(({ amount }) => amount > 0)
          )
            billing.fail(made, chargeAt);
          else billing.pay(made, chargeAt);
        });
    });
  }

  function end(at: Instant, cause: EndCause, feedback: string | null, cancelledAt: Instant): void {
    if (pending.length > 0) collectNow(bill(at, 'subscription_update', pending, at, at), at);
    pending = [];
    for (const made of bills) {
      if (made.state.status === 'open' && cause === 'payment_failed') billing.writeOff(made, at);
      if (made.state.status === 'draft') billing.void(made, at);
    }
    recorder.tell(entity, at, ['customer.subscription.deleted'], () => {
      state.status = 'canceled';
      state.endedAt = at;
      state.pausedAt = null;
      state.cancellation = { at: cancelledAt, endsAt: state.cancellation?.endsAt ?? null, cause, feedback };
    });
  }

  function change(happening: Extract<Happening, { kind: 'changed' }>): void {
    const { at, settle, newCycle } = happening;
    const before = state.items;
    const after = itemsOf(happening.positions, at);
    const prorations =
      settle === 'none' || state.status === 'trialing'
        ? []
        : write.prorations(before, after, { at, from: state.periodStart, until: state.periodEnd }, inForce(), newCycle);
    recorder.tell(entity, at, ['customer.subscription.updated'], () => {
      state.items = after;
      if (!newCycle || state.status === 'trialing') return;
      state.anchor = at;
      state.periodStart = at;
      state.periodEnd = cycleMomentAfter(at, intervalMonths(), at);
    });
    if (settle === 'next_invoice') pending.push(...prorations);
    if (newCycle && state.status !== 'trialing') {
      const usage = write.metered(state.items, period, state.periodStart, at);
      collectNow(
        bill(
          at,
          'subscription_update',
          [...prorations, ...pending, ...usage, ...write.licensed(state.items, at, state.periodEnd, false)],
          at,
          at,
        ),
        at,
      );
      pending = [];
      planRenewal(state.periodEnd);
    } else if (settle === 'now' && prorations.length > 0)
      collectNow(bill(at, 'subscription_update', prorations, at, at), at);
  }

  function paymentFails(at: Instant): void {
    const latest = bills.at(-1);
    const fresh =
      latest !== undefined &&
      !state.byTransfer &&
      (latest.state.status === 'draft' || latest.state.status === 'open') &&
      latest.state.attempts === 0;
    const failing = fresh ? latest : trueUp(at);
    if (failing.state.status === 'draft') billing.finalize(failing, at);
    billing.fail(failing, at);
    billing.planRetries(failing, at, () => state.status === 'past_due' && state.endedAt === null);
    recorder.tell(entity, at, ['customer.subscription.updated'], () => {
      state.status = 'past_due';
    });
  }

  /** Where no invoice is about to be collected, one for the seats used above plan is written. */
  function trueUp(at: Instant): Bill {
    const amount = Math.max(
      1,
      divideRounded(
        state.items.reduce((sum, item) => sum + (item.card.metered ? 0 : positionAmount(item)), 0),
        10,
      ),
    );
    const extra = write.extra(at, amount, 'Seats used above plan');
    return bill(at, 'subscription_update', [extra], at, at);
  }

  function happen(happening: Happening): void {
    const { at } = happening;
    if (state.endedAt !== null && !['refunded', 'credited', 'disputed'].includes(happening.kind)) return;
    const lastPaid = bills.findLast(({ paidBy }) => paidBy !== null);
    const update = (mutate: () => void): void => recorder.tell(entity, at, ['customer.subscription.updated'], mutate);
    switch (happening.kind) {
      case 'changed':
        return change(happening);
      case 'discount_granted':
        return update(() => grant(happening.coupon, at));
      case 'cancellation_scheduled':
        return update(() => {
          state.cancellation = { at, endsAt: happening.endsAt, cause: happening.cause, feedback: happening.feedback };
        });
      case 'cancellation_withdrawn':
        return update(() => {
          state.cancellation = null;
        });
      case 'ended':
        return end(at, happening.cause, happening.feedback, at);
      case 'paused':
        return update(() => {
          state.pausedAt = at;
        });
      case 'resumed':
        return update(() => {
          state.pausedAt = null;
        });
      case 'payment_failed':
        return paymentFails(at);
      case 'payment_recovered':
        for (const made of bills) if (made.state.status === 'open') billing.pay(made, at);
        return update(() => {
          state.status = 'active';
        });
      case 'gave_up':
        return update(() => {
          state.status = 'unpaid';
        });
      case 'refunded':
        return lastPaid && billing.refund(lastPaid, at, happening.percent);
      case 'credited':
        return lastPaid && billing.credit(lastPaid, at, happening.percent);
      case 'disputed':
        return lastPaid && billing.dispute(lastPaid, at, happening.outcome);
    }
  }

  agenda.plan(openedAt, 'happening', open);
  for (const happening of contract.happenings) agenda.plan(happening.at, 'happening', () => happen(happening));
}

/** Plans replace each other on one subscription item; seats and metered calls have their own. */
function slotOf(product: ProductKey): string {
  return product === 'seats' || product === 'calls' ? product : 'plan';
}
