/**
 * Stripe's published examples of revenue recognition, number for number.
 * https://docs.stripe.com/revenue-recognition/examples and its sub-pages
 * (subscriptions, contra, credit-notes, tax), …/methodology, …/revenue-settings/examples.
 */
import { describe, expect, test } from 'vitest';
import { crossRate } from '../../../src/main/engine/fx/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { at, columnsOf, monthsOf, type BillingCase } from './billing-cases.ts';

const QUARTER: BillingCase = { on: '2026-01-01', lines: [{ amount: 9000, from: '2026-01-01', to: '2026-04-01' }] };

function table(cases: readonly BillingCase[], from: string, to: string) {
  const { opening: _opening, billed: _billed, ...columns } = columnsOf(monthsOf(cases, from, to));
  return columns;
}

describe('subscriptions', () => {
  test('31 USD a month from 15 January: 17 of 31 days in January, 14 in February (RR-01)', () => {
    const monthly = { on: '2026-01-15', lines: [{ amount: 3100, from: '2026-01-15', to: '2026-02-15' }] };
    expect(columnsOf(monthsOf([monthly], '2026-01', '2026-02'))).toEqual({
      opening: [0, 1400],
      billed: [3100, 0],
      recognised: [1700, 1400],
      closing: [1400, 0],
    });
  });

  test('365 USD a year from 1 January: as many dollars as a month has days (RR-02)', () => {
    const yearly = { on: '2026-01-01', lines: [{ amount: 36_500, from: '2026-01-01', to: '2027-01-01' }] };
    expect(table([yearly], '2026-01', '2026-03')).toEqual({
      recognised: [3100, 2800, 3100],
      closing: [33_400, 30_600, 27_500],
    });
  });

  test('120 USD for 120 days from noon: half days count by the millisecond', () => {
    const lines = [{ amount: 12_000, from: '2026-06-15T12:00:00Z', to: '2026-10-13T12:00:00Z' }];
    expect(table([{ on: '2026-06-15T12:00:00Z', lines }], '2026-06', '2026-10')['recognised']).toEqual([
      1550, 3100, 3100, 3000, 1250,
    ]);
  });

  const april = { on: '2026-04-01', lines: [{ amount: 9000, from: '2026-04-01', to: '2026-05-01' }] };
  const rest = { from: '2026-04-21', to: '2026-05-01' };
  const may = { from: '2026-05-01', to: '2026-06-01' };

  test('an upgrade on 21 April, billed at once: 100 in April, 120 in May (RR-07)', () => {
    const change = {
      on: '2026-04-21',
      lines: [
        { amount: -3000, ...rest },
        { amount: 4000, ...rest },
      ],
    };
    const next = { on: '2026-05-01', lines: [{ amount: 12_000, ...may }] };
    expect(table([april, change, next], '2026-04', '2026-05')).toEqual({ recognised: [10_000, 12_000] });
  });

  test('the same upgrade, billed with the next cycle: 10 of April are unbilled until May', () => {
    const next = {
      on: '2026-05-01',
      lines: [
        { amount: -3000, ...rest, accrues: true },
        { amount: 4000, ...rest, accrues: true },
        { amount: 12_000, ...may },
      ],
    };
    expect(table([april, next], '2026-04', '2026-05')).toEqual({
      recognised: [10_000, 12_000],
      closing: [-1000, 0],
      unbilled: [1000, 0],
    });
  });

  test('a downgrade, billed with the next cycle: 70 in April, 30 in May', () => {
    const next = {
      on: '2026-05-01',
      lines: [
        { amount: -3000, ...rest, accrues: true },
        { amount: 1000, ...rest, accrues: true },
        { amount: 3000, ...may },
      ],
    };
    expect(table([april, next], '2026-04', '2026-05')).toEqual({
      recognised: [7000, 3000],
      closing: [2000, 0],
      unbilled: [-2000, 0],
    });
  });

  test('a credit alone on an invoice is negative revenue over its period', () => {
    const credit = { on: '2026-01-15', lines: [{ amount: -3100, from: '2026-01-15', to: '2026-02-15' }] };
    expect(table([credit], '2026-01', '2026-02')).toEqual({ recognised: [-1700, -1400], closing: [-1400, 0] });
  });

  test('a payment without an invoice is earned when it is made, and its refund is contra revenue', () => {
    const payment: BillingCase = {
      on: '2026-01-01',
      lines: [{ amount: 9000, from: '2026-01-01', to: '2026-01-01' }],
      events: [{ kind: 'refunded', at: at('2026-02-01'), grossMinor: 9000 }],
    };
    expect(table([payment], '2026-01', '2026-02')).toEqual({ recognised: [9000, 0], refunds: [0, 9000] });
  });
});

