/** Where revenue stands and how it got there. */
import type { ReactNode } from 'react';
import { addMonths, firstDayOf, monthOf } from '../../../../shared/kernel/day.ts';
import { partOf, useFilters, WholeCompany } from '../../../lib/address/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useSnapshot } from '../use-revenue.ts';
import { Composition, MonthlyMovements } from './composition.tsx';
import { Controls } from './controls.tsx';
import type { ControlsProps } from './controls-props.ts';
import { Figure, type FigureView } from './figure.tsx';
import { MrrOverTime } from './mrr-over-time.tsx';
import { DiscountNote, PolicyNote } from './side-notes.tsx';

const FIGURES: readonly FigureView[] = [
  { metric: 'mrr', label: 'MRR', kind: 'money', good: 'up', flow: false },
  { metric: 'arr', label: 'ARR', kind: 'money', good: 'up', flow: false },
  { metric: 'cmrr', label: 'Committed MRR', kind: 'money', good: 'up', flow: false },
  { metric: 'pastDueMrr', label: 'Of which past due', kind: 'money', good: 'down', flow: false },
  { metric: 'netRevenue', label: 'Net revenue', kind: 'money', good: 'up', flow: true },
  { metric: 'netCash', label: 'Net cash', kind: 'money', good: 'up', flow: true },
];

export function CourseView({ choice, onChange }: ControlsProps): ReactNode {
  const { slice } = partOf(useFilters());
  const format = useFormat();
  const before = addMonths(choice.to, -1);
  const current = useSnapshot({ asOf: choice.to }, choice.askedAtRates);
  const previous = useSnapshot({ asOf: before }, choice.askedAtRates);
  return (
    <div className="flex flex-col gap-4">
      {choice.to < choice.today && <p className="-mb-2 text-xs text-subtle">Figures as of {format.day(choice.to)}</p>}
      <section
        aria-label={choice.to < choice.today ? `Revenue on ${format.day(choice.to)}` : 'Revenue today'}
        className="grid grid-cols-3 gap-2 max-[760px]:grid-cols-2 min-[1180px]:grid-cols-6"
      >
        {FIGURES.map((view) => (
          <Figure
            key={view.metric}
            view={view}
            current={current}
            previous={previous}
            against={format.day(before, 'short')}
            from={firstDayOf(monthOf(choice.to))}
            to={choice.to}
          />
        ))}
      </section>
      <Controls choice={choice} onChange={onChange} />
      <MrrOverTime choice={choice} />
      <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
        <MonthlyMovements choice={choice} />
        <Composition choice={choice} />
        <WholeCompany value={slice === undefined}>
          <DiscountNote />
        </WholeCompany>
        <PolicyNote />
      </div>
    </div>
  );
}
