/** What must hold of any billing, whatever happened to it: every month adds up, and nothing is lost over all time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAR, type Rate } from '../../src/main/engine/fx/index.ts';
import {
  bookBilling,
  CORRECTIONS,
  createWaterfall,
  earnedBefore,
  type Billing,
  type BillingEvent,
} from '../../src/main/engine/revops/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { monthsBetween, plainMonth, timeZone } from '../../src/shared/kernel/day.ts';
import { DAY_MS, instant, instantOfIso } from '../../src/shared/kernel/instant.ts';

const START = instantOfIso('2025-01-01T00:00:00Z');
const SPAN_MS = 500 * DAY_MS;
/** Ends after every period and event that is made below. */
const MONTHS = monthsBetween(plainMonth('2024-11'), plainMonth('2029-12'));

const momentArb = fc.integer({ min: 0, max: SPAN_MS }).map((ms) => instant(START + ms));

const lineArb = fc.record({
  amount: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 1_000_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -50_000, max: -1 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 9_000_000_000_000 }) },
  ),
  start: momentArb,
  length: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400 * DAY_MS })),
  accrues: fc.boolean(),
});

const eventArb = fc
  .record({
    kind: fc.constantFrom('refunded', 'disputed', 'credited', 'voided', 'written_off', 'recovered' as const),
    at: momentArb,
    later: fc.option(fc.integer({ min: 0, max: SPAN_MS }), { nil: null }),
    amount: fc.integer({ min: 0, max: 1_500_000 }),
    refunded: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ kind, at, later, amount, refunded }): BillingEvent => {
    const second = later === null ? null : instant(at + later);
    if (kind === 'refunded') return { kind, at, grossMinor: amount };
    if (kind === 'disputed') return { kind, at, grossMinor: amount, wonAt: second };
    if (kind === 'written_off') return { kind, at, coveredMinor: amount };
    if (kind === 'credited') {
      const refundedMinor = Math.floor((amount * refunded) / 100);
      return { kind, at, voidedAt: second, netMinor: amount, grossMinor: amount, refundedMinor, lines: [] };
    }
    return { kind, at };
  });

const billingArb = fc
  .record({
    billedAt: momentArb,
    lines: fc.array(lineArb, { minLength: 1, maxLength: 4 }),
    events: fc.array(eventArb, { maxLength: 5 }),
    taxPercent: fc.constantFrom(0, 0, 19),
  })
  .map(({ billedAt, lines, events, taxPercent }): Billing => {
    const net = lines.reduce((sum, { amount }) => sum + amount, 0);
    return {
      id: 'in_1',
      currency: currencyCode('EUR'),
      billedAt,
      totalMinor: net + Math.round((net * taxPercent) / 100),
      lines: lines.map(({ amount, start, length, accrues }, index) => ({
        id: `il_${index}`,
        netMinor: amount,
        periodStart: start,
        periodEnd: instant(start + length),
        accrues,
      })),
      events,
    };
  });

const rateArb = fc.constantFrom<Rate>(
  PAR,
  { num: 11n, den: 10n },
  { num: 15_937n, den: 10_000n },
  { num: 1n, den: 7n },
);
const zoneArb = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu').map(timeZone);

function waterfallOf(billing: Billing, rate: Rate, zone: ReturnType<typeof timeZone>, months = MONTHS) {
  const waterfall = createWaterfall(months, zone);
  bookBilling(billing, rate, waterfall);
  return waterfall.months();
}

describe('the waterfall', () => {
  test('adds up in every month, and each month opens as the one before it closed', () => {
    fc.assert(
      fc.property(billingArb, rateArb, zoneArb, (billing, rate, zone) => {
        let closing = 0;
        for (const month of waterfallOf(billing, rate, zone)) {
          expect(month.opening).toBe(closing);
          const taken = [...CORRECTIONS, 'recoverables' as const].reduce(
            (sum, each) => sum + month[`${each}Deferred`],
            0,
          );
          expect(month.opening + month.billed - month.recognised - taken).toBe(month.closing);
          closing = month.closing;
        }
      }),
      { numRuns: 400 },
    );
  });

  test('ends empty: what was billed has been recognised or taken back, to the minor unit', () => {
    fc.assert(
      fc.property(billingArb, rateArb, zoneArb, (billing, rate, zone) => {
        const last = waterfallOf(billing, rate, zone).at(-1);
        expect(last?.closing).toBe(0);
        expect(last?.unbilled).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  test('never takes back more than was billed, where the bill has no credits', () => {
    const plain = billingArb.filter(({ lines }) => lines.every(({ netMinor }) => netMinor >= 0));
    fc.assert(
      fc.property(plain, zoneArb, (billing, zone) => {
        const months = waterfallOf(billing, PAR, zone);
        const total = (column: keyof (typeof months)[number]) =>
          months.reduce((sum, month) => sum + Number(month[column]), 0);
        const contra = CORRECTIONS.reduce((sum, each) => sum + total(each), 0);
        expect(total('recognised') - contra).toBeGreaterThanOrEqual(0);
        expect(total('recognised') - contra).toBeLessThanOrEqual(total('billed'));
      }),
      { numRuns: 400 },
    );
  });

  test('tells the same of a month, whichever range it is asked in', () => {
    fc.assert(
      fc.property(billingArb, zoneArb, fc.integer({ min: 0, max: 30 }), (billing, zone, first) => {
        const whole = waterfallOf(billing, PAR, zone);
        const part = waterfallOf(billing, PAR, zone, MONTHS.slice(first, first + 6));
        expect(part).toEqual(whole.slice(first, first + 6));
      }),
      { numRuns: 400 },
    );
  });
});

test('what is earned of an obligation only grows, from nothing to all of it', () => {
  fc.assert(
    fc.property(lineArb, momentArb, fc.array(momentArb, { minLength: 2, maxLength: 8 }), (line, billedAt, moments) => {
      const { amount, start, length, accrues } = line;
      const obligation = { periodStart: start, periodEnd: instant(start + length), billedAt, accrues };
      const sign = Math.sign(amount);
      let before = 0;
      for (const at of moments.toSorted((a, b) => a - b)) {
        const earned = earnedBefore(amount, obligation, at) * sign;
        expect(earned).toBeGreaterThanOrEqual(before);
        expect(earned).toBeLessThanOrEqual(Math.abs(amount));
        before = earned;
      }
      expect(earnedBefore(amount, obligation, START + 4 * SPAN_MS)).toBe(amount);
    }),
  );
});
