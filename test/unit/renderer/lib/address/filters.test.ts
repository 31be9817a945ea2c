import { describe, expect, it, test } from 'vitest';
import { ROOM_LIST } from '../../../../../src/shared/contract/actions.ts';
import { cutOf, daysOf, filtersSet, monthsOf, partOf, scopeOf } from '../../../../../src/renderer/lib/address/index.ts';
import { followedBy } from '../../../../../src/renderer/app/filters/room-note.tsx';
import { plainDay } from '../../../../../src/shared/kernel/day.ts';

const KNOWN = { today: plainDay('2026-11-21'), firstDay: plainDay('2024-03-05') };
const scope = (filters: Parameters<typeof scopeOf>[0], usual: Parameters<typeof scopeOf>[2] = '12') =>
  scopeOf(filters, KNOWN, usual);

describe('the days that a room shows', () => {
  it('are what it usually shows, up to today', () => {
    expect(scope({})).toMatchObject({ period: '12', from: '2025-12-01', to: '2026-11-21', today: '2026-11-21' });
    expect(monthsOf(scope({}, '24'))).toBe(24);
  });

  it('end with the as-of day, which cannot lie ahead', () => {
    expect(scope({ asOf: plainDay('2026-06-30'), period: '3' })).toMatchObject({
      from: '2026-04-01',
      to: '2026-06-30',
    });
    expect(scope({ asOf: plainDay('2027-01-01') }).to).toBe('2026-11-21');
  });

  it('begin with the company’s history where all of it is asked for', () => {
    expect(scope({ period: 'all' })).toMatchObject({ from: '2024-03-01', to: '2026-11-21' });
    expect(scopeOf({ period: 'all' }, { ...KNOWN, firstDay: null }, '12').from).toBe('2026-11-01');
  });

  it('are any stretch within that history, cut by the as-of day', () => {
    expect(scope({ period: '2020-01..2026-02', asOf: plainDay('2026-01-15') })).toMatchObject({
      from: '2024-03-01',
      to: '2026-01-15',
    });
    expect(daysOf(scope({ period: '2026-03-10..2026-04-08' }))).toBe(30);
  });

  it('fall back to the usual ones where the stretch lies outside', () => {
    expect(scope({ period: '2020-01..2020-12' }).period).toBe('12');
    expect(scope({ period: '2026-05..2026-06', asOf: plainDay('2026-01-31') })).toMatchObject({
      period: '12',
      to: '2026-01-31',
    });
  });
});

describe('what a call is asked with', () => {
  it('is nothing for the company as it is set up', () => {
    expect(partOf({})).toEqual({});
    expect(cutOf({}, KNOWN.today)).toEqual({});
  });

  it('names the policy, the part and the day of the rates', () => {
    expect(cutOf({ policy: 'stripe', slice: 'plan:Pro;country:!DE', rates: 'constant' }, KNOWN.today)).toEqual({
      policy: 'stripe',
      slice: {
        where: [
          { dimension: 'plan', values: ['Pro'] },
          { dimension: 'country', values: ['DE'], not: true },
        ],
      },
      constantCurrency: { at: '2026-11-21' },
    });
  });
});

test('a slice of which nothing can be read is no filter', () => {
  expect(filtersSet({ slice: 'weather:fine', period: '6', rates: 'constant' })).toEqual(['period', 'rates']);
});

test('every room says what it follows; a page that is no room follows nothing', () => {
  for (const { path, follows } of ROOM_LIST) expect(followedBy(path)).toEqual(follows);
  expect(followedBy('/customers/12')).toEqual([]);
});
