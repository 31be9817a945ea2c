import { describe, expect, it } from 'vitest';
import { USD } from '../../../../src/shared/kernel/currency.ts';
import { addMonths, plainDay, UTC } from '../../../../src/shared/kernel/day.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { trendSentence } from '../../../../src/renderer/lib/trend-sentence.ts';
import { moneyUnit, PERCENT, type Unit } from '../../../../src/renderer/lib/unit.ts';

const format = createFormatter('en-US', UTC);
const sentence = (values: (number | null)[], unit: Unit = moneyUnit(USD)): string =>
  trendSentence(
    {
      name: 'MRR',
      unit,
      points: values.map((value, month) => ({ day: addMonths(plainDay('2026-01-01'), month), value })),
    },
    format,
  );

describe('the sentence of a trend', () => {
  it('names start, end, change, highest and lowest', () => {
    expect(sentence([1_240_000, 900_000, 2_480_000])).toBe(
      'MRR rose 100.0% from $12.4K on Jan 1, 2026 to $24.8K on Mar 1, 2026. Highest $24.8K on Mar 1, 2026, lowest $9K on Feb 1, 2026.',
    );
  });

  it('falls in points where the trend is a percentage', () => {
    expect(sentence([0.95, 0.9], PERCENT)).toMatch(/^MRR fell 5\.0 pp from 95% on .* to 90% on /);
  });

  it('states no percentage from zero', () => {
    expect(sentence([0, 500_000])).toMatch(/^MRR rose from \$0 on .* to \$5K on /);
  });

  it('says what is level, single, missing or empty', () => {
    expect(sentence([100_000, 100_000])).toBe('MRR stayed level from $1K on Jan 1, 2026 to $1K on Feb 1, 2026.');
    expect(sentence([100_000])).toBe('MRR: $1K on Jan 1, 2026, the only known value.');
    expect(sentence([null, 100_000, 200_000])).toMatch(/ 1 point has no value\.$/);
    expect(sentence([])).toBe('MRR: no data in this period.');
    expect(sentence([null, null])).toBe('MRR: no data in this period.');
  });
});
