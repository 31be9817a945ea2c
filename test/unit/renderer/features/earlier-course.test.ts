import { describe, expect, it } from 'vitest';
import { COURSE_PERIOD, earlierCourse, periodOf } from '../../../../src/renderer/features/cockpit/period.ts';
import { scopeOf } from '../../../../src/renderer/lib/address/index.ts';
import { plainDay } from '../../../../src/shared/kernel/day.ts';

const period = (filters: Parameters<typeof scopeOf>[0]) =>
  periodOf(scopeOf(filters, { today: plainDay('2026-11-21'), firstDay: plainDay('2020-01-15') }, COURSE_PERIOD));

describe('what MRR over time is compared with', () => {
  it('is the same stretch a year earlier', () => {
    expect(earlierCourse(period({}), 'year')).toEqual({ from: '2022-12-01', to: '2025-11-21' });
  });

  it('is as many months right before it', () => {
    expect(earlierCourse(period({}), 'before')).toEqual({ from: '2020-12-01', to: '2023-11-30' });
  });

  it('is as many days where days are drawn', () => {
    const few = { ...period({}), courseFrom: plainDay('2026-11-01'), courseMonths: 1, grain: 'day' as const };
    expect(earlierCourse(few, 'before')).toEqual({ from: '2026-10-11', to: '2026-10-31' });
  });
});
