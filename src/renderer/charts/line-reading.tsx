/** What the crosshair of a line chart reads: each value of the day, its bands, and what was noted there. */
import type { ReactNode } from 'react';
import { dayOfNumber, monthOf } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import type { PlotRow } from './line-model.ts';
import { seriesColor, type Grain, type Series } from './series.ts';

export interface LineReadingProps {
  series: readonly Series[];
  unit: Unit;
  grain: Grain;
  byDay: ReadonlyMap<number, PlotRow>;
  /** Probabilities of a forecast's bands. */
  levels: readonly number[];
  format: Formatter;
  /** Given by Recharts: whether the crosshair is on, and its place on the x axis. */
  active?: boolean;
  label?: string | number;
}

export function LineReading(props: LineReadingProps): ReactNode {
  const { series, unit, grain, byDay, levels, format, active, label } = props;
  const row = active === true && typeof label === 'number' ? byDay.get(label) : undefined;
  if (row === undefined) return null;
  const day = dayOfNumber(row.x);
  const isForecast = row.bounds.some(([low, high]) => low < high);
  return (
    <ChartTooltip
      title={grain === 'month' ? format.month(monthOf(day)) : format.day(day)}
      lines={[
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
      ]}
    />
  );
}
