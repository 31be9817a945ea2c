import { describe, expect, it } from 'vitest';
import { choiceOf, comparedSpan, wholeMonths } from '../../../../src/renderer/features/revenue/choice.ts';
import { plainDay } from '../../../../src/shared/kernel/day.ts';

const TODAY = plainDay('2026-11-21');
const FIRST = plainDay('2024-03-05');
const choice = (search: Parameters<typeof choiceOf>[0]) => choiceOf(search, TODAY, FIRST);

describe('what the Revenue room draws', () => {
  it('is the last two years of months by default', () => {
    expect(choice({})).toMatchObject({ from: '2024-12-01', to: TODAY, grain: 'month', asked: {} });
  });

  it('is any stretch that lies in the company’s history, by days where it is short', () => {
    const days = choice({ period: '2026-03-10..2026-04-08' });
    expect(days).toMatchObject({ from: '2026-03-10', to: '2026-04-08', grain: 'day' });
    expect(wholeMonths(days)).toMatchObject({ from: '2026-03-01', to: '2026-04-30' });
    expect(choice({ period: '2020-01..2030-12' })).toMatchObject({ from: '2024-03-01', to: TODAY, grain: 'month' });
    expect(wholeMonths(choice({ period: '2026-10-10..2026-11-12' }))).toMatchObject({ from: '2026-10-01', to: TODAY });
  });

  it('is the default where the stretch lies outside', () => {
    expect(choice({ period: '2020-01..2020-12' })).toMatchObject({ range: '24', from: '2024-12-01', to: TODAY });
    expect(choice({ period: '2027-01..2027-12' })).toMatchObject({ range: '24', to: TODAY });
  });

  it('is of the part of the company that the address says', () => {
    expect(choice({ slice: 'plan:Pro;country:DE,FR' }).asked.slice?.where).toHaveLength(2);
  });
});

describe('the stretch before', () => {
  it('has as many months, or as many days', () => {
    expect(comparedSpan(choice({ period: '6', compare: 'before' }))).toEqual({ from: '2025-12-01', to: '2026-05-31' });
    expect(comparedSpan(choice({ period: '2026-03..2026-04', compare: 'before' }))).toEqual({
      from: '2026-01-01',
      to: '2026-02-28',
    });
    expect(comparedSpan(choice({ period: '2026-03-10..2026-03-19', compare: 'before' }))).toEqual({
      from: '2026-02-28',
      to: '2026-03-09',
    });
  });

  it('is the same days of the year before, or none', () => {
    expect(comparedSpan(choice({ period: '2026-03-10..2026-03-19', compare: 'year' }))).toEqual({
      from: '2025-03-10',
      to: '2025-03-19',
    });
    expect(comparedSpan(choice({ period: 'all', compare: 'before' }))).toBeNull();
  });
});
