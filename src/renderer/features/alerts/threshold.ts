/** Thresholds of rules as people write them: percent for fractions, hours for minutes. */

export type ThresholdUnit = 'fraction' | 'minutes';

export const THRESHOLD_WORDS: Record<ThresholdUnit, string> = {
  fraction: 'Threshold in percent',
  minutes: 'Threshold in hours',
};

const FACTOR: Record<ThresholdUnit, number> = { fraction: 100, minutes: 1 / 60 };

/** @example thresholdText(0.05, 'fraction') // '5' */
export function thresholdText(threshold: number, unit: ThresholdUnit): string {
  return String(Number((threshold * FACTOR[unit]).toFixed(4)));
}

/** Null for what is no number of zero or more. A comma is read as the decimal point. @example thresholdFrom('2,5', 'fraction') // 0.025 */
export function thresholdFrom(text: string, unit: ThresholdUnit): number | null {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) return null;
  return Number((value / FACTOR[unit]).toFixed(6));
}
