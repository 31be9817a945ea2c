/** The tape: net new ARR of each week, with the line of the climb that is needed. */
import type { ReactNode } from 'react';
import type { Climb } from '../../shared/contract/metrics.ts';
import { useFormat } from '../lib/format-context.tsx';
import { amountOf } from './climb-words.ts';
import { timeTicks } from './time-ticks.ts';

export interface TapeProps {
  climb: Climb;
  width: number;
  height: number;
}

const FOOT = 16;
/** Room above for the name of the line that is needed. */
const HEAD = 14;

/** Pixels that the line's name takes. */
const LABEL = 78;

/**
 * The first bar from which so many bars stay below the line, so that its name stands on none of them; the first of all
 * where there is no such place.
 * @example freeFrom([9, 1, 9, 1, 1], 5, 2) // 3
 */
export function freeFrom(values: readonly number[], line: number, count: number): number {
  const at = values.findIndex(
    (_, index) => index + count <= values.length && values.slice(index, index + count).every((value) => value < line),
  );
  return Math.max(0, at);
}

export function VariometerTape({ climb, width, height }: TapeProps): ReactNode {
  const format = useFormat();
  const { weeks, milestone } = climb;
  const first = weeks[0];
  const last = weeks.at(-1);
  if (first === undefined || last === undefined) return null;
  const needed = milestone?.neededPerWeek ?? null;
  // Without an axis to label, the tape uses all of its room.
  const values = [0, needed ?? 0, ...weeks.map((week) => week.netNewArr)];
  const top = Math.max(...values);
  const span = Math.max(1, top - Math.min(...values));
  const plot = height - FOOT - HEAD;
  const y = (value: number): number => HEAD + ((top - value) / span) * plot;
  const pitch = width / weeks.length;
  const bar = Math.max(1.5, Math.min(10, pitch * 0.7));
  const x = (index: number): number => index * pitch + (pitch - bar) / 2;
  // The weeks that the needle's window covers are drawn in full colour.
  const current = weeks.length - Math.max(1, Math.round(climb.window / 7));
  const lastIndex = (day: string): number => weeks.findIndex((week) => week.endsOn >= day);
  return (
    <svg width={width} height={height} aria-hidden className="block">
      {weeks.map((week, index) => {
        const upper = Math.min(y(week.netNewArr), y(0));
        const size = Math.max(1, Math.abs(y(week.netNewArr) - y(0)));
        const tone = week.netNewArr < 0 ? 'loss' : 'gain';
        return (
          <rect
            key={week.endsOn}
            x={x(index)}
            y={upper}
            width={bar}
            height={size}
            rx={Math.min(1.5, bar / 3)}
            fill={`var(--${tone}-${index >= current ? 1 : 3})`}
          >
            <title>{`${format.day(week.endsOn)}: ${format.money(amountOf(climb, week.netNewArr), { signed: true, form: 'whole' })}`}</title>
          </rect>
        );
      })}
      <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke="var(--control-line)" />
      {needed !== null && (
        <g>
          <line
            x1={0}
            x2={width}
            y1={y(needed)}
            y2={y(needed)}
            stroke="var(--accent)"
            strokeWidth={1.5}
            strokeDasharray="4 3"
          />
          <text
            x={x(
              freeFrom(
                weeks.map((week) => week.netNewArr),
                needed,
                Math.ceil(LABEL / pitch),
              ),
            )}
            y={y(needed) - 4}
            className="fill-accent text-[10px] font-medium [paint-order:stroke]"
            stroke="var(--surface)"
            strokeWidth={3}
          >
            needed {format.money(amountOf(climb, needed), { form: 'compact' })}
          </text>
        </g>
      )}
      {timeTicks(first.endsOn, last.endsOn, Math.max(2, Math.floor(width / 64)), format).map((tick) => (
        <text
          key={tick.day}
          x={Math.min(width - 24, x(lastIndex(tick.day)))}
          y={height - 3}
          className="fill-subtle text-[10px]"
        >
          {tick.label}
        </text>
      ))}
    </svg>
  );
}
