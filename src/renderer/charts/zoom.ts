/** The part of a time chart that is looked at closely: chosen by dragging or by keys, on whole days. */
import { useState, type KeyboardEvent } from 'react';
import type { SeriesRow } from './series.ts';
import { dayNumber } from '../../shared/kernel/day.ts';

/** Day numbers, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Zoom {
  /** Null: everything is shown. */
  readonly shown: Span | null;
  /** What is being dragged over. */
  readonly dragged: Span | null;
  press(day: number): void;
  move(day: number): void;
  /** Takes what was dragged over, if it is more than a point. */
  release(): void;
  /** `+` closer, `-` back out, `0` everything. */
  onKeyDown(event: KeyboardEvent): void;
  reset(): void;
}

/** A chart of fewer points is not looked at more closely. */
const LEAST_ROWS = 3;

export function useZoom(rows: readonly SeriesRow[]): Zoom {
  const [shown, setShown] = useState<Span | null>(null);
  const [drag, setDrag] = useState<{ start: number; end: number } | null>(null);
  const whole = spanOf(rows);
  const dragged = drag === null ? null : { from: Math.min(drag.start, drag.end), to: Math.max(drag.start, drag.end) };
  const show = (span: Span): void => {
    if (rowsWithin(rows, span).length >= LEAST_ROWS) setShown(span);
  };
  return {
    shown,
    dragged: dragged && dragged.from < dragged.to ? dragged : null,
    press: (day) => setDrag({ start: day, end: day }),
    move: (day) => setDrag((known) => known && { ...known, end: day }),
    release() {
      if (dragged && dragged.from < dragged.to) show(dragged);
      setDrag(null);
    },
    onKeyDown(event) {
      const current = shown ?? whole;
      if (current === null || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '0') setShown(null);
      else if (event.key === '+' || event.key === '=') show(scaled(current, 0.5));
      else if (event.key === '-' && whole) {
        const wider = clipped(scaled(current, 2), whole);
        setShown(wider.from === whole.from && wider.to === whole.to ? null : wider);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    reset: () => setShown(null),
  };
}

/** The rows of a span. */
export function rowsWithin(rows: readonly SeriesRow[], span: Span | null): readonly SeriesRow[] {
  if (span === null) return rows;
  return rows.filter(({ day }) => dayNumber(day) >= span.from && dayNumber(day) <= span.to);
}

function spanOf(rows: readonly SeriesRow[]): Span | null {
  const [first, last] = [rows[0], rows.at(-1)];
  return first && last ? { from: dayNumber(first.day), to: dayNumber(last.day) } : null;
}

/** The newest end stays where it is: there is what is asked about most. */
function scaled({ from, to }: Span, factor: number): Span {
  return { from: Math.round(to - (to - from) * factor), to };
}

function clipped(span: Span, whole: Span): Span {
  return { from: Math.max(span.from, whole.from), to: Math.min(span.to, whole.to) };
}
