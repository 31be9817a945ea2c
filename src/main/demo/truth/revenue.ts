/**
 * Cash, failed payments, kinds of churn, discounts and their ends of the demo
 * company: churn and discounts from its lives, money from the vendor's objects
 * for them, read one by one. The engine has no part in it.
 */
import { currencyCode, exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, monthOf, UTC, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import { assert } from '../../../shared/kernel/errors.ts';
import { addMs, instantOfSeconds, type Instant } from '../../../shared/kernel/instant.ts';
import { divideRounded, rational, roundHalfAway, type Rational } from '../../../shared/kernel/rational.ts';
import { crossRate } from '../rates/reference-rates.ts';
import { monthsAfter } from '../scenario/calendar.ts';
import type { Company, Contract, CouponCard, EndCause, Life } from '../scenario/life.ts';
import { USD } from '../scenario/price-list.ts';
import { createCompanyRenderer } from '../stripe/company-objects.ts';
import { numberOf, textOf, type JsonObject } from '../stripe/json.ts';
import { closingMoment } from './ledger.ts';
import { standingBefore } from './standing.ts';
import type { DemoTruth } from './truth.ts';
import { annualMinor } from './value.ts';

export type ChurnKind = 'involuntary' | 'voluntary' | 'free';

/** Amounts in US cents; churn negative, monthly. */
export interface RevenueTruth {
  readonly month: PlainMonth;
  readonly grossCash: number;
  readonly refunds: number;
  readonly fees: number;
  readonly disputed: number;
  readonly wonBack: number;
  readonly tax: number;
  readonly disputesOpened: number;
  /** Payments whose first try failed, and those of them that were paid within 60 days. */
  readonly failed: number;
  readonly recovered: number;
  readonly attempted: number;
  readonly churn: Readonly<Record<ChurnKind, number>>;
  readonly discountGiven: number;
}

/** Annual minor units of the customer's currency. */
export interface TrueCliff {
  readonly on: PlainDay;
  readonly company: string;
  readonly currency: CurrencyCode;
  readonly before: number;
  readonly after: number;
}

/** The months of the truth. */
export function revenueTruth(company: Company, truth: DemoTruth): RevenueTruth[] {
  const money = readObjects(company);
  const churn = churnByMonth(company, truth);
  return truth.months.map(({ month, asOf }): RevenueTruth => {
    const flow = (kind: string): number => money.flows.get(`${month} ${kind}`) ?? 0;
    const payments = money.payments.filter((payment) => monthOf(dayAt(payment.triedAt, UTC)) === month);
    const failed = payments.filter(({ failedFirst }) => failedFirst);
    return {
      month,
      grossCash: flow('charge'),
      refunds: flow('refund'),
      fees: flow('fee'),
      disputed: flow('dispute'),
      wonBack: flow('reversal'),
      tax: flow('tax') - flow('tax credited'),
      disputesOpened: money.disputes.filter((at) => monthOf(dayAt(at, UTC)) === month).length,
      failed: failed.length,
      recovered: failed.filter(({ triedAt, paidAt }) => paidAt !== null && paidAt - triedAt <= RETRY_WINDOW_MS).length,
      attempted: payments.length,
      churn: churn.get(month) ?? { involuntary: 0, voluntary: 0, free: 0 },
      discountGiven: discountGiven(company, asOf),
    };
  });
}

const RETRY_WINDOW_MS = 60 * 86_400_000;

interface Payment {
  readonly triedAt: Instant;
  readonly failedFirst: boolean;
  readonly paidAt: Instant | null;
}

/** Every object that moves money, by month and kind: each day and currency is changed as one, at the day's rate. */
function readObjects(company: Company): { flows: Map<string, number>; payments: Payment[]; disputes: Instant[] } {
  const sums = new Map<string, number>();
  const add = (kind: string, at: Instant, currency: string, minor: number): void => {
    const key = `${dayAt(at, UTC)} ${currency.toUpperCase()} ${kind}`;
    sums.set(key, (sums.get(key) ?? 0) + minor);
  };
  const tries = new Map<string, { readonly at: Instant; readonly paid: boolean }[]>();
  const disputes: Instant[] = [];
  for (const { collection, object } of createCompanyRenderer().render(company, company.now).objects) {
    const at = (): Instant => instantOfSeconds(numberOf(object, 'created'));
    if (collection === 'charges') {
      const paid = object['status'] === 'succeeded';
      if (paid) add('charge', at(), textOf(object, 'currency'), numberOf(object, 'amount'));
      const intent = textOf(object, 'payment_intent');
      tries.set(intent, [...(tries.get(intent) ?? []), { at: at(), paid }]);
    } else if (collection === 'payment_intents' && object['latest_charge'] === null) {
      // The demo asks for no payment that it does not try: without a charge it failed before there was one.
      tries.set(textOf(object, 'id'), [{ at: at(), paid: false }]);
    } else if (collection === 'refunds') add('refund', at(), textOf(object, 'currency'), numberOf(object, 'amount'));
    else if (collection === 'balance_transactions') add('fee', at(), 'usd', numberOf(object, 'fee'));
    else if (collection === 'disputes') {
      disputes.push(at());
      add('dispute', at(), textOf(object, 'currency'), numberOf(object, 'amount'));
      for (const transaction of object['balance_transactions'] as JsonObject[])
        if (transaction['reporting_category'] === 'dispute_reversal')
          add(
            'reversal',
            instantOfSeconds(numberOf(transaction, 'created')),
            textOf(object, 'currency'),
            numberOf(object, 'amount'),
          );
    } else if (collection === 'invoices' && object['status'] === 'paid') {
      const paidAt = (object['status_transitions'] as JsonObject)['paid_at'] as number;
      const taxes = (object['total_taxes'] ?? []) as JsonObject[];
      const tax = taxes.reduce((sum, entry) => sum + numberOf(entry, 'amount'), 0);
      add('tax', instantOfSeconds(paidAt), textOf(object, 'currency'), tax);
    } else if (collection === 'credit_notes')
      add(
        'tax credited',
        at(),
        textOf(object, 'currency'),
        numberOf(object, 'total') - numberOf(object, 'total_excluding_tax'),
      );
  }
  const flows = new Map<string, number>();
  for (const [key, minor] of sums) {
    const [day = '', currency = '', ...kind] = key.split(' ');
    const name = `${day.slice(0, 7)} ${kind.join(' ')}`;
    flows.set(name, (flows.get(name) ?? 0) + roundHalfAway(inUsd(minor, currencyCode(currency), day as PlainDay)));
  }
  return { flows, payments: [...tries.values()].map(paymentOf), disputes };
}

function paymentOf(tries: readonly { readonly at: Instant; readonly paid: boolean }[]): Payment {
  const ordered = tries.toSorted((a, b) => a.at - b.at);
  const first = ordered[0];
  assert(first !== undefined, 'a payment has a first try');
  return { triedAt: first.at, failedFirst: !first.paid, paidAt: ordered.find(({ paid }) => paid)?.at ?? null };
}

function inUsd(minor: number, currency: CurrencyCode, day: PlainDay): Rational {
  if (currency === USD || minor === 0) return rational(minor);
  const rate = crossRate(day, currency, USD);
  assert(rate !== null, `there is a rate for ${currency} on ${day}`);
  return rate.mul(rational(10 ** exponentOf(USD), 10 ** exponentOf(currency))).mul(rational(minor));
}

const KIND_OF_CAUSE: Readonly<Record<EndCause, ChurnKind>> = {
  requested: 'voluntary',
  replaced: 'voluntary',
  trial_over: 'voluntary',
  payment_failed: 'involuntary',
  disputed: 'involuntary',
};

/** Each churn movement by what ended the contracts of its life on its day; without an end the life goes on for nothing. */
function churnByMonth(company: Company, truth: DemoTruth): Map<PlainMonth, Record<ChurnKind, number>> {
  const lives = new Map(company.lives.map((life) => [life.key, life]));
  const exact = new Map<PlainMonth, Record<ChurnKind, Rational>>();
  for (const { day, life: key, kind, currency, annual } of truth.movements) {
    if (kind !== 'churn') continue;
    const life = lives.get(key);
    assert(life !== undefined, `there is a life ${key}`);
    const sums = exact.get(monthOf(day)) ?? { involuntary: rational(0), voluntary: rational(0), free: rational(0) };
    const why = whyGone(life, day);
    sums[why] = sums[why].add(inUsd(annual, currency, day));
    exact.set(monthOf(day), sums);
  }
  const monthly = (annual: Rational): number => divideRounded(roundHalfAway(annual), 12);
  return new Map(
    [...exact].map(([month, sums]) => [
      month,
      { involuntary: monthly(sums.involuntary), voluntary: monthly(sums.voluntary), free: monthly(sums.free) },
    ]),
  );
}

function whyGone(life: Life, day: PlainDay): ChurnKind {
  const causes = life.contracts.flatMap((contract) => {
    const cause = endOn(contract, day);
    return cause === null ? [] : [cause];
  });
  if (causes.length === 0) return 'free';
  return causes.includes('involuntary') ? 'involuntary' : 'voluntary';
}

function endOn({ happenings }: Contract, day: PlainDay): ChurnKind | null {
  let scheduled: { readonly endsAt: Instant; readonly cause: EndCause } | null = null;
  for (const happening of happenings) {
    if (scheduled !== null && happening.at >= scheduled.endsAt) break;
    if (happening.kind === 'cancellation_scheduled') scheduled = happening;
    else if (happening.kind === 'cancellation_withdrawn') scheduled = null;
    else if (happening.kind === 'gave_up' && dayAt(happening.at, UTC) === day) return 'involuntary';
    else if (happening.kind === 'ended' && dayAt(happening.at, UTC) === day) return KIND_OF_CAUSE[happening.cause];
  }
  return scheduled !== null && dayAt(scheduled.endsAt, UTC) === day ? KIND_OF_CAUSE[scheduled.cause] : null;
}

/** MRR at list prices less MRR at the end of a day, in US cents. */
function discountGiven(company: Company, day: PlainDay): number {
  const sums = new Map<CurrencyCode, number>();
  const moment = closingMoment(day, company.now);
  for (const life of company.lives)
    for (const contract of life.contracts) {
      const standing = standingBefore(life, contract, moment);
      if (standing === null || standing.paused || standing.trialing) continue;
      const given = annualMinor(standing.positions, []) - annualMinor(standing.positions, standing.coupons);
      sums.set(life.currency, (sums.get(life.currency) ?? 0) + given);
    }
  const usd = [...sums].reduce((total, [currency, annual]) => total + roundHalfAway(inUsd(annual, currency, day)), 0);
  return divideRounded(usd, 12);
}

/** The limited discounts in force whose end comes within so many months while the contract goes on. */
export function cliffsAhead(company: Company, months: number): TrueCliff[] {
  const now = addMs(company.now, 1);
  const until = monthsAfter(company.now, months);
  return company.lives.flatMap((life) =>
    life.contracts.flatMap((contract): TrueCliff[] => {
      const standing = standingBefore(life, contract, now);
      if (standing === null || standing.paused) return [];
      return grantsOf(contract).flatMap(({ coupon, at }): TrueCliff[] => {
        const end = endOf(coupon, at, standing.positions[0]?.card.interval === 'year');
        if (end === null || end <= now || end > until) return [];
        const [before, after] = [standingBefore(life, contract, end), standingBefore(life, contract, addMs(end, 1))];
        if (before === null || after === null || before.trialing || !before.coupons.includes(coupon)) return [];
        const [was, is] = [annualMinor(before.positions, before.coupons), annualMinor(after.positions, after.coupons)];
        const on = dayAt(end, UTC);
        return is > was ? [{ on, company: life.company, currency: life.currency, before: was, after: is }] : [];
      });
    }),
  );
}

function grantsOf(contract: Contract): { readonly coupon: CouponCard; readonly at: Instant }[] {
  return [
    ...contract.coupons.map((coupon) => ({ coupon, at: contract.startedAt })),
    ...contract.happenings.flatMap((happening) =>
      happening.kind === 'discount_granted' ? [{ coupon: happening.coupon, at: happening.at }] : [],
    ),
  ];
}

/** R5: after its months, on a yearly term with the term; null for a lasting one, and one that never counted. */
function endOf(coupon: CouponCard, at: Instant, yearly: boolean): Instant | null {
  if (coupon.duration === 'forever') return null;
  if (yearly) return monthsAfter(at, 12);
  return coupon.duration === 'repeating' ? monthsAfter(at, coupon.months ?? 0) : null;
}
