import { describe, expect, it } from 'vitest';
import { demoTruth } from '../../../src/main/demo/index.ts';
import {
  callsCard,
  COUPONS,
  listCard,
  negotiatedCard,
  taxInclusiveCard,
} from '../../../src/main/demo/scenario/price-list.ts';
import { customerOn, trueMovements } from '../../../src/main/demo/truth/ledger.ts';
import { annualMinor } from '../../../src/main/demo/truth/value.ts';
import { at, companyOf, contractWith, EUR, GBP, JPY, lifeWith, USD } from './lives.ts';

const starter = { card: listCard('starter', USD, 'month'), quantity: 1 };
const growth = { card: listCard('growth', USD, 'month'), quantity: 1 };
const pro = { card: listCard('pro', USD, 'month'), quantity: 1 };

describe('the annual worth of positions', () => {
  it('is twelve months of a monthly price', () => expect(annualMinor([growth], [])).toBe(58_800));
  it('is the price of a yearly one', () =>
    expect(annualMinor([{ card: listCard('growth', USD, 'year'), quantity: 1 }], [])).toBe(49_000));
  it('adds seats', () =>
    expect(annualMinor([pro, { card: listCard('seats', USD, 'month'), quantity: 4 }], [])).toBe(
      (9_900 + 4 * 1_200) * 12,
    ));
  it('goes through the steps of a graduated price: 60 seats are 10 included, 40 at $15 and 10 at $12', () =>
    expect(annualMinor([{ card: listCard('scale', USD, 'month'), quantity: 60 }], [])).toBe(
      (19_900 + 40 * 1_500 + 10 * 1_200) * 12,
    ));
  it('knows currencies without decimals', () =>
    expect(annualMinor([{ card: listCard('growth', JPY, 'month'), quantity: 1 }], [])).toBe(90_000));
  it('leaves metered positions out', () =>
    expect(annualMinor([growth, { card: callsCard(USD), quantity: 0 }], [])).toBe(58_800));
  it('takes contained tax out: €59.50 with 19 % inside are €50', () =>
    expect(annualMinor([{ card: taxInclusiveCard('growth', 'DE'), quantity: 1 }], [])).toBe(60_000));
  it('takes a percentage off', () => expect(annualMinor([growth], [COUPONS.founding])).toBe(47_040));
  it('takes percentages off one after the other', () =>
    expect(annualMinor([growth], [COUPONS.founding, COUPONS.stay])).toBe(35_280));
  it('takes an amount off each period', () => expect(annualMinor([growth], [COUPONS.tenOff])).toBe(46_800));
  it('does not take off another currency', () =>
    expect(annualMinor([{ card: listCard('growth', EUR, 'month'), quantity: 1 }], [COUPONS.tenOff])).toBe(58_800));
  it('never falls below zero', () =>
    expect(annualMinor([{ card: negotiatedCard('x', 1, USD, 'month', 500), quantity: 1 }], [COUPONS.tenOff])).toBe(0));
  it('limits a coupon to its products', () =>
    expect(annualMinor([pro, { card: listCard('seats', USD, 'month'), quantity: 4 }], [COUPONS.seats])).toBe(
      (9_900 + 3_600) * 12,
    ));
});

