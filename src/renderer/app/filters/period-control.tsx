/** The stretch that is drawn: one of the usual ones, any from a day or month to another, or what each room usually shows. */
import { CalendarRange } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { monthOf } from '../../../shared/kernel/day.ts';
import {
  PERIODS,
  scopeOf,
  stretchOf,
  useFilterActions,
  useFilters,
  type Period,
  type Scope,
} from '../../lib/address/index.ts';
import type { Formatter } from '../../lib/format.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { KnownDays } from './as-of-control.tsx';

export function PeriodControl({ known }: { known: KnownDays }): ReactNode {
  const format = useFormat();
  const filters = useFilters();
  const { set } = useFilterActions();
  const [open, setOpen] = useState(false);
  const scope = scopeOf(filters, known, '12');
  const choose = (period: Period | undefined): void => {
    set({ period });
    setOpen(false);
  };
  return (
    <Popover
      label="Period of all rooms"
      open={open}
      onOpenChange={setOpen}
      className="w-88 max-w-[calc(100vw-1rem)]"
      trigger={
        <Button kind={filters.period === undefined ? 'ghost' : 'secondary'} icon={CalendarRange}>
          {filters.period === undefined ? 'Usual period' : wordsOf(filters.period, scope, format)}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div role="group" aria-label="Usual periods" className="grid grid-cols-4 gap-1">
          {PERIODS.map((period) => (
            <Button
              key={period}
              kind={filters.period === period ? 'primary' : 'secondary'}
              onClick={() => choose(period)}
            >
              {period === 'all' ? 'All' : format.count(Number(period), { one: 'month', other: 'months' })}
            </Button>
          ))}
          <Button kind={filters.period === undefined ? 'primary' : 'ghost'} onClick={() => choose(undefined)}>
            Usual
          </Button>
        </div>
        <p className="text-xs text-pretty text-subtle">
          “Usual” is what each room shows by itself. A period ends with the as-of day.
        </p>
        <FreeStretch key={filters.period} scope={scope} onChoose={choose} />
      </div>
    </Popover>
  );
}

function wordsOf(period: Period, { from, to }: Scope, format: Formatter): string {
  const stretch = stretchOf(period);
  if (period === 'all') return 'All time';
  if (stretch === null) return format.count(Number(period), { one: 'month', other: 'months' });
  return stretch.wholeMonths
    ? `${format.month(monthOf(from))} – ${format.month(monthOf(to))}`
    : `${format.day(from)} – ${format.day(to)}`;
}

interface FreeStretchProps {
  scope: Scope;
  onChoose: (period: Period) => void;
}

/** Takes effect with the button or Enter, so that a half-typed day draws nothing. */
function FreeStretch({ scope, onChoose }: FreeStretchProps): ReactNode {
  const [byMonth, setByMonth] = useState(stretchOf(scope.period)?.wholeMonths ?? false);
  const [from, setFrom] = useState<string>(scope.from);
  const [to, setTo] = useState<string>(scope.to);
  const length = byMonth ? MONTH_LENGTH : DAY_LENGTH;
  const [first, last] = [from.slice(0, length), to.slice(0, length)];
  const text = `${first}..${last}` as const;
  const known = stretchOf(text) !== null;
  const type = byMonth ? 'month' : 'date';
  const latest = scope.today.slice(0, length);
  // A typed month keeps a day, so that the ends can be said in days again.
  const put = (setEnd: (day: string) => void) => (typed: string) =>
    setEnd(byMonth && typed !== '' ? `${typed}-01` : typed);
  return (
    <form
      className="flex flex-col gap-3 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (known) onChoose(text);
      }}
    >
      <Segmented
        label="Ends are"
        choices={[
          { value: 'days', label: 'Days' },
          { value: 'months', label: 'Whole months' },
        ]}
        value={byMonth ? 'months' : 'days'}
        onChange={(ends) => setByMonth(ends === 'months')}
      />
      <div className="grid grid-cols-2 gap-2">
        <TextField type={type} label="From" value={first} max={latest} onChange={put(setFrom)} />
        <TextField
          type={type}
          label="To"
          value={last}
          max={latest}
          onChange={put(setTo)}
          {...(first > last && last !== '' ? { error: 'Before the start' } : {})}
        />
      </div>
      <Button kind="primary" type="submit" disabled={!known}>
        Show
      </Button>
    </form>
  );
}

/** Characters of a month and of a day as text. */
const MONTH_LENGTH = 7;
const DAY_LENGTH = 10;
