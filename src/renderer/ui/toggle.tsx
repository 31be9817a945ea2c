/** Yes or no: a Checkbox inside a form, a Switch for what takes effect at once. */
import { Check } from 'lucide-react';
import { Checkbox as CheckboxPrimitive, Switch as SwitchPrimitive } from 'radix-ui';
import { useId, type ReactNode } from 'react';

export interface ToggleProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Checkbox({ label, hint, checked, onChange, disabled = false }: ToggleProps): ReactNode {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <CheckboxPrimitive.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-control-line bg-surface data-[state=checked]:border-ink data-[state=checked]:bg-ink disabled:opacity-45"
      >
        <CheckboxPrimitive.Indicator>
          <Check size={12} aria-hidden strokeWidth={3} className="text-on-ink" />
        </CheckboxPrimitive.Indicator>
      </CheckboxPrimitive.Root>
      <ToggleText id={id} label={label} hint={hint} />
    </div>
  );
}

export function Switch({ label, hint, checked, onChange, disabled = false }: ToggleProps): ReactNode {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <ToggleText id={id} label={label} hint={hint} />
      <SwitchPrimitive.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="forced-outline mt-0.5 ml-auto flex h-4 w-7 shrink-0 items-center rounded-full bg-control-line p-0.5 transition-colors duration-100 data-[state=checked]:bg-ink disabled:opacity-45"
      >
        <SwitchPrimitive.Thumb className="size-3 rounded-full bg-surface transition-transform duration-100 ease-calm data-[state=checked]:translate-x-3" />
      </SwitchPrimitive.Root>
    </div>
  );
}

function ToggleText({ id, label, hint }: { id: string; label: ReactNode; hint: ReactNode }): ReactNode {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-ink">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-xs text-pretty text-subtle">
          {hint}
        </p>
      )}
    </div>
  );
}
