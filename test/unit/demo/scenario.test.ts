import { beforeAll, describe, expect, it } from 'vitest';
import { demoCompany, demoTruth, type Company, type DemoTruth } from '../../../src/main/demo/index.ts';
import { cycleMomentAfter, monthsAfter } from '../../../src/main/demo/scenario/calendar.ts';
import { createRandom } from '../../../src/main/demo/scenario/random.ts';
import { customerOn } from '../../../src/main/demo/truth/ledger.ts';
import { addMs, DAY_MS, type Instant } from '../../../src/shared/kernel/instant.ts';
import { at } from './lives.ts';

const NOW = at('2026-11-20');
let company: Company;
let truth: DemoTruth;

beforeAll(() => {
  company = demoCompany({ now: NOW });
  truth = demoTruth(company);
});

const happenings = () =>
  company.lives.flatMap((life) =>
    life.contracts.flatMap((contract) => contract.happenings.map((happening) => ({ life, contract, happening }))),
  );

describe('random numbers', () => {
  it('depend on the seed alone (values worked out once, so that another machine would be noticed)', () => {
    const random = createRandom('kestrel');
    expect([random.int(0, 999_999), random.int(0, 999_999), random.int(0, 999_999)]).toEqual([
      47_934, 640_354, 446_458,
    ]);
  });
  it('fork into independent streams', () => {
    const random = createRandom('a');
    const fork = random.fork('b').int(0, 1_000_000);
    random.int(0, 9);
    expect(random.fork('b').int(0, 1_000_000)).toBe(fork);
  });
});

describe('billing moments', () => {
  it('keep the time of day and clip the day of the month', () =>
    expect(monthsAfter(at('2026-01-31'), 1)).toBe(at('2026-02-28')));
  it('return to the anchor’s day after a short month', () =>
    expect(monthsAfter(at('2026-01-31'), 2)).toBe(at('2026-03-31')));
  it('are strictly after', () =>
    expect(cycleMomentAfter(at('2026-01-31'), 1, at('2026-02-28'))).toBe(at('2026-03-31')));
});

