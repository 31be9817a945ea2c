/** What the axes of all charts share: tick texts, and the width that they need. */
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import type { ValueScale } from './value-scale.ts';

/** A value as short as it goes on an axis: «$25K», «95%», «1.2K»; nouns stand in the title. */
export function compactTick(value: number, unit: Unit, format: Formatter): string {
  if (unit.kind === 'money') return format.value(value, unit, { form: 'compact' });
  if (unit.kind === 'percent')
    return format.percent(value, { form: Number.isInteger(Math.round(value * 1e6) / 1e4) ? 'whole' : 'full' });
  return format.mark(value);
}

/** Pixels for the widest of the texts at 11 px, with a little air. */
function axisWidth(texts: readonly string[]): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return Math.ceil(longest * 6.6) + 12;
}

/** A value of an axis as it is written there. */
export interface AxisMark {
  readonly value: number;
  readonly text: string;
}

/** The values at the left, and the room that their texts need. */
export function valueAxis(
  { ticks }: ValueScale,
  unit: Unit,
  format: Formatter,
): { readonly marks: readonly AxisMark[]; readonly width: number } {
  const marks = ticks.map((value) => ({ value, text: compactTick(value, unit, format) }));
  return { marks, width: axisWidth(marks.map(({ text }) => text)) };
}
