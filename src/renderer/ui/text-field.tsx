/** Text, and secrets that are entered once and never shown again. */
import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { IconButton } from './button.tsx';
import { CONTROL, Field, type FieldProps } from './field.tsx';

type InputProps = Omit<ComponentProps<'input'>, 'id' | 'onChange' | 'value' | 'type'>;

export interface TextFieldProps extends FieldProps, InputProps {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'search' | 'email' | 'url' | 'date' | 'month' | 'time' | 'number';
}

export function TextField(props: TextFieldProps): ReactNode {
  const { label, hint, error, labelHidden, value, onChange, type = 'text', className, ...rest } = props;
  return (
    <Field {...fieldProps({ label, hint, error, labelHidden })}>
      {(ids) => (
        <input
          {...rest}
          {...ids}
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={classNames(CONTROL, className)}
        />
      )}
    </Field>
  );
}

export type SecretFieldProps = FieldProps & InputProps & { value: string; onChange: (value: string) => void };

/** A key or passphrase: hidden by default, kept away from spell checkers and autofill. */
export function SecretField(props: SecretFieldProps): ReactNode {
  const { label, hint, error, labelHidden, value, onChange, className, ...rest } = props;
  const [shown, setShown] = useState(false);
  return (
    <Field {...fieldProps({ label, hint, error, labelHidden })}>
      {(ids) => (
        <div className="relative flex items-center">
          <input
            autoComplete="off"
            {...rest}
            {...ids}
            type={shown ? 'text' : 'password'}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            spellCheck={false}
            className={classNames(CONTROL, 'pr-9 font-mono', className)}
          />
          <span className="absolute right-1">
            <IconButton
              icon={shown ? EyeOff : Eye}
              label={shown ? `Hide ${label}` : `Show ${label}`}
              onClick={() => setShown(!shown)}
            />
          </span>
        </div>
      )}
    </Field>
  );
}

interface LooseFieldProps {
  label: string;
  hint: ReactNode;
  error: string | undefined;
  labelHidden: boolean | undefined;
}

/** Leaves out what is undefined, as exact optional properties ask. */
export function fieldProps({ label, hint, error, labelHidden }: LooseFieldProps): FieldProps {
  return {
    label,
    ...(hint === undefined ? {} : { hint }),
    ...(error === undefined ? {} : { error }),
    ...(labelHidden === undefined ? {} : { labelHidden }),
  };
}