describe('the movements of a hand-made life', () => {
  const now = at('2026-06-30');
  const kinds = (life: ReturnType<typeof lifeWith>) =>
    trueMovements(companyOf([life], now)).map(({ day, kind, annual }) => [day, kind, annual]);

  it('new, expansion, contraction, churn, reactivation', () => {
    const first = contractWith({ startedAt: at('2026-01-10'), positions: [growth] }, [
      { at: at('2026-02-03'), kind: 'changed', positions: [pro], settle: 'now', newCycle: false },
      { at: at('2026-03-04'), kind: 'changed', positions: [starter], settle: 'now', newCycle: false },
      {
        at: at('2026-03-20'),
        kind: 'cancellation_scheduled',
        endsAt: at('2026-04-10'),
        cause: 'requested',
        feedback: null,
      },
    ]);
    const second = contractWith({ key: 'hand-2', startedAt: at('2026-06-01'), positions: [growth] });
    expect(kinds(lifeWith([first, second]))).toEqual([
      ['2026-01-10', 'new', 58_800],
      ['2026-02-03', 'expansion', 60_000],
      ['2026-03-04', 'contraction', -96_000],
      ['2026-04-10', 'churn', -22_800],
      ['2026-06-01', 'reactivation', 58_800],
    ]);
  });

  it('a trial counts from the day on which it ends', () => {
    const contract = contractWith({ startedAt: at('2026-01-10'), trialEndsAt: at('2026-01-24'), positions: [growth] });
    expect(kinds(lifeWith([contract]))).toEqual([['2026-01-24', 'new', 58_800]]);
  });

  it('a trial that is called off never counts', () => {
    const contract = contractWith({ startedAt: at('2026-01-10'), trialEndsAt: at('2026-01-24'), positions: [growth] }, [
      { at: at('2026-01-24'), kind: 'ended', cause: 'trial_over', feedback: null },
    ]);
    expect(kinds(lifeWith([contract]))).toEqual([]);
  });

  it('a first payment that never came never counts', () =>
    expect(
      kinds(lifeWith([contractWith({ startedAt: at('2026-01-10'), positions: [growth], neverPaid: true })])),
    ).toEqual([]));

  it('a pause is «paused» and «resumed»', () => {
    const contract = contractWith({ startedAt: at('2026-01-10'), positions: [growth] }, [
      { at: at('2026-02-10'), kind: 'paused' },
      { at: at('2026-04-10'), kind: 'resumed' },
    ]);
    expect(kinds(lifeWith([contract]))).toEqual([
      ['2026-01-10', 'new', 58_800],
      ['2026-02-10', 'paused', -58_800],
      ['2026-04-10', 'resumed', 58_800],
    ]);
  });

  it('who leaves during a pause and comes back later is reactivated, not resumed', () => {
    const first = contractWith({ startedAt: at('2026-01-10'), positions: [growth] }, [
      { at: at('2026-02-10'), kind: 'paused' },
      { at: at('2026-04-10'), kind: 'ended', cause: 'requested', feedback: null },
    ]);
    const second = contractWith({ key: 'hand-2', startedAt: at('2026-06-01'), positions: [growth] });
    expect(kinds(lifeWith([first, second])).at(-1)).toEqual(['2026-06-01', 'reactivation', 58_800]);
  });

  it('ended and opened again on the same day at a new price is no churn', () => {
    const former = contractWith(
      { startedAt: at('2026-01-10'), positions: [{ card: listCard('growth', USD, 'month', 'former'), quantity: 1 }] },
      [{ at: at('2026-03-10'), kind: 'ended', cause: 'replaced', feedback: null }],
    );
    const current = contractWith({ key: 'hand-2', startedAt: at('2026-03-10'), positions: [growth] });
    expect(kinds(lifeWith([former, current]))).toEqual([
      ['2026-01-10', 'new', 46_800],
      ['2026-03-10', 'expansion', 12_000],
    ]);
  });

  it('a repeating coupon ends by itself', () => {
    const contract = contractWith({ startedAt: at('2026-01-10'), positions: [growth], coupons: [COUPONS.launch] });
    expect(kinds(lifeWith([contract]))).toEqual([
      ['2026-01-10', 'new', 29_400],
      ['2026-04-10', 'expansion', 29_400],
    ]);
  });

  it('«once» does not count on a monthly price', () =>
    expect(
      kinds(lifeWith([contractWith({ startedAt: at('2026-01-10'), positions: [growth], coupons: [COUPONS.first] })])),
    ).toEqual([['2026-01-10', 'new', 58_800]]));

  it('«once» counts for the first year of a yearly price', () => {
    const yearly = { card: listCard('growth', USD, 'year'), quantity: 1 };
    const contract = contractWith({ startedAt: at('2025-03-05'), positions: [yearly], coupons: [COUPONS.annual] });
    expect(kinds(lifeWith([contract]))).toEqual([
      ['2025-03-05', 'new', 41_650],
      ['2026-03-05', 'expansion', 7_350],
    ]);
  });

  it('a hundred per cent off is churn', () => {
    const contract = contractWith({ startedAt: at('2026-01-10'), positions: [growth] }, [
      { at: at('2026-02-01'), kind: 'discount_granted', coupon: COUPONS.friends },
    ]);
    expect(kinds(lifeWith([contract]))).toEqual([
      ['2026-01-10', 'new', 58_800],
      ['2026-02-01', 'churn', -58_800],
    ]);
  });

  it('past due counts until it is given up', () => {
    const contract = contractWith({ startedAt: at('2026-01-10'), positions: [growth] }, [
      { at: at('2026-02-10'), kind: 'payment_failed' },
      { at: at('2026-03-03'), kind: 'gave_up' },
    ]);
    const life = lifeWith([contract]);
    expect(customerOn(life, at('2026-02-20'))).toMatchObject({ annual: 58_800, pastDue: 58_800 });
    expect(kinds(life)).toEqual([
      ['2026-01-10', 'new', 58_800],
      ['2026-03-03', 'churn', -58_800],
    ]);
  });

  it('a scheduled end lowers the committed figure only; a withdrawn one nothing', () => {
    const scheduled = {
      at: at('2026-06-20'),
      kind: 'cancellation_scheduled',
      endsAt: at('2026-07-10'),
      cause: 'requested',
      feedback: null,
    } as const;
    const leaving = lifeWith([contractWith({ startedAt: at('2026-01-10'), positions: [growth] }, [scheduled])]);
    expect(customerOn(leaving, now)).toMatchObject({ annual: 58_800, ending: 58_800 });
    const staying = lifeWith([
      contractWith({ startedAt: at('2026-01-10'), positions: [growth] }, [
        scheduled,
        { at: at('2026-06-25'), kind: 'cancellation_withdrawn' },
      ]),
    ]);
    expect(customerOn(staying, now)).toMatchObject({ annual: 58_800, ending: 0 });
  });

  it('the customer’s coupon counts only where the contract has none', () => {
    const fields = { customerCoupon: COUPONS.partner };
    const without = lifeWith([contractWith({ startedAt: at('2026-01-10'), positions: [growth] })], fields);
    const withOwn = lifeWith(
      [contractWith({ startedAt: at('2026-01-10'), positions: [growth], coupons: [COUPONS.founding] })],
      fields,
    );
    expect(customerOn(without, now).annual).toBe(49_980);
    expect(customerOn(withOwn, now).annual).toBe(47_040);
  });
});

