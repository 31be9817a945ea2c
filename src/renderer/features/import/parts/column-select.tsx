/** A choice that fits into a row of a table. */
import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import type { Option } from '../../../ui/select.tsx';

export interface ColumnSelectProps<Value extends string> {
  /** Accessible name. */
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  /** Nothing is chosen: it stands back behind what is. */
  muted?: boolean;
  onChange: (value: Value) => void;
}

export function ColumnSelect<Value extends string>(props: ColumnSelectProps<Value>): ReactNode {
  const { label, options, value, muted = false, onChange } = props;
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        const option = options.find((candidate) => candidate.value === event.target.value);
        if (option !== undefined) onChange(option.value);
      }}
      className={classNames(
        'h-6 w-full truncate rounded-sm border border-control-line/60 bg-surface px-1 text-xs hover:border-control-line',
        muted ? 'text-muted' : 'text-ink',
      )}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
