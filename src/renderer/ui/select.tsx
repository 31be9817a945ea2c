/** One choice of many: the platform's own select in our clothes, with its keyboard and its list that no window edge cuts. */
import { ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { CONTROL, Field, type FieldProps } from './field.tsx';
import { fieldProps } from './text-field.tsx';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> extends FieldProps {
  options: readonly Option<Value>[];
  /** Null shows the placeholder. */
  value: Value | null;
  onChange: (value: Value) => void;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>): ReactNode {
  const { label, hint, error, labelHidden, options, value, onChange, placeholder, disabled, className } = props;
  const choose = (chosen: string): void => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <Field {...fieldProps({ label, hint, error, labelHidden })}>
      {(ids) => (
        <div className={classNames('relative flex items-center', className)}>
          <select
            {...ids}
            value={value ?? ''}
            disabled={disabled}
            onChange={(event) => choose(event.target.value)}
            className={classNames(CONTROL, 'select truncate pr-7')}
          >
            {value === null && (
              <option value="" disabled>
                {placeholder ?? 'Choose…'}
              </option>
            )}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronsUpDown size={13} aria-hidden className="pointer-events-none absolute right-2 text-subtle" />
        </div>
      )}
    </Field>
  );
}
