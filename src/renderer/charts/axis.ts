/** What the axes of all charts share: text style, tick texts, and the width that they need. */
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';

/** Recharts hands these to each tick's text element. */
export const AXIS_TEXT = { fontSize: 11, fill: 'var(--subtle)' } as const;

/** A value as short as it goes on an axis: «$25K», «95%», «1.2K»; nouns stand in the title. */
export function compactTick(value: number, unit: Unit, format: Formatter): string {
  if (unit.kind === 'money') return format.value(value, unit, { form: 'compact' });
  if (unit.kind === 'percent')
    return format.percent(value, { form: Number.isInteger(Math.round(value * 1e6) / 1e4) ? 'whole' : 'full' });
  return format.mark(value);
}

/** Pixels for the widest of the texts at 11 px, with a little air. */
export function axisWidth(texts: readonly string[]): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return Math.ceil(longest * 6.6) + 12;
}
