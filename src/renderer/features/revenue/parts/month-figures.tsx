/** Figures of the chosen month beside those of the month before. */
import type { ReactNode } from 'react';
import { addMonths, addToMonth, lastDayOf } from '../../../../shared/kernel/day.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Choice } from '../choice.ts';
import { useSnapshot } from '../use-revenue.ts';
import { Figure, type FigureView } from './figure.tsx';

export type Snapshot = ReturnType<typeof useSnapshot>['data'];

export interface MonthFiguresProps {
  label: string;
  figures: readonly FigureView[];
  choice: Choice;
  /** Columns of the grid. */
  className: string;
  /** A line below a figure, or nothing. */
  noteOf?: (view: FigureView, snapshot: Snapshot) => string | undefined;
}

/** A month that is not over meets as many days of the month before. */
export function MonthFigures({ label, figures, choice, className, noteOf }: MonthFiguresProps): ReactNode {
  const format = useFormat();
  const running = choice.monthTo < lastDayOf(choice.month);
  const before = addToMonth(choice.month, -1);
  const current = useSnapshot(running ? { asOf: choice.monthTo } : { month: choice.month }, choice.askedAtRates);
  const previous = useSnapshot(
    running ? { asOf: addMonths(choice.monthTo, -1) } : { month: before },
    choice.askedAtRates,
  );
  const against = running ? `same days of ${format.month(before)}` : format.month(before);
  return (
    <section aria-label={label} className={className}>
      {figures.map((view) => (
        <Figure
          key={view.metric}
          view={view}
          current={current}
          previous={previous}
          against={against}
          from={choice.monthFrom}
          to={choice.monthTo}
          note={noteOf?.(view, current.data)}
        />
      ))}
    </section>
  );
}
