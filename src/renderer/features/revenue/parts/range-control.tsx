/** The stretch that is drawn: one of the usual ones, or any from a day or month to another. */
import { CalendarRange, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { monthOf } from '../../../../shared/kernel/day.ts';
import { stretchOf, type StretchText } from '../../../lib/address/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { Choice } from '../choice.ts';
import type { ControlsProps } from './controls-props.ts';

const RANGES = [
  { value: '6', label: '6 months' },
  { value: '12', label: '12 months' },
  { value: '24', label: '24 months' },
  { value: '36', label: '36 months' },
  { value: 'all', label: 'All' },
] as const;

export function RangeControl({ choice, onChange }: ControlsProps): ReactNode {
  const [open, setOpen] = useState(false);
  const format = useFormat();
  const stretch = stretchOf(choice.range);
  const words =
    stretch === null
      ? 'From – to'
      : stretch.wholeMonths
        ? `${format.month(monthOf(choice.from))} – ${format.month(monthOf(choice.to))}`
        : `${format.day(choice.from)} – ${format.day(choice.to)}`;
  return (
    <div role="group" aria-label="Stretch" className="flex items-center gap-1">
      <Segmented
        label="Range"
        className="self-center!"
        choices={RANGES}
        value={choice.range}
        onChange={(range) => onChange({ range })}
      />
      <Popover
        label="Range from and to"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button kind={stretch === null ? 'ghost' : 'secondary'} icon={CalendarRange}>
            {words}
          </Button>
        }
      >
        <FreeRange
          key={choice.range}
          choice={choice}
          onChoose={(range) => {
            setOpen(false);
            onChange({ range });
          }}
        />
      </Popover>
      {stretch !== null && (
        <IconButton icon={X} label="Remove the range" onClick={() => onChange({ range: undefined })} />
      )}
    </div>
  );
}

interface FreeRangeProps {
  choice: Choice;
  onChoose: (range: StretchText) => void;
}

/** Takes effect with the button or Enter, so that a half-typed day draws nothing. */
function FreeRange({ choice, onChoose }: FreeRangeProps): ReactNode {
  const [byMonth, setByMonth] = useState(stretchOf(choice.range)?.wholeMonths ?? false);
  const [from, setFrom] = useState<string>(choice.from);
  const [to, setTo] = useState<string>(choice.to);
  const length = byMonth ? MONTH_LENGTH : DAY_LENGTH;
  const [first, last] = [from.slice(0, length), to.slice(0, length)];
  const text: StretchText = `${first}..${last}`;
  const known = stretchOf(text) !== null;
  const type = byMonth ? 'month' : 'date';
  const latest = choice.today.slice(0, length);
  // A typed month keeps a day, so that the ends can be said in days again.
  const put = (setEnd: (day: string) => void) => (typed: string) =>
    setEnd(byMonth && typed !== '' ? `${typed}-01` : typed);
  return (
    <form
      className="flex flex-col gap-3"
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
