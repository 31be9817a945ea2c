/** The month whose movements, parts or cash are shown. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { addToMonth, monthOf, type PlainDay } from '../../../../shared/kernel/day.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { IconButton } from '../../../ui/button.tsx';
import type { ControlsProps } from './controls.tsx';

export function MonthControl({ choice, onChange, firstDay }: ControlsProps & { firstDay: PlainDay }): ReactNode {
  const format = useFormat();
  const step = (months: number): void => {
    const month = addToMonth(choice.month, months);
    onChange({ month: month === monthOf(choice.to) ? undefined : month });
  };
  return (
    <div role="group" aria-label="Month" className="flex items-center gap-1">
      <IconButton
        icon={ChevronLeft}
        size="md"
        label="Month before"
        disabled={choice.month <= monthOf(firstDay)}
        onClick={() => step(-1)}
      />
      <span className="min-w-28 text-center text-sm font-medium">{format.month(choice.month, 'long')}</span>
      <IconButton
        icon={ChevronRight}
        size="md"
        label="Month after"
        disabled={choice.month >= monthOf(choice.to)}
        onClick={() => step(1)}
      />
    </div>
  );
}
