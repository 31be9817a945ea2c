/** What every form control has around it: its name, a hint, and the error that belongs to it. */
import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';

export interface FieldProps {
  label: string;
  /** What to enter and where to find it. */
  hint?: ReactNode;
  /** A sentence that says what is wrong and what to do. */
  error?: string;
  /** Hides the label from sight where the surroundings say it already; it stays for screen readers. */
  labelHidden?: boolean;
}

export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** The control is drawn by `children`, with the ids that tie it to its texts. */
export function Field(props: FieldProps & { children: (ids: ControlIds) => ReactNode }): ReactNode {
  const { label, hint, error, labelHidden = false, children } = props;
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint !== undefined && hintId, error !== undefined && errorId].filter(Boolean).join(' ');
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-xs font-medium text-muted'}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hint !== undefined && (
        <p id={hintId} className="text-xs text-pretty text-subtle">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={errorId} role="alert" className="flex items-start gap-1 text-xs text-loss">
          <CircleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

/** The looks of all boxes one can type into or choose from. */
export const CONTROL =
  'h-8 w-full min-w-0 rounded-md border border-control-line/60 bg-surface px-2.5 text-sm text-ink shadow-raised ' +
  'hover:border-control-line aria-invalid:border-loss disabled:bg-sunken disabled:text-subtle';
