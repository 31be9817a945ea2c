/** The digest of a day in a small company: what it counts, what it does not know, what a zone makes of it. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { dailyDigest, daysOf, markdownOf, weekOf, weeklyDigest } from '../../../src/main/engine/digest/index.ts';
import type { MetricsContext } from '../../../src/main/engine/metrics/index.ts';
import { DailyDigestReportSchema, WeeklyDigestReportSchema } from '../../../src/shared/contract/digest.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { addDays, plainDay, timeZone } from '../../../src/shared/kernel/day.ts';
import { instant, MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { failureOf } from '../../support/store.ts';
import { at, company, coupon, discount, item, price, subscription } from '../metrics/support/company.ts';

function world(today: string, over: Partial<MetricsContext> = {}) {
  const made = company(today, over);
  onTestFinished(made.close);
  made.product('prod_main', 'Pro');
  const digest = (from: string, to = from, context = made.context) =>
    DailyDigestReportSchema.parse(dailyDigest(made.db, { from: plainDay(from), to: plainDay(to) }, 'Aerie', context));
  const sections = (from: string, to = from, context = made.context) => {
    const report = digest(from, to, context);
    const of = (id: string) => {
      const found = report.sections.find((section) => section.id === id);
      if (!found) throw new Error(`no section ${id}`);
      return found;
    };
    return { report, of };
  };
  return { ...made, digest, sections };
}

const monthly = (amount: number) => item(price({ unitAmount: String(amount * 100) }));

describe('a day on which something happened', () => {
  /** On 10 June: New comes at 40, Grown goes from 100 to 150, Gone leaves with 70, Leaving is called off. */
  function eventful() {
    const made = world('2026-06-11');
    const begin = (id: string, start: string, amount: number) => {
      const first = subscription(at(start), { id: `sub_${id}`, customerId: id, items: [monthly(amount)] });
      made.see(first, at(start));
      return first;
    };
    begin('New', '2026-06-10', 40);
    const grown = begin('Grown', '2026-01-05', 100);
    made.see({ ...grown, items: [monthly(150)] }, at('2026-06-10T09:00:00Z'));
    const gone = begin('Gone', '2026-01-06', 70);
    made.see(
      {
        ...gone,
        status: 'canceled',
        canceledAt: at('2026-06-10T10:00:00Z'),
        endedAt: at('2026-06-10T10:00:00Z'),
        cancellation: { reason: 'cancellation_requested', feedback: 'too_expensive', comment: null },
      },
      at('2026-06-10T10:00:00Z'),
    );
    made.charge('New', 4_000, at('2026-06-10T11:00:00Z'));
    made.charge('Grown', 10_000, at('2026-06-09T11:00:00Z'));
    made.refund(500, at('2026-06-10T12:00:00Z'));
    made.recompute();
    return made;
  }

  test('has its movements, with the customer, the amount and the reason', () => {
    const { of } = eventful().sections('2026-06-10');
    expect(of('newCustomers')).toMatchObject({ count: 1, amount: 4_000, amountIs: 'mrr' });
    expect(of('newCustomers').lines).toMatchObject([{ who: 'New', on: '2026-06-10', what: 'new, Pro', amount: 4_000 }]);
    expect(of('expansion')).toMatchObject({ count: 1, amount: 5_000 });
    expect(of('left')).toMatchObject({ count: 1, amount: -7_000 });
    expect(of('left').lines[0]).toMatchObject({ who: 'Gone', amount: -7_000, note: 'too expensive' });
    expect(of('downgrades')).toMatchObject({ count: 0, lines: [] });
  });

  test('leads from each sum to its rows, and from each line to its customer and its object', () => {
    const made = eventful();
    const { of } = made.sections('2026-06-10');
    expect(of('left').why).toEqual({ metric: 'churnMrr', kind: null, from: '2026-06-10', to: '2026-06-10' });
    expect(of('left').lines[0]).toMatchObject({
      target: `/customers/${made.customer('Gone')}`,
      evidence: 'event',
      sourceObjectId: 'sub_Gone',
      sourceUrl: 'https://dashboard.stripe.com/subscriptions/sub_Gone',
    });
  });

  test('counts the cash of its own day, less refunds', () => {
    expect(eventful().sections('2026-06-10').of('cash')).toMatchObject({
      count: 1,
      amount: 3_500,
      note: 'after refunds of $5',
    });
  });

  test('compares its figures with the day before', () => {
    const { report } = eventful().sections('2026-06-10');
    const of = (id: string) => report.figures.find((figure) => figure.id === id);
    expect(of('mrr')).toMatchObject({ value: 19_000, before: 17_000 });
    expect(of('customers')).toMatchObject({ value: 2, before: 2 });
    expect(of('cashCollected')).toMatchObject({ value: 3_500, before: 10_000 });
  });

  test('is put into sentences, the same in Markdown', () => {
    const { report } = eventful().sections('2026-06-10');
    expect(report.isQuiet).toBe(false);
    expect(report.summary[0]).toBe(
      'MRR went up $20 on Wednesday, Jun 10, to $190: new +$40, expansion +$50, left or paused −$70.',
    );
    const text = markdownOf(report);
    expect(text).toContain('# Aerie: Wednesday, June 10, 2026');
    expect(text).toContain('- **Gone**: Jun 10; left, Pro; −$70; too expensive');
    expect(text).toContain('### Cash in: 1, $35');
  });

  test('is retold when something comes to light: the past is told as it is known', () => {
    const made = eventful();
    made.see(subscription(at('2026-06-10'), { customerId: 'Late', items: [monthly(25)] }), at('2026-06-10'));
    made.recompute();
    expect(made.sections('2026-06-10').of('newCustomers')).toMatchObject({ count: 2, amount: 6_500 });
  });

  test('names that could be marks are written as they are', () => {
    const made = world('2026-06-11');
    made.customer('evil', { name: '*Bold* [link](x) <b>' });
    made.see(subscription(at('2026-06-10'), { customerId: 'evil', items: [monthly(10)] }), at('2026-06-10'));
    made.recompute();
    expect(markdownOf(made.digest('2026-06-10'))).toContain('**\\*Bold\\* \\[link\\](x) \\<b\\>**');
  });
});

