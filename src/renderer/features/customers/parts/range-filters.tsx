/** Ranges of amounts and days: how much a customer pays, since when, and when it left. */
import { SlidersHorizontal, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { CustomersSearch } from '../../../lib/address/index.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { dayEnds, majorEnds, minorText, stretchText } from '../filter.ts';

type Ranges = Pick<CustomersSearch, 'mrr' | 'firstPaid' | 'churned'>;

export interface RangeFiltersProps {
  ranges: Ranges;
  currency: CurrencyCode;
  onChange: (ranges: Partial<Ranges>) => void;
}

export function RangeFilters({ ranges, currency, onChange }: RangeFiltersProps): ReactNode {
  const mrr = majorEnds(ranges.mrr, currency);
  const parts = [
    { name: 'mrr', label: `MRR in ${currency}`, ends: mrr },
    { name: 'firstPaid', label: 'First paid', ends: dayEnds(ranges.firstPaid) },
    { name: 'churned', label: 'Churned', ends: dayEnds(ranges.churned) },
  ] as const;
  return (
    <>
      {parts.map(
        ({ name, label, ends }) =>
          (ends.from !== '' || ends.to !== '') && (
            <span
              key={name}
              className="inline-flex h-7 items-center rounded-md border border-line-strong bg-surface pr-0.5 pl-2 text-sm shadow-raised"
            >
              <span className="text-muted">{label}</span>&nbsp;{wordsOf(ends)}
              <IconButton
                icon={X}
                label={`Remove the filter ${label}`}
                onClick={() => onChange({ [name]: undefined })}
              />
            </span>
          ),
      )}
      <Popover
        label="Amounts and dates"
        trigger={
          <Button kind="ghost" icon={SlidersHorizontal}>
            Amounts and dates
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <RangeFields
            key={`mrr ${ranges.mrr ?? ''}`}
            label={`MRR in ${currency}`}
            type="number"
            ends={mrr}
            onChange={(from, to) => onChange({ mrr: stretchText(minorText(from, currency), minorText(to, currency)) })}
          />
          <RangeFields
            key={`firstPaid ${ranges.firstPaid ?? ''}`}
            label="First paid"
            type="date"
            ends={dayEnds(ranges.firstPaid)}
            onChange={(from, to) => onChange({ firstPaid: stretchText(from, to) })}
          />
          <RangeFields
            key={`churned ${ranges.churned ?? ''}`}
            label="Churned"
            type="date"
            ends={dayEnds(ranges.churned)}
            onChange={(from, to) => onChange({ churned: stretchText(from, to) })}
          />
        </div>
      </Popover>
    </>
  );
}

function wordsOf({ from, to }: { from: string; to: string }): string {
  if (from === '') return `up to ${to}`;
  return to === '' ? `from ${from}` : `${from} to ${to}`;
}

interface RangeFieldsProps {
  label: string;
  type: 'number' | 'date';
  ends: { from: string; to: string };
  onChange: (from: string, to: string) => void;
}

/** Takes effect when a field is left or Enter is pressed, so that a half-typed amount filters nothing. */
function RangeFields({ label, type, ends, onChange }: RangeFieldsProps): ReactNode {
  const [from, setFrom] = useState(ends.from);
  const [to, setTo] = useState(ends.to);
  const commit = () => {
    if (from !== ends.from || to !== ends.to) onChange(from, to);
  };
  return (
    <form
      className="grid grid-cols-2 gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <TextField
        type={type}
        label={`${label} from`}
        value={from}
        onChange={setFrom}
        onBlur={commit}
        min={type === 'number' ? 0 : undefined}
      />
      <TextField
        type={type}
        label="to"
        aria-label={`${label} to`}
        value={to}
        onChange={setTo}
        onBlur={commit}
        min={type === 'number' ? 0 : undefined}
      />
      <button type="submit" hidden>
        Apply
      </button>
    </form>
  );
}