describe('the demo company', () => {
  it('is the same on every run', () => expect(demoCompany({ now: NOW })).toEqual(company));
  it('is another one with another seed', () =>
    expect(demoCompany({ now: NOW, seed: 'other' }).lives).not.toEqual(company.lives));
  it('has seen 700 to 1000 customers, of whom 350 to 450 pay', () => {
    expect(company.lives.length).toBeGreaterThan(700);
    expect(company.lives.length).toBeLessThan(1000);
    expect(truth.today.customers).toBeGreaterThanOrEqual(350);
    expect(truth.today.customers).toBeLessThanOrEqual(450);
  });
  it('nears a million of ARR', () => {
    expect(truth.today.mrr.usd.annual).toBeGreaterThan(880_000_00);
    expect(truth.today.mrr.usd.annual).toBeLessThan(950_000_00);
  });
  it('has one customer above 5 % of MRR', () => {
    const shares = company.lives
      .filter(({ currency }) => currency === 'USD')
      .map((life) => customerOn(life, addMs(NOW, 1)).annual / truth.today.mrr.usd.annual)
      .filter((share) => share > 0.05);
    expect(shares).toHaveLength(1);
  });
  it('bills in four currencies', () =>
    expect(Object.values(truth.today.customersByCurrency).every((count) => count > 0)).toBe(true));
  it('tells every kind of happening and movement', () => {
    expect(new Set(happenings().map(({ happening }) => happening.kind))).toEqual(
      new Set([
        'changed',
        'discount_granted',
        'cancellation_scheduled',
        'ended',
        'paused',
        'resumed',
        'payment_failed',
        'payment_recovered',
        'gave_up',
        'refunded',
        'credited',
        'disputed',
      ]),
    );
    expect(new Set(truth.movements.map(({ kind }) => kind))).toEqual(
      new Set(['new', 'expansion', 'contraction', 'churn', 'reactivation', 'paused', 'resumed']),
    );
  });
  it('lost more customers in its bad quarter than in the quarters around it', () => {
    const rate = (month: string) => truth.months.find((truthOfMonth) => truthOfMonth.month === month)!.logoChurn!;
    const mean = (months: readonly string[]) => months.reduce((sum, month) => sum + rate(month), 0) / months.length;
    expect(mean(['2025-04', '2025-05', '2025-06', '2025-07'])).toBeGreaterThan(
      1.5 * mean(['2025-11', '2025-12', '2026-01', '2026-02']),
    );
  });
  it('tells nothing after now, and each contract in order of time', () => {
    for (const { life, contract, happening } of happenings()) {
      expect(happening.at, life.key).toBeLessThanOrEqual(NOW);
      expect(happening.at, life.key).toBeGreaterThan(contract.startedAt - 1);
    }
    for (const { contracts } of company.lives)
      for (const contract of contracts) {
        const moments = contract.happenings.map((happening) => happening.at);
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
      }
  });
  it('tells other seeds in order of time too', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f'])
      for (const { contracts } of demoCompany({ now: NOW, seed }).lives)
        for (const { key, happenings: told } of contracts) {
          const moments = told.map((happening) => happening.at);
          expect(moments, `${seed} ${key}`).toEqual(moments.toSorted((a, b) => a - b));
          const scheduled = told.find(({ kind }) => kind === 'cancellation_scheduled');
          if (scheduled?.kind === 'cancellation_scheduled')
            expect(Math.max(...moments), `${seed} ${key}`).toBeLessThanOrEqual(scheduled.endsAt);
        }
  });
  it('gives every customer a name, a mail address and keys of its own', () => {
    const distinct = (values: readonly string[]) => new Set(values).size === values.length;
    expect(distinct(company.lives.map(({ company: name }) => name))).toBe(true);
    expect(distinct(company.lives.flatMap(({ contracts }) => contracts.map(({ key }) => key)))).toBe(true);
    expect(company.lives.every(({ email }) => /^[a-z]+@[a-z0-9-]+\.example$/.test(email))).toBe(true);
  });
  it('has news since yesterday morning: a loss, a failed payment, an expansion', () => {
    const since: Instant = addMs(NOW, -32 * 3_600_000);
    const recent = happenings().filter(({ happening }) => happening.at > since);
    const of = (key: string) => recent.filter(({ life }) => life.key === key).map(({ happening }) => happening.kind);
    expect(of('halden')).toEqual(['ended']);
    expect(of('nordfjell')).toEqual(['changed']);
    expect(of('calder')).toEqual(['cancellation_scheduled']);
    expect(
      customerOn(
        company.lives.find(({ key }) => key === 'brightwater')!,
        addMs(NOW, 1),
      ).pastDue,
    ).toBe(2_880_000);
  });
  it('keeps its size when the present moves on', () => {
    for (const days of [30, 100, 200]) {
      const later = demoTruth(demoCompany({ now: addMs(NOW, days * DAY_MS) })).today;
      expect(later.mrr.usd.annual).toBeGreaterThan(800_000_00);
      expect(later.mrr.usd.annual).toBeLessThan(1_000_000_00);
    }
  });
});

describe('the truth adds up', () => {
  it('opening and movements give the closing of every month and currency, exactly', () => {
    for (const { byCurrency } of truth.months)
      for (const { opening, movements, closing } of Object.values(byCurrency))
        expect(opening.annual + Object.values(movements).reduce((sum, { annual }) => sum + annual, 0)).toBe(
          closing.annual,
        );
  });
  it('in dollars with the exchange-rate line', () => {
    for (const { usd } of truth.months)
      expect(
        usd.opening.annual + Object.values(usd.movements).reduce((sum, { annual }) => sum + annual, 0) + usd.fx.annual,
      ).toBe(usd.closing.annual);
  });
  it('each month opens as the one before closed, in every currency', () => {
    for (let index = 1; index < truth.months.length; index++)
      for (const [currency, { opening }] of Object.entries(truth.months[index]!.byCurrency))
        expect(opening).toEqual(truth.months[index - 1]!.byCurrency[currency]!.closing);
  });
  it('customers: opening + new + back − gone = closing', () => {
    for (let index = 1; index < truth.months.length; index++) {
      const [before, month] = [truth.months[index - 1]!, truth.months[index]!];
      const within = truth.movements.filter(({ day }) => day.startsWith(month.month));
      const count = (...kinds: string[]) => within.filter(({ kind }) => kinds.includes(kind)).length;
      expect(before.customers + count('new', 'reactivation', 'resumed') - count('churn', 'paused')).toBe(
        month.customers,
      );
    }
  });
  it('no customer is ever worth less than nothing', () => {
    const worth = new Map<string, number>();
    for (const { life, annual } of truth.movements) {
      const now = (worth.get(life) ?? 0) + annual;
      expect(now).toBeGreaterThanOrEqual(0);
      worth.set(life, now);
    }
  });
});
