/** Cohorts worked by hand: facts in through the store, matrices out through the metrics' front door. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cohortMembers, cohorts, returned, survival } from '../../../../src/main/engine/metrics/index.ts';
import type { CohortKind, CohortUnit } from '../../../../src/shared/contract/retention.ts';
import { failureOf } from '../../../support/store.ts';
import { at, company, item, price, subscription, type Company } from '../support/company.ts';
import { give } from './lives.ts';

let c: Company;
beforeEach(() => {
  c = company('2026-06-30');
});
afterEach(() => c.close());

function matrix(kind: CohortKind, unit: CohortUnit = 'month', context = c.context) {
  c.recompute(context);
  return cohorts(c.db, { kind, unit }, context);
}

const rounded = (values: readonly (number | null)[]) =>
  values.map((value) => (value === null ? null : Math.round(value * 1000) / 1000));

/** January: a pays 100 and grows, b pays 100 and shrinks, d leaves in March and is back in May. February: e, who leaves within the month, and f. */
function smallCompany(): void {
  give(c, {
    id: 'a',
    steps: [
      ['2026-01-05', 10_000],
      ['2026-03-10', 15_000],
    ],
  });
  give(c, {
    id: 'b',
    steps: [
      ['2026-01-20', 10_000],
      ['2026-02-20', 4_000],
    ],
  });
  give(c, {
    id: 'd',
    steps: [
      ['2026-01-31', 20_000],
      ['2026-03-31', 0],
      ['2026-05-01', 30_000],
    ],
  });
  give(c, {
    id: 'e',
    steps: [
      ['2026-02-03', 5_000],
      ['2026-02-25', 0],
    ],
  });
  give(c, { id: 'f', steps: [['2026-02-10', 5_000]] });
}

describe('the matrix', () => {
  beforeEach(smallCompany);

  test('customers kept: of all who began, also those who left before the month was over', () => {
    const { rows, running } = matrix('logo');
    expect(rows.map(({ cohort, size, values }) => [cohort, size, rounded(values)])).toEqual([
      ['2026-01', 3, [1, 1, 0.667, 0.667, 1, 1]],
      ['2026-02', 2, [0.5, 0.5, 0.5, 0.5, 0.5, null]],
    ]);
    expect(running).toBe(false);
  });

  test('net revenue: MRR against that of month 0, growth and returns included', () => {
    const { rows } = matrix('net');
    expect(rows.map(({ base, values }) => [base, rounded(values)])).toEqual([
      [40_000, [1, 0.85, 0.475, 0.475, 1.225, 1.225]],
      [5_000, [1, 1, 1, 1, 1, null]],
    ]);
  });

  test('gross revenue: no customer counts for more than in month 0, point to point', () => {
    expect(matrix('gross').rows.map(({ values }) => rounded(values))).toEqual([
      // 100 + 40 + 200 of 400 again in May: whoever is back counts again, as in GRR.
      [1, 0.85, 0.35, 0.35, 0.85, 0.85],
      [1, 1, 1, 1, 1, null],
    ]);
  });

  test('the mean weighs cohorts by what they began with', () => {
    expect(rounded(matrix('logo').average)).toEqual([0.8, 0.8, 0.6, 0.6, 0.8, 1]);
    expect(matrix('logo').behind).toEqual([5, 5, 5, 5, 5, 3]);
    expect(rounded(matrix('net').average)).toEqual([1, 0.867, 0.533, 0.533, 1.2, 1.225]);
  });

  test('by quarter and year, age 0 is the end of the period', () => {
    expect(matrix('logo', 'quarter').rows.map(({ cohort, size, values }) => [cohort, size, rounded(values)])).toEqual([
      ['2026-Q1', 5, [0.6, 0.8]],
    ]);
    const { rows, running, average } = matrix('logo', 'year');
    expect(rows.map(({ cohort, values }) => [cohort, values])).toEqual([['2026', [0.8]]]);
    // The year is not over: it is shown, marked, and in no mean.
    expect([running, average]).toEqual([true, [null]]);
  });

  test('a month that is not over stands at the day and is in no mean', () => {
    const { rows, running, average } = matrix('logo', 'month', c.on('2026-05-15'));
    expect(running).toBe(true);
    expect(rounded(rows[0]?.values ?? [])).toEqual([1, 1, 0.667, 0.667, 1]);
    expect(rounded(average)).toEqual([0.8, 0.8, 0.6, 0.667, null]);
  });

  test('only the last periods: who began before them is in none', () => {
    c.recompute();
    const { rows } = cohorts(c.db, { kind: 'logo', unit: 'month', last: 5 }, c.context);
    expect(rows.map(({ cohort }) => cohort)).toEqual(['2026-02']);
  });
});

