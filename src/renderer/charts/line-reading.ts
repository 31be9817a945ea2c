/** What the crosshair of a line chart reads: each value of the day, and the bands around a forecast. */
import { dayOfNumber, monthOf } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import type { Reading } from './chart-tooltip.tsx';
import type { PlotRow } from './line-model.ts';
import { seriesColor, type Grain, type Series } from './series.ts';

export interface LineReadingInput {
  readonly series: readonly Series[];
  readonly unit: Unit;
  readonly grain: Grain;
  /** Probabilities of a forecast's bands. */
  readonly levels: readonly number[];
  readonly format: Formatter;
}

export function lineReading(row: PlotRow, { series, unit, grain, levels, format }: LineReadingInput): Reading {
  const day = dayOfNumber(row.x);
  const isForecast = row.bounds.some(([low, high]) => low < high);
  return {
    title: grain === 'month' ? format.month(monthOf(day)) : format.day(day),
    lines: [
      ...series.flatMap((line, index) => {
        const value = row.values[index] ?? null;
        // Beside a forecast an empty fact is no gap, and beside the facts an empty forecast none.
        if (value === null && levels.length > 0) return [];
        return [{ label: line.label, color: seriesColor(line, index), text: format.value(value, unit) }];
      }),
      ...(isForecast
        ? row.bounds.map(([low, high], index) => ({
            label: `${format.percent(levels[index] ?? 0, { form: 'whole' })} likely`,
            color: 'transparent',
            text: `${format.value(low, unit, { form: 'compact' })} – ${format.value(high, unit, { form: 'compact' })}`,
          }))
        : []),
    ],
  };
}