describe('a quiet day', () => {
  test('says so plainly', () => {
    const made = world('2026-06-11');
    made.see(subscription(at('2026-01-05'), { customerId: 'A', items: [monthly(100)] }), at('2026-01-05'));
    made.recompute();
    const report = made.digest('2026-06-10');
    expect(report.isQuiet).toBe(true);
    expect(report.summary).toEqual(['Nothing happened on Wednesday, Jun 10.']);
  });

  test('is no day with a single sign-up', () => {
    const made = world('2026-06-11');
    made.customer('A');
    made.db.prepareWrite<[number]>(`UPDATE billing_customer SET created_at = ?`).run(at('2026-06-10T08:00:00Z'));
    const { report, of } = made.sections('2026-06-10');
    expect(report.isQuiet).toBe(false);
    expect(of('signUps').lines[0]).toMatchObject({ who: 'A', note: 'no subscription that pays' });
  });
});

describe('what nobody can know', () => {
  test('is no zero: without a billing source, product analytics or a help desk it has its reason', () => {
    const { report, of } = world('2026-06-11').sections('2026-06-10');
    for (const id of ['signUps', 'newCustomers', 'left', 'cash', 'failedPayments', 'trialsEnding', 'renewals'])
      expect(of(id), id).toMatchObject({ count: null, amount: null, reason: 'No billing source is connected' });
    expect(of('limits').reason).toBe('No source of product usage is connected');
    expect(of('tickets').reason).toBe('No help desk is connected');
    expect(report.figures.every(({ value, reason }) => value === null && reason !== null)).toBe(true);
    expect(markdownOf(report)).toContain('Limits approached: — (No source of product usage is connected).');
  });

  test('of an amount without a rate is said beside the sum', () => {
    const made = world('2026-06-11');
    const GBP = currencyCode('GBP');
    made.see(
      subscription(at('2026-06-10'), {
        customerId: 'A',
        currency: GBP,
        items: [item(price({ currency: GBP, unitAmount: '5000' }))],
      }),
      at('2026-06-10'),
    );
    made.recompute();
    expect(made.sections('2026-06-10').of('newCustomers')).toMatchObject({
      count: 1,
      note: 'Without amounts in GBP: no rate to USD',
      lines: [{ amount: null }],
    });
  });

  test('of days gone by is which terms were to renew', () => {
    const made = world('2026-06-30');
    made.see(subscription(at('2026-01-05'), { customerId: 'A', items: [monthly(100)] }), at('2026-01-05'));
    made.recompute();
    expect(made.sections('2026-06-10').of('renewals').reason).toContain('Known from today on only');
    expect(made.sections('2026-06-30').of('renewals').reason).toBeNull();
  });
});