describe('fiscal units', () => {
  beforeEach(smallCompany);
  const april = () => ({ ...c.context, fiscalYearStartMonth: 4 });

  test('quarters and years begin where the fiscal year does, and are named after the year in which it ends', () => {
    const quarters = matrix('logo', 'fiscal_quarter', april());
    expect(quarters.rows.map(({ cohort, size, values }) => [cohort, size, rounded(values)])).toEqual([
      ['FY2026-Q4', 5, [0.6, 0.8]],
    ]);
    const years = matrix('logo', 'fiscal_year', april());
    // The fiscal year ended with March; the next one is running.
    expect(years.rows.map(({ cohort, size, values }) => [cohort, size, rounded(values)])).toEqual([
      ['FY2026', 5, [0.6, 0.8]],
    ]);
    expect([years.running, rounded(years.average)]).toEqual([true, [0.6, null]]);
  });

  test('one that begins with February cuts the quarter there', () => {
    const february = { ...c.context, fiscalYearStartMonth: 2 };
    expect(matrix('logo', 'fiscal_quarter', february).rows.map(({ cohort, size }) => [cohort, size])).toEqual([
      ['FY2026-Q4', 3],
      ['FY2027-Q1', 2],
    ]);
    const asked = { unit: 'fiscal_quarter', cohort: 'FY2027-Q1', age: 0, offset: 0, limit: 9 } as const;
    expect(cohortMembers(c.db, asked, february)).toMatchObject({ on: '2026-04-30', total: 2, kept: 1 });
  });

  test('one that begins with January is the calendar’s', () => {
    expect(matrix('logo', 'fiscal_year').rows.map(({ cohort }) => cohort)).toEqual(['FY2026']);
    expect(matrix('logo', 'fiscal_quarter').rows.map(({ values }) => values)).toEqual(
      matrix('logo', 'quarter').rows.map(({ values }) => values),
    );
  });
});

describe('under another policy', () => {
  test('customers stay through a pause where the policy keeps pauses, in every kind and in lifetimes', () => {
    const start = at('2026-01-05');
    const body = subscription(start, { customerId: 'a', items: [item(price({ unitAmount: '5000' }))] });
    c.see(body, start);
    c.see({ ...body, pause: { behavior: 'void', since: null, resumesAt: null } }, at('2026-03-10'));
    c.recompute();
    const of = (policy: string) =>
      cohorts(c.db, { kind: 'logo', unit: 'month', policy }, c.context).rows[0]?.values ?? [];
    expect(of('vario')).toEqual([1, 1, 0, 0, 0, 0]);
    expect(of('stripe')).toEqual([1, 1, 1, 1, 1, 1]);
    expect(cohorts(c.db, { kind: 'net', unit: 'month', policy: 'stripe' }, c.context)).toMatchObject({
      policy: 'stripe',
      rows: [{ base: 5_000, values: [1, 1, 1, 1, 1, 1] }],
    });
    const cell = { unit: 'month', cohort: '2026-01', age: 3, offset: 0, limit: 9 } as const;
    expect(cohortMembers(c.db, { ...cell, policy: 'stripe' }, c.context)).toMatchObject({ kept: 1, mrrNow: 5_000 });
    expect(survival(c.db, { policy: 'stripe' }, c.context)).toMatchObject({ policy: 'stripe', ended: 0 });
    expect(survival(c.db, {}, c.context)).toMatchObject({ policy: 'vario', ended: 1 });
  });

  test('returns, too: none where nobody had left', () => {
    const start = at('2026-01-05');
    const body = subscription(start, { customerId: 'a', items: [item(price({ unitAmount: '5000' }))] });
    c.see(body, start);
    c.see({ ...body, pause: { behavior: 'void', since: null, resumesAt: null } }, at('2026-03-10'));
    c.see(body, at('2026-04-10'));
    c.recompute();
    const page = (policy: string) => returned(c.db, { policy, offset: 0, limit: 9 }, c.context);
    expect(page('stripe')).toMatchObject({ total: 0 });
    expect(page('baremetrics')).toMatchObject({ total: 1, rows: [{ away: 31, before: 5_000, now: 5_000 }] });
  });
});

