/** The month and day that the cockpit shows; kept in the address. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { addToMonth, monthOf, plainDay, type PlainDay, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { Period } from '../period.ts';

export function PeriodControl(props: { period: Period; today: PlainDay; firstDay: PlainDay }): ReactNode {
  const { period, today, firstDay } = props;
  const format = useFormat();
  const navigate = useNavigate();
  const { api } = useEngine();
  const closing = useQuery(api.closing.list.queryOptions());
  const isClosed = closing.data?.months.some(({ month, state }) => month === period.month && state === 'closed');
  const show = (search: { asOf?: PlainDay; month?: PlainMonth }): void =>
    void navigate({
      to: '/',
      search: (known) => ({ ...known, asOf: search.asOf, month: search.month }),
      resetScroll: false,
    });
  const step = (months: number): void => {
    const month = addToMonth(period.month, months);
    show(month === monthOf(today) ? {} : { month });
  };
  return (
    <div role="group" aria-label="Period" className="flex items-center gap-1">
      {!period.isToday && (
        <Button size="sm" kind="ghost" onClick={() => show({})}>
          Today
        </Button>
      )}
      <IconButton
        icon={ChevronLeft}
        size="md"
        label="Month before"
        disabled={period.month <= monthOf(firstDay)}
        onClick={() => step(-1)}
      />
      <span className="flex min-w-24 items-center justify-center gap-1 text-sm font-medium">
        {format.month(period.month, 'long')}
        {isClosed && <Lock size={12} aria-label="closed" className="text-subtle" />}
      </span>
      <IconButton
        icon={ChevronRight}
        size="md"
        label="Month after"
        disabled={period.month >= monthOf(today)}
        onClick={() => step(1)}
      />
      <span className="ml-2 flex items-center gap-1.5 text-xs text-subtle">
        as of
        <TextField
          type="date"
          label="As of day"
          labelHidden
          value={period.asOf}
          min={firstDay}
          max={today}
          className="h-7!"
          onChange={(text) => {
            if (text !== '') show({ asOf: plainDay(text) });
          }}
        />
      </span>
    </div>
  );
}
