/** How states, ages and moods are called. */
import type { NpsAnswer, NpsScore, ResponseTimes } from '../../../shared/contract/support.ts';
import { HOURS, quantity, type Quantity, type Unit } from '../../lib/unit.ts';
import type { Formatter } from '../../lib/format.ts';
import type { Tone } from '../../ui/badge.tsx';
import type { Desk } from './use-support.ts';

export const AGE: Readonly<Record<Desk['open']['ages'][number]['age'], string>> = {
  day: 'Up to a day',
  three_days: '1 to 3 days',
  week: '3 to 7 days',
  month: '7 to 30 days',
  older: 'Over 30 days',
};

export const MOOD: Readonly<Record<NpsAnswer['kind'], { readonly label: string; readonly tone: Tone }>> = {
  promoter: { label: 'Promoter', tone: 'gain' },
  passive: { label: 'Passive', tone: 'neutral' },
  detractor: { label: 'Detractor', tone: 'loss' },
};

export const POINTS: Unit = { kind: 'score' };

/** Hours from the engine's seconds; without a value its reason. */
export function hoursOf({ value, reason }: ResponseTimes['median']): Quantity {
  return quantity(HOURS, value === null ? null : value / 3_600, reason ?? 'Not known');
}

export function hours(value: number | null): number | null {
  return value === null ? null : value / 3_600;
}

/** `95% sure between 31 and 52, of 110 people`. */
export function certaintyOf({ low, high, people }: NpsScore, format: Formatter): string {
  const who = format.count(people, { one: 'person', other: 'people' });
  return low === null || high === null
    ? who
    : `95% sure: ${format.value(low, POINTS)} to ${format.value(high, POINTS)}, ${who}`;
}