describe('what has no value', () => {
  test('nobody of a cohort pays at its end: customers count, revenue says why not', () => {
    give(c, {
      id: 'a',
      steps: [
        ['2026-05-03', 5_000],
        ['2026-05-20', 0],
      ],
    });
    expect(matrix('logo').rows).toMatchObject([{ values: [0, 0], reason: null }]);
    expect(matrix('net').rows).toMatchObject([{ values: [null, null], reason: 'Nobody of 2026-05 paid at its end' }]);
  });

  test('a missing rate is a gap, never a zero', () => {
    give(c, { id: 'a', steps: [['2026-05-03', 5_000]] });
    give(c, { id: 'b', steps: [['2026-05-03', 5_000]], currency: 'EUR' });
    c.rate('2026-05-29', 'USD', '1.2');
    expect(matrix('logo').rows).toMatchObject([{ values: [1, 1], reason: null }]);
    const [row] = matrix('net').rows;
    expect(row).toMatchObject({ base: 11_000, values: [1, null] });
    expect(row?.reason).toMatch(/no exchange rate/);
  });

  test('an empty ledger has no rows', () => {
    expect(matrix('logo')).toMatchObject({ rows: [], average: [], running: false });
  });
});

test('ST-08: ten of a hundred leaving each month leave 90, 81, 73, 66, 59 %', () => {
  const leavers = [10, 9, 8, 7, 7];
  const leaveOn = leavers.flatMap((count, month) => Array.from({ length: count }, () => `2026-0${month + 2}-15`));
  c.db.transaction(() => {
    for (let n = 0; n < 100; n++) {
      const day = leaveOn[n];
      give(c, { id: `c${n}`, steps: [['2026-01-10', 5_000], ...(day === undefined ? [] : [[day, 0] as const])] });
    }
  });
  expect(matrix('logo').rows[0]?.values).toEqual([1, 0.9, 0.81, 0.73, 0.66, 0.59]);
  expect(matrix('net').rows[0]?.values).toEqual([1, 0.9, 0.81, 0.73, 0.66, 0.59]);
});

describe('groups', () => {
  beforeEach(() => {
    c.product('prod_team', 'Team');
    c.product('prod_solo', 'Solo');
    // Begins as Solo and moves to Team: stays in the plan of its first payment.
    give(c, { id: 'a', steps: [['2026-05-05', 1_000]], product: 'prod_solo', country: 'DE' });
    give(c, { id: 'a', steps: [['2026-06-05', 9_000]], product: 'prod_team' });
    give(c, {
      id: 'b',
      steps: [
        ['2026-05-05', 9_000],
        ['2026-06-10', 0],
      ],
      product: 'prod_team',
      country: 'DE',
    });
    give(c, { id: 'd', steps: [['2026-05-05', 9_000]], product: 'prod_team' });
    c.recompute();
  });

  test('by the plan of the first payment, the largest first', () => {
    const split = cohorts(c.db, { kind: 'logo', unit: 'month', by: 'plan' }, c.context);
    expect(split.groups).toEqual([
      { group: 'Team', customers: 2, average: [1, 0.5], behind: [2, 2] },
      { group: 'Solo', customers: 1, average: [1, 1], behind: [1, 1] },
    ]);
    expect(split.rows).toMatchObject([{ size: 3 }]);
    const team = cohorts(c.db, { kind: 'net', unit: 'month', by: 'plan', group: 'Team' }, c.context);
    expect(team.rows).toMatchObject([{ size: 2, base: 18_000, values: [1, 0.5] }]);
  });

  test('by country, the unknown ones apart, and by currency', () => {
    const named = (by: 'country' | 'currency' | 'channel') =>
      cohorts(c.db, { kind: 'logo', unit: 'month', by }, c.context).groups.map(({ group, customers }) => [
        group,
        customers,
      ]);
    expect(named('country')).toEqual([
      ['DE', 2],
      ['unknown', 1],
    ]);
    expect(named('currency')).toEqual([['USD', 3]]);
    expect(named('channel')).toEqual([['unknown', 3]]);
  });

  test('by the channel in the metadata of Stripe’s customer', () => {
    c.db.prepareWrite(`UPDATE billing_customer SET metadata = '{"channel":"ads"}' WHERE id = 'b'`).run();
    const { groups } = cohorts(c.db, { kind: 'logo', unit: 'month', by: 'channel' }, c.context);
    expect(groups.map(({ group, customers }) => [group, customers])).toEqual([
      ['unknown', 2],
      ['ads', 1],
    ]);
  });

  test('by any key of that metadata, also one with dots and quotes', () => {
    c.db
      .prepareWrite<[string, string]>(`UPDATE billing_customer SET metadata = ? WHERE id = ?`)
      .run('{"lead.\\"source\\"":"fair","size":3}', 'a');
    const named = (by: `metadata:${string}`) =>
      cohorts(c.db, { kind: 'logo', unit: 'month', by }, c.context).groups.map(({ group, customers }) => [
        group,
        customers,
      ]);
    expect(named('metadata:lead."source"')).toEqual([
      ['unknown', 2],
      ['fair', 1],
    ]);
    // Stripe's metadata are texts; what is none is no name.
    expect(named('metadata:size')).toEqual([['unknown', 3]]);
  });

  test('a plan of two prices is one plan: together they outweigh the dearer single one', () => {
    const start = at('2026-05-05');
    const cheap = (amount: string) => item(price({ unitAmount: amount, productId: 'prod_team' }));
    const dear = item(price({ unitAmount: '5000', productId: 'prod_solo' }));
    c.see(subscription(start, { customerId: 'e', items: [dear, cheap('3000'), cheap('3000')] }), start);
    c.recompute();
    const { groups } = cohorts(c.db, { kind: 'logo', unit: 'month', by: 'plan' }, c.context);
    expect(groups.map(({ group, customers }) => [group, customers])).toEqual([
      ['Team', 3],
      ['Solo', 1],
    ]);
  });

  test('the rows of all are the sums of the groups', () => {
    const of = (by?: 'plan') =>
      cohorts(c.db, { kind: 'gross', unit: 'month', ...(by && { by }) }, c.context).rows.map(
        ({ size, base, values }) => [size, base, values],
      );
    expect(of('plan')).toEqual(of());
  });

  test('a group’s lifetimes are its own, and so is its average', () => {
    const team = survival(c.db, { by: 'plan', group: 'Team' }, c.context);
    expect(team).toMatchObject({ lives: 2, ended: 1, arpa: { value: 9_000 } });
  });
});

