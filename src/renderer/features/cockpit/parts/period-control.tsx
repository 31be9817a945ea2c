/** The month and day that the cockpit shows; kept in the address. */
import { useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { addToMonth, monthOf, plainDay, type PlainDay, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { Period } from '../period.ts';

export function PeriodControl(props: { period: Period; today: PlainDay; firstDay: PlainDay }): ReactNode {
  const { period, today, firstDay } = props;
  const format = useFormat();
  const navigate = useNavigate();
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
      <span className="min-w-24 text-center text-sm font-medium">{format.month(period.month, 'long')}</span>
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
