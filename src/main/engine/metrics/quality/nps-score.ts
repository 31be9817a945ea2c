/** The Net Promoter Score of a group of answers, with how far it can be trusted. Pure. */
import type { NpsAnswer, NpsScore } from '../../../../shared/contract/support.ts';
import { defined, undefinedBecause } from '../query/rates-of-change.ts';

/**
 * 9 and 10 promote, 7 and 8 are passive, 0 to 6 detract:
 * https://www.netpromotersystem.com/about/measuring-your-net-promoter-score/
 */
export function npsKind(score: number): NpsAnswer['kind'] {
  if (score >= 9) return 'promoter';
  return score >= 7 ? 'passive' : 'detractor';
}

/** Two-sided 95 %. */
const Z = 1.959964;

/**
 * Points: per cent promoters minus per cent detractors. The interval is the
 * adjusted Wald one (¾ promoter, ¾ detractor and 1½ passive are added), which
 * also holds for few answers and for answers that are all alike:
 * https://measuringu.com/nps-confidence-intervals/
 * @param scores one per person.
 * @example npsOf([10, 9, 8, 3]).score.value // 25
 */
export function npsOf(scores: readonly number[]): NpsScore {
  const people = scores.length;
  const of = (kind: NpsAnswer['kind']) => scores.filter((score) => npsKind(score) === kind).length;
  const promoters = of('promoter');
  const detractors = of('detractor');
  const counts = { people, promoters, passives: people - promoters - detractors, detractors };
  if (people === 0)
    return { ...counts, score: undefinedBecause('Nobody answered in the period'), low: null, high: null };
  const promoting = (promoters + 0.75) / (people + 3);
  const detracting = (detractors + 0.75) / (people + 3);
  const middle = promoting - detracting;
  const margin = Z * Math.sqrt((promoting + detracting - middle ** 2) / (people + 3));
  return {
    ...counts,
    score: defined((100 * (promoters - detractors)) / people),
    low: Math.max(-100, 100 * (middle - margin)),
    high: Math.min(100, 100 * (middle + margin)),
  };
}
