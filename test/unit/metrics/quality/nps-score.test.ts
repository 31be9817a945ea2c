/** The Net Promoter Score by hand, and an interval that was published. */
import { describe, expect, it } from 'vitest';
import { npsKind, npsOf } from '../../../../src/main/engine/metrics/quality/nps-score.ts';

function scores(promoters: number, passives: number, detractors: number): number[] {
  return [
    ...Array.from({ length: promoters }, () => 9),
    ...Array.from({ length: passives }, () => 7),
    ...Array.from({ length: detractors }, () => 6),
  ];
}

describe('npsKind', () => {
  it('parts the eleven answers at 9 and 7', () => {
    const kinds = Array.from({ length: 11 }, (_, score) => npsKind(score));
    expect(kinds).toEqual([
      ...Array.from({ length: 7 }, () => 'detractor'),
      'passive',
      'passive',
      'promoter',
      'promoter',
    ]);
  });
});

describe('npsOf', () => {
  it('is the share of promoters minus the share of detractors, in points', () => {
    expect(npsOf(scores(50, 30, 20)).score.value).toBe(30);
    expect(npsOf(scores(1, 0, 0)).score.value).toBe(100);
    expect(npsOf(scores(0, 0, 4)).score.value).toBe(-100);
  });

  it('gives the adjusted Wald interval, worked out by hand', () => {
    // 50 + 0.75 of 103 promote, 20 + 0.75 detract: middle 0.291262, variance 0.694175 − 0.084834 = 0.609341, error 0.076914.
    const { low, high } = npsOf(scores(50, 30, 20));
    expect(low).toBeCloseTo(14.051, 2);
    expect(high).toBeCloseTo(44.201, 2);
  });

  it('is unsure of few answers, even where they are all alike', () => {
    const { low, high } = npsOf(scores(3, 0, 0));
    expect(low).toBeLessThan(0);
    expect(high).toBe(100);
  });

  it('has none where nobody answered, and says so', () => {
    expect(npsOf([])).toMatchObject({
      score: { value: null, reason: 'Nobody answered in the period' },
      low: null,
      high: null,
      people: 0,
    });
  });
});
