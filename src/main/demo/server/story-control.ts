/** Lets things happen while the servers run: the story goes on, Stripe's objects change and events are told. */
import { AppError } from '../../../shared/kernel/errors.ts';
import { addMs, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { cycleMomentAfter } from '../scenario/calendar.ts';
import type { Company, Contract, Happening, Life, Position } from '../scenario/life.ts';
import { lateAgreement } from '../scenario/late-agreement.ts';
import { createCompanyRenderer } from '../stripe/company-objects.ts';
import { stripeId } from '../stripe/ids.ts';
import { createObjectStore, type ObjectStore } from './object-store.ts';

/** What happens is told at the moment after the present one; every call moves the clock on by a second. */
export interface Story {
  store(): ObjectStore;
  now(): Instant;
  /** The lives as they stand, with what was added: the truth can be computed from it. */
  company(): Company;
  /** Stripe's id of a contract's subscription. */
  subscriptionId(contractKey: string): string;
  cancelSubscription(id: string, how: { readonly immediately: boolean }): void;
  /** The card is declined: the invoice about to be collected fails, or one for extra seats is written and fails. */
  failPayment(id: string): void;
  recoverPayment(id: string): void;
  /** New quantity of the plan, billed at once. */
  upgrade(id: string, how: { readonly quantity: number }): void;
  pause(id: string): void;
  resume(id: string): void;
  deleteCustomer(id: string): void;
  /** An agreement of two months ago is entered with its real start, and ended: what was reported since lacked it. */
  enterLateAgreement(): void;
  /** Takes a coupon out of the list; running discounts go on. */
  deleteCoupon(key: string): void;
  /** Lets time pass: renewals fall due, scheduled cancellations take effect. */
  advance(ms: number): void;
  /** Events are served only for so many days back. */
  serveEventsFor(days: number): void;
}

export function createStory(initial: Company): Story {
  const renderer = createCompanyRenderer();
  let company = initial;
  let now = initial.now;
  let eventDays: number | undefined;
  let store: ObjectStore | null = null;

  const current = (): ObjectStore => (store ??= createObjectStore(renderer.render(company, now), now, eventDays));

  function contractOf(id: string): { readonly life: Life; readonly contract: Contract } {
    for (const life of company.lives)
      for (const contract of life.contracts) if (stripeId('sub', contract.key) === id) return { life, contract };
    throw new AppError('not_found', `The demo company has no subscription ${id}`);
  }

  function replaceLife(life: Life, changed: Life): void {
    company = { ...company, now, lives: company.lives.map((other) => (other === life ? changed : other)) };
    store = null;
  }

  function tick(ms: number): void {
    now = addMs(now, ms);
    company = { ...company, now };
    store = null;
  }

  function happen(id: string, happening: (at: Instant, contract: Contract) => Happening): void {
    tick(SECOND_MS);
    const { life, contract } = contractOf(id);
    const added = happening(now, contract);
    const changed = { ...contract, happenings: [...contract.happenings, added].sort((a, b) => a.at - b.at) };
    replaceLife(life, { ...life, contracts: life.contracts.map((other) => (other === contract ? changed : other)) });
  }

  return {
    store: current,
    now: () => now,
    company: () => ({ ...company, now }),
    subscriptionId: (contractKey) => stripeId('sub', contractKey),
    cancelSubscription: (id, { immediately }) =>
      happen(id, (at, contract) =>
        immediately
          ? { at, kind: 'ended', cause: 'requested', feedback: 'other' }
          : {
              at,
              kind: 'cancellation_scheduled',
              endsAt: periodEnd(contract, at),
              cause: 'requested',
              feedback: 'other',
            },
      ),
    failPayment: (id) => happen(id, (at) => ({ at, kind: 'payment_failed' })),
    recoverPayment: (id) => happen(id, (at) => ({ at, kind: 'payment_recovered' })),
    upgrade: (id, { quantity }) =>
      happen(id, (at, contract) => ({
        at,
        kind: 'changed',
        settle: 'now',
        newCycle: false,
        positions: withQuantity(positionsAt(contract, at), quantity),
      })),
    pause: (id) => happen(id, (at) => ({ at, kind: 'paused' })),
    resume: (id) => happen(id, (at) => ({ at, kind: 'resumed' })),
    deleteCustomer: (id) => {
      tick(SECOND_MS);
      const life = company.lives.find(({ key }) => stripeId('cus', key, 14) === id);
      if (life === undefined) throw new AppError('not_found', `The demo company has no customer ${id}`);
      replaceLife(life, {
        ...life,
        deletedAt: now,
        contracts: life.contracts.map((contract) => endedAt(contract, now)),
      });
    },
    enterLateAgreement: () => {
      tick(SECOND_MS);
      const life = lateAgreement(now);
      company = { ...company, lives: [...company.lives, life] };
      tick(2 * SECOND_MS);
    },
    deleteCoupon: (key) => {
      if (!company.coupons.some((coupon) => coupon.key === key))
        throw new AppError('not_found', `The demo company has no coupon ${key}`);
      tick(SECOND_MS);
      company = { ...company, deletedCoupons: [...company.deletedCoupons, { key, at: now }] };
    },
    advance: (ms) => tick(ms),
    serveEventsFor: (days) => {
      eventDays = days;
      store = null;
    },
  };
}

function endedAt(contract: Contract, at: Instant): Contract {
  const happening: Happening = { at, kind: 'ended', cause: 'requested', feedback: null };
  return { ...contract, happenings: [...contract.happenings.filter((earlier) => earlier.at < at), happening] };
}

function positionsAt(contract: Contract, at: Instant): readonly Position[] {
  let positions = contract.positions;
  for (const happening of contract.happenings)
    if (happening.kind === 'changed' && happening.at <= at) positions = happening.positions;
  return positions;
}

function withQuantity(positions: readonly Position[], quantity: number): readonly Position[] {
  return positions.map((position, index) => (index === 0 ? { ...position, quantity } : position));
}

function periodEnd(contract: Contract, at: Instant): Instant {
  let anchor = contract.trialEndsAt ?? contract.startedAt;
  for (const happening of contract.happenings)
    if (happening.kind === 'changed' && happening.newCycle && happening.at <= at) anchor = happening.at;
  const months = positionsAt(contract, at)[0]!.card.interval === 'year' ? 12 : 1;
  return at < anchor ? anchor : cycleMomentAfter(anchor, months, at);
}
