/** The whole company as Stripe holds it at a moment: customers' objects, the catalogue, the balance, the account. */
import { addMs, DAY_MS, HOUR_MS, secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import type { Company, Life, PriceCard } from '../scenario/life.ts';
import { catalogueOf, type UsedCard } from './catalogue.ts';
import { priceObject } from './catalogue-objects.ts';
import { stripeId } from './ids.ts';
import { numberOf, type JsonObject } from './json.ts';
import { meterObject, meterSummaries } from './meter-objects.ts';
import { EVENT_DAYS, lifeObjects, type LifeObjects } from './life-objects.ts';
import { balanceBook, withStatusAt, type BalanceBook } from './payouts.ts';
import type { ServedObject } from './recorder.ts';

/** What the company's meters are and have counted. */
export interface Meters {
  readonly list: readonly JsonObject[];
  /** By day, newest first. */
  summaries(customer: string, from: Instant, until: Instant): readonly JsonObject[];
}

export interface CompanyObjects {
  /** In order of creation within each customer. */
  readonly objects: readonly ServedObject[];
  readonly events: readonly JsonObject[];
  readonly book: BalanceBook;
  readonly account: JsonObject;
  readonly meters: Meters;
}

export interface CompanyRenderer {
  /** Writes all objects as of `now`; lives that are the same object as before, at the same moment, are taken over. */
  render(company: Company, now: Instant): CompanyObjects;
}

/** Prices are shared by reference, so that a subscription's price and the listed one are the same object. */
export function createCompanyRenderer(): CompanyRenderer {
  const known = new Map<Life, { readonly now: Instant; readonly written: LifeObjects }>();
  const prices = new Map<string, JsonObject>();
  const firstUse = new Map<string, UsedCard>();

  const priceOf = (card: PriceCard): JsonObject => {
    let price = prices.get(card.key);
    if (price === undefined) {
      price = priceObject(card, addMs(firstUse.get(card.key)!.at, -HOUR_MS));
      prices.set(card.key, price);
    }
    return price;
  };

  return {
    render: (company, now) => {
      for (const life of company.lives) noteFirstUses(life, firstUse);
      const objects: ServedObject[] = [];
      const events: JsonObject[] = [];
      for (const life of company.lives) {
        let entry = known.get(life);
        if (entry === undefined || entry.now !== now) {
          entry = { now, written: lifeObjects(life, now, priceOf) };
          known.set(life, entry);
        }
        objects.push(...entry.written.objects);
        events.push(...entry.written.events);
      }
      const eventsSince = addMs(now, -EVENT_DAYS * DAY_MS);
      const catalogue = catalogueOf(company, firstUse.values(), priceOf);
      events.push(...catalogue.events.filter((event) => numberOf(event, 'created') >= secondsOfInstant(eventsSince)));
      const settled = objects.map((served) =>
        served.collection === 'balance_transactions' ? { ...served, object: withStatusAt(served.object, now) } : served,
      );
      const book = balanceBook(
        settled.flatMap(({ collection, object }) => (collection === 'balance_transactions' ? [object] : [])),
        company.foundedAt,
        now,
        eventsSince,
      );
      events.push(...book.events);
      return {
        objects: [...catalogue.objects, ...settled, ...book.objects],
        events,
        book,
        account: accountObject(company),
        meters: {
          list: [meterObject(company)],
          summaries: (customer, from, until) => meterSummaries({ ...company, now }, customer, from, until),
        },
      };
    },
  };
}

function noteFirstUses(life: Life, firstUse: Map<string, UsedCard>): void {
  const note = (card: PriceCard, at: Instant): void => {
    const earlier = firstUse.get(card.key);
    if (earlier === undefined || at < earlier.at) firstUse.set(card.key, { card, at });
  };
  for (const contract of life.contracts) {
    for (const { card } of contract.positions) note(card, contract.startedAt);
    for (const happening of contract.happenings)
      if (happening.kind === 'changed') for (const { card } of happening.positions) note(card, happening.at);
  }
}

function accountObject(company: Company): JsonObject {
  return {
    id: stripeId('acct', company.name, 16),
    object: 'account',
    business_profile: {
      mcc: '5734',
      minority_owned_business_designation: null,
      name: company.name,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: 'https://kestrel-labs.example',
    },
    business_type: 'company',
    charges_enabled: true,
    country: 'US',
    created: secondsOfInstant(addMs(company.foundedAt, -3 * DAY_MS)),
    default_currency: 'usd',
    details_submitted: true,
    email: 'founder@kestrel-labs.example',
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
  };
}