describe('contra revenue: 90 USD for three months from 1 January', () => {
  test('a full refund on 1 February (RR-09)', () => {
    const refund = { kind: 'refunded', at: at('2026-02-01'), grossMinor: 9000 } as const;
    expect(table([{ ...QUARTER, events: [refund] }], '2026-01', '2026-03')).toEqual({
      recognised: [3100, 0, 0],
      refunds: [0, 3100, 0],
      refundsDeferred: [0, 5900, 0],
      closing: [5900, 0, 0],
    });
  });

  test('a refund of 9 USD takes a tenth of both parts', () => {
    const refund = { kind: 'refunded', at: at('2026-02-01'), grossMinor: 900 } as const;
    expect(table([{ ...QUARTER, events: [refund] }], '2026-01', '2026-03')).toEqual({
      recognised: [3100, 2520, 2790],
      refunds: [0, 310, 0],
      refundsDeferred: [0, 590, 0],
      closing: [5900, 2790, 0],
    });
  });

  test('several refunds take their parts of what is left, and together the whole', () => {
    const events = ['2026-02-01', '2026-02-01', '2026-03-01'].map((day) => {
      return { kind: 'refunded', at: at(day), grossMinor: 3000 } as const;
    });
    // 90 at a rate of a seventh: 12.86, of which the parts are 4.29, 4.28 and 4.29.
    const months = monthsOf([{ ...QUARTER, events }], '2026-01', '2026-03', { rate: { num: 1n, den: 7n } });
    const { closing, ...columns } = columnsOf(months);
    expect(closing).toEqual([843, 148, 0]);
    expect(columns).toMatchObject({
      recognised: [443, 133, 0],
      refunds: [0, 295, 281],
      refundsDeferred: [0, 562, 148],
    });
  });

  test('voided on 1 February', () => {
    const events = [{ kind: 'voided', at: at('2026-02-01') }] as const;
    expect(table([{ ...QUARTER, events }], '2026-01', '2026-03')).toEqual({
      recognised: [3100, 0, 0],
      voids: [0, 3100, 0],
      voidsDeferred: [0, 5900, 0],
      closing: [5900, 0, 0],
    });
  });

  const writtenOff = { kind: 'written_off', at: at('2026-02-01'), coveredMinor: 0 } as const;
  const recovered = { kind: 'recovered', at: at('2026-04-01') } as const;
  const badDebt = { recognised: [3100, 0, 0, 0, 0], badDebtDeferred: [0, 5900, 0, 0, 0], closing: [5900, 0, 0, 0, 0] };

  test('uncollectible on 1 February', () => {
    expect(table([{ ...QUARTER, events: [writtenOff] }], '2026-01', '2026-05')).toEqual({
      ...badDebt,
      badDebt: [0, 3100, 0, 0, 0],
    });
  });

  test('uncollectible, then paid in April: the bad debt is cleared, the rest recovered', () => {
    expect(table([{ ...QUARTER, events: [writtenOff, recovered] }], '2026-01', '2026-05')).toEqual({
      ...badDebt,
      badDebt: [0, 3100, 0, -3100, 0],
      recoverables: [0, 0, 0, 5900, 0],
    });
  });

  test('uncollectible, then voided in April: from bad debt to voids', () => {
    const voided = { kind: 'voided', at: at('2026-04-01') } as const;
    expect(table([{ ...QUARTER, events: [writtenOff, voided] }], '2026-01', '2026-05')).toEqual({
      ...badDebt,
      badDebt: [0, 3100, 0, -3100, 0],
      voids: [0, 0, 0, 3100, 0],
    });
  });

  test.each([
    ['disputed', 'disputes'],
    ['refunded', 'refunds'],
  ] as const)('uncollectible, paid, then %s in May', (kind, column) => {
    const last = { kind, at: at('2026-05-01'), grossMinor: 9000, wonAt: null };
    expect(table([{ ...QUARTER, events: [writtenOff, recovered, last] }], '2026-01', '2026-05')).toEqual({
      ...badDebt,
      badDebt: [0, 3100, 0, -3100, 0],
      recoverables: [0, 0, 0, 5900, -5900],
      [column]: [0, 0, 0, 0, 3100],
    });
  });

  test('disputed on 1 February, won on 1 April: the money is a gain', () => {
    const dispute = { kind: 'disputed', at: at('2026-02-01'), grossMinor: 9000, wonAt: at('2026-04-01') } as const;
    expect(table([{ ...QUARTER, events: [dispute] }], '2026-01', '2026-04')).toEqual({
      recognised: [3100, 0, 0, 0],
      disputes: [0, 3100, 0, 0],
      disputesDeferred: [0, 5900, 0, 0],
      recoverables: [0, 0, 0, 9000],
      closing: [5900, 0, 0, 0],
    });
  });
});

