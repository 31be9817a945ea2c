import { describe, expect, it } from 'vitest';
import {
  EvidenceSearchSchema,
  CustomersSearchSchema,
  WelcomeSearchSchema,
} from '../../../../../src/renderer/lib/address/search-schemas.ts';
import { parseAddress, writeAddress } from '../../../../../src/renderer/lib/address/search-text.ts';
import { withFilters } from '../../../../../src/renderer/lib/address/use-open-target.ts';
import { inAppTarget } from '../../../../../src/renderer/lib/address/target.ts';

describe('search parameters', () => {
  it('are plain text both ways', () => {
    const search = { search: '007 & co', month: '2026-10' };
    expect(writeAddress(search)).toBe('?search=007+%26+co&month=2026-10');
    expect(parseAddress(writeAddress(search))).toEqual(search);
  });

  it('leave out what is not set', () => {
    expect(writeAddress({ a: undefined, b: null, c: '' })).toBe('');
  });

  it('that do not fit fall back instead of failing', () => {
    expect(EvidenceSearchSchema.parse({ asOf: '2026-02-30', period: '7', policy: 'mine', rates: 'odd' })).toEqual({});
    expect(CustomersSearchSchema.parse({ state: 'rich', sort: 'mrr' })).toEqual({ sort: 'mrr' });
    expect(WelcomeSearchSchema.parse({ job: '12' })).toEqual({ job: 12 });
  });
});

describe('targets of alerts', () => {
  it.each(['/customers/12', '/alerts?view=done'])('%s is opened', (target) => {
    expect(inAppTarget(target)).toBe(target);
  });

  it.each(['//evil.example', 'https://evil.example', 'javascript:alert(1)', '/\\evil.example', ''])(
    '%s is not',
    (target) => {
      expect(inAppTarget(target)).toBeNull();
    },
  );
});

describe('a path that something else names', () => {
  it('keeps the filters of the present page, unless it sets them itself', () => {
    expect(withFilters('/alerts?view=done', '?slice=plan:Pro&why=mrr&asOf=2026-06-30')).toBe(
      '/alerts?view=done&asOf=2026-06-30&slice=plan%3APro',
    );
    expect(withFilters('/revenue?slice=country:DE', '?slice=plan:Pro')).toBe('/revenue?slice=country%3ADE');
    expect(withFilters('/customers/12', '')).toBe('/customers/12');
  });
});