describe('what is to come', () => {
  test('are long terms that renew, and not those that are called off or monthly', () => {
    const made = world('2026-06-11');
    const yearly = (id: string, end: string, over = {}) => {
      const start = at('2025-06-15');
      made.see(
        subscription(start, {
          id: `sub_${id}`,
          customerId: id,
          items: [
            item(price({ interval: 'year', unitAmount: '120000' }), {
              currentPeriodStart: start,
              currentPeriodEnd: at(end),
            }),
          ],
          ...over,
        }),
        start,
      );
    };
    yearly('Soon', '2026-06-15');
    yearly('Later', '2026-06-19');
    yearly('Off', '2026-06-16', { cancelAtPeriodEnd: true, cancelAt: at('2026-06-16') });
    made.see(
      subscription(at('2026-06-01'), {
        customerId: 'Monthly',
        items: [item(price(), { currentPeriodStart: at('2026-05-15'), currentPeriodEnd: at('2026-06-15') })],
      }),
      at('2026-06-01'),
    );
    made.recompute();
    const renewals = made.sections('2026-06-10', '2026-06-11').of('renewals');
    expect(renewals).toMatchObject({ count: 1, amount: 10_000, isEvent: false });
    expect(renewals.lines[0]).toMatchObject({ who: 'Soon', on: '2026-06-15', what: 'every year' });
  });

  test('are discounts that end, with what comes on top', () => {
    const made = world('2026-06-11');
    const half = coupon({ name: 'Half price', duration: 'repeating', durationInMonths: 3, percentOff: '50' });
    made.see(
      subscription(at('2026-03-14'), {
        customerId: 'A',
        items: [monthly(100)],
        discounts: [discount(half, at('2026-03-14'), at('2026-06-14'))],
      }),
      at('2026-03-14'),
    );
    made.recompute();
    expect(made.sections('2026-06-11').of('discountsEnding')).toMatchObject({
      count: 1,
      amount: 5_000,
      lines: [{ on: '2026-06-14', what: 'Half price', note: 'pays $50 a month so far' }],
    });
  });
});

describe('days of a zone', () => {
  const BERLIN = timeZone('Europe/Berlin');

  test('begin and end by its clock, also on the days of 23 and 25 hours', () => {
    for (const [day, first, last] of [
      // In Berlin, 29 March 2026 lasts from 23:00 to 22:00 UTC, 25 October from 22:00 to 23:00.
      ['2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T21:59:00Z'],
      ['2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T22:59:00Z'],
    ] as const) {
      const made = world(addDays(plainDay(day), 1), { zone: BERLIN });
      made.recompute();
      made.customer('A');
      for (const moment of [first, last]) made.charge('A', 1_000, at(moment));
      made.charge('A', 7, instant(at(first) - MINUTE_MS));
      made.charge('A', 7, instant(at(last) + MINUTE_MS));
      expect(made.sections(day).of('cash'), day).toMatchObject({ count: 2, amount: 2_000 });
    }
  });
});

