/** The day whose state is shown: by steps of months, or any day; with the way to what was reported of a closed month. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Lock } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { addToMonth, lastDayOf, monthOf, plainDay, type PlainDay } from '../../../shared/kernel/day.ts';
import { scopeOf, stretchOf, useFilterActions, useFilters } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** The first day of the company's history, and the present one. */
export interface KnownDays {
  readonly today: PlainDay;
  readonly firstDay: PlainDay;
}

export function AsOfControl({ known }: { known: KnownDays }): ReactNode {
  const { today, firstDay } = known;
  const format = useFormat();
  const filters = useFilters();
  const { set } = useFilterActions();
  const [open, setOpen] = useState(false);
  const { to: asOf } = scopeOf(filters, known, 'all');
  const month = monthOf(asOf);
  // A stretch of its own days ends before another day could be shown.
  const stretched = filters.period !== undefined && stretchOf(filters.period) !== null;
  const show = (day: PlainDay | undefined): void =>
    set({ asOf: day === today ? undefined : day, ...(stretched && { period: undefined }) });
  const step = (months: number): void => {
    const wanted = addToMonth(month, months);
    show(wanted >= monthOf(today) ? undefined : lastDayOf(wanted));
  };
  return (
    <div role="group" aria-label="As of" className="flex items-center">
      <IconButton
        icon={ChevronLeft}
        size="md"
        label="Month before"
        disabled={month <= monthOf(firstDay)}
        onClick={() => step(-1)}
      />
      <Popover
        label="As of day"
        open={open}
        onOpenChange={setOpen}
        className="w-60"
        trigger={
          <Button kind={asOf === today ? 'ghost' : 'secondary'} className="px-1.5!">
            {asOf === today ? `Today, ${format.day(today, 'short')}` : `As of ${format.day(asOf)}`}
          </Button>
        }
      >
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            setOpen(false);
          }}
        >
          <TextField
            type="date"
            label="As of day"
            hint="Figures stand as they were known of the end of this day."
            value={asOf}
            min={firstDay}
            max={today}
            onChange={(text) => {
              if (text >= firstDay && text <= today) show(plainDay(text));
            }}
          />
          <Button
            disabled={asOf === today}
            onClick={() => {
              show(undefined);
              setOpen(false);
            }}
          >
            Today
          </Button>
        </form>
      </Popover>
      <IconButton
        icon={ChevronRight}
        size="md"
        label="Month after"
        disabled={month >= monthOf(today)}
        onClick={() => step(1)}
      />
      <ClosedLink month={month} />
    </div>
  );
}

function ClosedLink({ month }: { month: ReturnType<typeof monthOf> }): ReactNode {
  const { api } = useEngine();
  const closing = useQuery(api.closing.list.queryOptions());
  const closed = closing.data?.months.some((each) => each.month === month && each.state === 'closed');
  if (closed !== true) return null;
  return (
    <Link
      to="/reconciliation"
      search={{ tab: 'months', month }}
      title="What is shown is what is known today; what was reported stands under Reconciliation"
      className="inline-flex h-7 items-center gap-1 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink"
    >
      <Lock size={12} aria-hidden />
      Closed
    </Link>
  );
}