describe('uncollectible with a customer balance, 31 USD from 15 January, given up on 1 February', () => {
  const invoice = { on: '2026-01-15', lines: [{ amount: 3100, from: '2026-01-15', to: '2026-02-15' }] };
  const given = (coveredMinor: number) => [{ kind: 'written_off', at: at('2026-02-01'), coveredMinor }] as const;

  test('11 USD came from the balance: 11 × 17/31 stays earned, 11 × 14/31 is a gain', () => {
    expect(table([{ ...invoice, events: given(1100) }], '2026-01', '2026-02')).toEqual({
      recognised: [1700, 0],
      badDebt: [0, 1700 - 603],
      badDebtDeferred: [0, 1400 - 497],
      recoverables: [0, 497],
      recoverablesDeferred: [0, 497],
      closing: [1400, 0],
    });
  });

  test('10 USD of old debt were added: not collected, a negative gain', () => {
    expect(table([{ ...invoice, events: given(-1000) }], '2026-01', '2026-02')).toEqual({
      recognised: [1700, 0],
      badDebt: [0, 1700],
      badDebtDeferred: [0, 1400],
      recoverables: [0, -1000],
      closing: [1400, 0],
    });
  });
});

describe('credit notes', () => {
  const note = { kind: 'credited', voidedAt: null, refundedMinor: 0, lines: [] } as const;

  test('30 of 120 USD before anything is earned is an upfront discount', () => {
    const lines = [{ amount: 12_000, from: '2026-01-01', to: '2026-04-01' }];
    const events = [{ ...note, at: at('2026-01-01'), netMinor: 3000, grossMinor: 3000 }];
    expect(columnsOf(monthsOf([{ on: '2026-01-01', lines, events }], '2026-01', '2026-03'))).toEqual({
      opening: [0, 5900, 3100],
      billed: [12_000, 0, 0],
      recognised: [3100, 2800, 3100],
      creditNotesDeferred: [3000, 0, 0],
      closing: [5900, 3100, 0],
    });
  });

  test('45 USD after payment, 15 of them refunded: contra revenue is split in the same proportion', () => {
    const events = [{ ...note, at: at('2026-02-01'), netMinor: 4500, grossMinor: 4500, refundedMinor: 1500 }];
    expect(table([{ ...QUARTER, events }], '2026-01', '2026-03')).toEqual({
      recognised: [3100, 1400, 1550],
      refunds: [0, 517, 0],
      refundsDeferred: [0, 983, 0],
      creditNotes: [0, 1033, 0],
      creditNotesDeferred: [0, 1967, 0],
      closing: [5900, 1550, 0],
    });
  });

  const half: BillingCase = {
    on: '2026-01-01',
    lines: [{ amount: 18_100, from: '2026-01-01', to: '2026-07-01' }],
  };

  test('half of 181 USD for six months', () => {
    const events = [{ ...note, at: at('2026-02-01'), netMinor: 9050, grossMinor: 9050 }];
    expect(table([{ ...half, events }], '2026-01', '2026-03')).toEqual({
      recognised: [3100, 1400, 1550],
      creditNotes: [0, 1550, 0],
      creditNotesDeferred: [0, 7500, 0],
      closing: [15_000, 6100, 4550],
    });
  });

  test('the same, voided on 3 May: what was kept from being earned is earned in May', () => {
    const voidedAt = at('2026-05-03');
    const events = [{ ...note, at: at('2026-02-01'), voidedAt, netMinor: 9050, grossMinor: 9050 }];
    expect(table([{ ...half, events }], '2026-01', '2026-06')).toEqual({
      recognised: [3100, 1400, 1550, 1500, 7550, 3000],
      creditNotes: [0, 1550, 0, 0, -1550, 0],
      creditNotesDeferred: [0, 7500, 0, 0, -7500, 0],
      closing: [15_000, 6100, 4550, 3050, 3000, 0],
    });
  });

  test('a note that names a line takes from that line alone', () => {
    const lines = [
      { id: 'il_year', amount: 36_500, from: '2026-01-01', to: '2027-01-01' },
      { id: 'il_setup', amount: 10_000, from: '2026-01-01', to: '2026-01-01' },
    ];
    const named = [{ lineId: 'il_setup', netMinor: 10_000 }];
    const events = [{ ...note, at: at('2026-02-01'), netMinor: 10_000, grossMinor: 10_000, lines: named }];
    expect(table([{ on: '2026-01-01', lines, events }], '2026-01', '2026-02')).toEqual({
      recognised: [13_100, 2800],
      creditNotes: [0, 10_000],
      closing: [33_400, 30_600],
    });
  });
});