test('a currency without decimals is written without any', () => {
  const JPY = currencyCode('JPY');
  const made = world('2026-06-11', { currency: JPY });
  made.see(
    subscription(at('2026-06-10'), {
      customerId: 'A',
      currency: JPY,
      items: [item(price({ currency: JPY, unitAmount: '12000' }))],
    }),
    at('2026-06-10'),
  );
  made.recompute();
  const { report, of } = made.sections('2026-06-10');
  expect(of('newCustomers').amount).toBe(12_000);
  expect(report.summary[0]).toBe('MRR went up ¥12,000 on Wednesday, Jun 10, to ¥12,000: new +¥12,000.');
});

describe('which days', () => {
  const today = plainDay('2026-06-11');

  test('are yesterday and today unless chosen', () => {
    expect(daysOf({}, today)).toEqual({ from: '2026-06-10', to: '2026-06-11' });
    expect(daysOf({ to: plainDay('2026-06-01') }, today)).toEqual({ from: '2026-06-01', to: '2026-06-01' });
    expect(daysOf({ from: plainDay('2026-06-01'), to: plainDay('2026-06-03') }, today)).toEqual({
      from: '2026-06-01',
      to: '2026-06-03',
    });
  });

  test('cannot lie ahead, run backwards, or be too many', () => {
    for (const days of [
      { from: '2026-06-12', to: '2026-06-12' },
      { from: '2026-06-03', to: '2026-06-01' },
      { from: '2026-01-01', to: '2026-06-01' },
    ])
      expect(failureOf(() => daysOf({ from: plainDay(days.from), to: plainDay(days.to) }, today))).toMatchObject({
        code: 'invalid_input',
      });
  });

  test('a week begins on the founder’s weekday; on its first day the week before is looked at', () => {
    // 11 June 2026 is a Thursday.
    expect(weekOf(undefined, today, 1)).toEqual({ from: '2026-06-08', to: '2026-06-11', isOver: false });
    expect(weekOf(undefined, today, 7)).toMatchObject({ from: '2026-06-07', isOver: false });
    expect(weekOf(undefined, plainDay('2026-06-15'), 1)).toEqual({
      from: '2026-06-08',
      to: '2026-06-14',
      isOver: true,
    });
  });
});

test('a week adds its movements up as the bridge does, and names who moved most', () => {
  const made = world('2026-06-17');
  const begin = (id: string, start: string, amount: number) =>
    made.see(subscription(at(start), { customerId: id, items: [monthly(amount)] }), at(start));
  begin('Old', '2026-01-05', 100);
  begin('Small', '2026-06-09', 10);
  begin('Large', '2026-06-12', 300);
  made.recompute();
  const report = WeeklyDigestReportSchema.parse(
    weeklyDigest(made.db, weekOf(plainDay('2026-06-10'), plainDay('2026-06-17'), 1), 'Aerie', made.context),
  );
  expect(report).toMatchObject({ from: '2026-06-08', to: '2026-06-14', isOver: true });
  expect(report.bridge.mrr).toMatchObject({ opening: 10_000, new: 31_000, closing: 41_000 });
  expect(report.climb).toMatchObject({ actual: 372_000, before: 0 });
  const gains = report.sections.find(({ id }) => id === 'gains');
  expect(gains?.lines.map(({ who, amount }) => [who, amount])).toEqual([
    ['Large', 30_000],
    ['Small', 1_000],
  ]);
  expect(report.summary[0]).toBe('ARR went up $3,720 (310.0%) in the week from Monday, Jun 8, from $1,200 to $4,920.');
});