describe('why', () => {
  beforeEach(smallCompany);

  test('a cell’s customers add up to it', () => {
    c.recompute();
    const cell = cohortMembers(c.db, { unit: 'month', cohort: '2026-01', age: 2, offset: 0, limit: 100 }, c.context);
    expect(cell).toMatchObject({ on: '2026-03-31', total: 3, kept: 2, mrrThen: 40_000, mrrNow: 19_000 });
    expect(cell.rows.map(({ name, mrrThen, mrrNow, state }) => [name, mrrThen, mrrNow, state])).toEqual([
      ['d', 20_000, 0, 'left'],
      ['a', 10_000, 15_000, 'grown'],
      ['b', 10_000, 4_000, 'shrunk'],
    ]);
  });

  test('a cell that the matrix does not have is refused', () => {
    c.recompute();
    const asked = { unit: 'month', cohort: '2026-01', age: 9, offset: 0, limit: 100 } as const;
    expect(failureOf(() => cohortMembers(c.db, asked, c.context)).code).toBe('not_found');
  });
});

describe('lifetimes', () => {
  test('end on the first day without MRR; those still paying are censored; returns are listed apart', () => {
    smallCompany();
    c.recompute();
    const report = survival(c.db, {}, c.context);
    expect(report).toMatchObject({ lives: 5, ended: 2, returned: 1, longest: 177 });
    // e lived 22 days, d 59: four of five, then three of four.
    expect(
      report.steps.map(({ days, atRisk, survival: share }) => [days, atRisk, Math.round(share * 100) / 100]),
    ).toEqual([
      [22, 5, 0.8],
      [59, 4, 0.6],
    ]);
    expect(report.median).toMatchObject({ value: null });
    expect(report.median.reason).toMatch(/More than half still pay/);
    const months = (22 + 0.8 * 37 + 0.6 * 118) / (365 / 12);
    expect(report.lifetime.value).toBeCloseTo(months, 10);
    expect(report.lifetime.restricted).toBe(true);
    expect(report.arpa.value).toBe(13_500);
    expect(report.ltv.bySurvival.value).toBe(Math.round(13_500 * months));
  });

  test('who came back, how long they were away', () => {
    smallCompany();
    c.recompute();
    const page = returned(c.db, { offset: 0, limit: 10 }, c.context);
    expect(page.total).toBe(1);
    expect(page.rows).toMatchObject([
      { name: 'd', leftOn: '2026-03-31', returnedOn: '2026-05-01', away: 31, before: 20_000, now: 30_000 },
    ]);
  });

  test('without customers there is a reason instead of a number', () => {
    c.recompute();
    const report = survival(c.db, {}, c.context);
    expect(report.lifetime).toMatchObject({ value: null, reason: 'No customer has paid yet' });
    expect(report.ltv.bySurvival.value).toBeNull();
  });
});
