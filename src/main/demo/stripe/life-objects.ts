/** All of Stripe's objects that one customer's life leaves behind until a moment. */
import { addMs, DAY_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Life, PriceCard } from '../scenario/life.ts';
import { createAgenda } from './agenda.ts';
import { createBilling } from './billing.ts';
import { discountObject, type AppliedDiscount } from './catalogue-objects.ts';
import { planContract } from './contract-walk.ts';
import { customerId, customerObject, type CustomerState } from './customer-object.ts';
import { stripeId } from './ids.ts';
import { applyDiscounts, type Line } from './invoice-lines.ts';
import type { JsonObject } from './json.ts';
import { quoteObject, quotesOf } from './quote-objects.ts';
import { createRecorder, type ServedObject } from './recorder.ts';

/** Events are served for this long. */
export const EVENT_DAYS = 30;

export interface LifeObjects {
  /** In order of creation. */
  readonly objects: readonly ServedObject[];
  readonly events: readonly JsonObject[];
}

/** @param priceOf gives the price object of a card. */
export function lifeObjects(life: Life, now: Instant, priceOf: (card: PriceCard) => JsonObject): LifeObjects {
  const recorder = createRecorder(life.key, addMs(now, -EVENT_DAYS * DAY_MS));
  const agenda = createAgenda();
  const customerDiscount: AppliedDiscount | null =
    life.customerCoupon === null
      ? null
      : {
          id: stripeId('di', life.key),
          coupon: life.customerCoupon,
          start: life.joinedAt,
          end: null,
          customer: customerId(life),
          subscription: null,
        };
  const state: CustomerState = {
    balance: 0,
    delinquent: false,
    discount: customerDiscount,
    invoices: 0,
    hasCurrency: false,
  };
  const entity = recorder.track('customers', () => customerObject(life, state));
  if (customerDiscount !== null) recorder.track('discounts', () => discountObject(customerDiscount));
  const billing = createBilling(life, { state, entity }, recorder, agenda);

  agenda.plan(life.joinedAt, 'happening', () => recorder.tell(entity, life.joinedAt, ['customer.created']));
  for (const contract of life.contracts)
    planContract({ life, contract, recorder, agenda, billing, customerDiscount, priceOf });
  life.oneOffs.forEach(({ at, lines }, index) =>
    agenda.plan(at, 'happening', () => {
      const name = `${life.key}:one-off:${index}`;
      const billed = lines.map((line, number) => oneOffLine(`${name}:${number}`, line.text, line.minor, at));
      applyDiscounts(billed, [], life.currency);
      const bill = billing.draft({
        name,
        at,
        reason: 'manual',
        subscriptionId: null,
        lines: billed,
        periodStart: at,
        periodEnd: at,
        byTransfer: false,
      });
      billing.finalize(bill, at);
      billing.pay(bill, at);
    }),
  );
  for (const quote of quotesOf(life, now)) {
    const offered = recorder.track('quotes', () => quoteObject(quote, now));
    const { acceptedAt } = quote;
    agenda.plan(quote.createdAt, 'happening', () =>
      recorder.tell(offered, quote.createdAt, ['quote.created', 'quote.finalized']),
    );
    if (acceptedAt !== null)
      agenda.plan(acceptedAt, 'follow_up', () => recorder.tell(offered, acceptedAt, ['quote.accepted']));
  }
  const { deletedAt } = life;
  if (deletedAt !== null && deletedAt <= now)
    agenda.plan(deletedAt, 'happening', () => recorder.tell(entity, deletedAt, ['customer.deleted']));
  agenda.runUntil(now);
  return {
    objects: recorder.entities.map((tracked) => ({
      collection: tracked.collection,
      object: tracked.render(),
      hidden: tracked.hidden?.() ?? {},
      deleted: tracked === entity && deletedAt !== null && deletedAt <= now,
    })),
    events: recorder.events,
  };
}

function oneOffLine(name: string, description: string, amount: number, at: Instant): Line {
  return {
    id: stripeId('il', name),
    amount,
    quantity: 1,
    description,
    card: null,
    unitDecimal: String(amount),
    from: at,
    until: at,
    proration: false,
    itemId: null,
    invoiceItemId: stripeId('ii', name),
    subscriptionId: null,
    discounts: [],
  };
}
