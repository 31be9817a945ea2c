/** The month whose movements, parts or cash are shown, and whether it is closed. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { addToMonth, monthOf, type PlainDay } from '../../../../shared/kernel/day.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { IconButton } from '../../../ui/button.tsx';
import type { ControlsProps } from './controls-props.ts';

export function MonthControl({ choice, onChange, firstDay }: ControlsProps & { firstDay: PlainDay }): ReactNode {
  const format = useFormat();
  const { api } = useEngine();
  const closing = useQuery(api.closing.list.queryOptions());
  const isClosed =
    closing.data?.months.some(({ month, state }) => month === choice.month && state === 'closed') === true;
  const step = (months: number): void => {
    const month = addToMonth(choice.month, months);
    onChange({ month: month === monthOf(choice.today) ? undefined : month });
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
        disabled={choice.month >= monthOf(choice.today)}
        onClick={() => step(1)}
      />
      {isClosed && (
        <Link
          to="/reconciliation"
          search={{ tab: 'months', month: choice.month }}
          title="What is shown is what is known today; what was reported stands under Reconciliation"
          className="inline-flex h-7 items-center gap-1 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink"
        >
          <Lock size={12} aria-hidden />
          Closed
        </Link>
      )}
    </div>
  );
}