describe('tax, currencies, and when an invoice is final', () => {
  test('a refund of an invoice with tax takes the share of the net amount', () => {
    const events = [{ kind: 'refunded', at: at('2026-02-01'), grossMinor: 990 }] as const;
    expect(table([{ ...QUARTER, total: 9900, events }], '2026-01', '2026-02')).toMatchObject({
      refunds: [0, 310],
      refundsDeferred: [0, 590],
    });
  });

  test('30 EUR at 1.20: revenue and its refund at the rate of the invoice', () => {
    const invoice: BillingCase = {
      on: '2026-01-01',
      currency: 'EUR',
      lines: [{ amount: 3000, from: '2026-01-01', to: '2026-01-01' }],
      events: [{ kind: 'refunded', at: at('2026-03-01'), grossMinor: 3000 }],
    };
    const rate = crossRate('1', currencyCode('EUR'), '1.2', currencyCode('USD'));
    const { recognised, refunds } = columnsOf(monthsOf([invoice], '2026-01', '2026-03', { rate }));
    expect({ recognised, refunds }).toEqual({ recognised: [3600, 0, 0], refunds: [0, 0, 3600] });
  });

  test('nothing is earned before the invoice is final; then what is overdue is earned at once', () => {
    expect(table([{ ...QUARTER, on: '2026-02-15' }], '2026-01', '2026-03')).toEqual({
      recognised: [0, 5900, 3100],
      closing: [0, 3100, 0],
    });
  });

  test('a period that is over when it is billed is earned in the month of the bill', () => {
    expect(table([{ ...QUARTER, on: '2026-05-02' }], '2026-04', '2026-05')).toEqual({ recognised: [0, 9000] });
  });

  test('a bill of the first moment of a month belongs to that month', () => {
    const oneOff = { on: '2026-02-01', lines: [{ amount: 500, from: '2026-02-01', to: '2026-02-01' }] };
    expect(table([oneOff], '2026-01', '2026-02')).toEqual({ recognised: [0, 500] });
  });

  test('months are those of the company’s time zone', () => {
    const oneOff = {
      on: '2026-02-01T04:00:00Z',
      lines: [{ amount: 500, from: '2026-02-01T04:00:00Z', to: '2026-02-01T04:00:00Z' }],
    };
    const months = monthsOf([oneOff], '2026-01', '2026-02', { zone: 'America/New_York' });
    expect(columnsOf(months)).toEqual({ billed: [500, 0], recognised: [500, 0] });
  });

  test('a range that begins later opens with what was deferred before it', () => {
    expect(columnsOf(monthsOf([QUARTER], '2026-03', '2026-04'))).toEqual({ opening: [3100, 0], recognised: [3100, 0] });
  });

  test('yen have no minor unit: 100 over three days of two months, rounded once', () => {
    const yen = { on: '2026-01-30', currency: 'JPY', lines: [{ amount: 100, from: '2026-01-30', to: '2026-02-02' }] };
    expect(table([yen], '2026-01', '2026-02')).toEqual({ recognised: [67, 33], closing: [33, 0] });
  });
});