describe('the figures of a hand-made company', () => {
  const now = at('2026-06-30');
  const stays = lifeWith([contractWith({ key: 'a-1', startedAt: at('2025-03-10'), positions: [growth] })], {
    key: 'a',
  });
  const grows = lifeWith(
    [
      contractWith({ key: 'b-1', startedAt: at('2025-03-10'), positions: [growth] }, [
        { at: at('2026-02-01'), kind: 'changed', positions: [pro], settle: 'now', newCycle: false },
      ]),
    ],
    { key: 'b' },
  );
  const leaves = lifeWith(
    [
      contractWith({ key: 'c-1', startedAt: at('2025-03-10'), positions: [growth] }, [
        { at: at('2026-06-05'), kind: 'ended', cause: 'requested', feedback: null },
      ]),
    ],
    { key: 'c' },
  );
  const joins = lifeWith([contractWith({ key: 'd-1', startedAt: at('2026-06-15'), positions: [starter] })], {
    key: 'd',
  });
  const tries = lifeWith(
    [contractWith({ key: 'e-1', startedAt: at('2026-06-25'), trialEndsAt: at('2026-07-09'), positions: [pro] })],
    { key: 'e' },
  );
  const truth = demoTruth(companyOf([stays, grows, leaves, joins, tries], now, at('2025-03-01')));
  const june = truth.months.at(-1)!;

  it('MRR: 49 + 99 + 19', () => expect(truth.today.mrr.usd).toEqual({ annual: 200_400, mrr: 16_700 }));
  it('customers: three', () => expect(truth.today.customers).toBe(3));
  it('trials: 99', () => expect(truth.today.trialMrr.usd.mrr).toBe(9_900));
  it('June: 49 + 99 + 49 at the start, 19 new, 49 lost', () => {
    expect(june.usd.opening.mrr).toBe(19_700);
    expect(june.usd.movements.new.mrr).toBe(1_900);
    expect(june.usd.movements.churn.mrr).toBe(-4_900);
    expect(june.usd.fx.annual).toBe(0);
    expect(june.usd.closing.mrr).toBe(16_700);
  });
  it('one of three customers left', () => expect(june.logoChurn).toBeCloseTo(1 / 3, 12));
  it('NRR: (49 + 99 + 0) ÷ 147, GRR: (49 + 49 + 0) ÷ 147', () => {
    expect(truth.today.nrr).toBeCloseTo(148 / 147, 12);
    expect(truth.today.grr).toBeCloseTo(98 / 147, 12);
  });
  it('values pounds at the day’s rate', () => {
    const british = lifeWith([
      contractWith({
        startedAt: at('2026-06-01'),
        positions: [{ card: listCard('starter', GBP, 'month'), quantity: 1 }],
      }),
    ]);
    const { mrr } = demoTruth(companyOf([british], now)).today;
    expect(mrr.byCurrency['GBP']).toEqual({ annual: 20_400, mrr: 1_700 });
    expect(mrr.usd.annual).toBeGreaterThan(20_400);
  });
});
