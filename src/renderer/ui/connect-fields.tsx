/** The fields of a connection, in the vendor's own words. Secrets are never shown back. */
import type { ReactNode } from 'react';
import type { ConnectForm, Descriptor } from '../lib/engine/index.ts';
import { SecretField, TextField } from './text-field.tsx';

export interface ConnectFieldsProps {
  descriptor: Descriptor;
  form: ConnectForm;
  disabled?: boolean;
  /** Names of optional fields that stay in sight; the others are folded away. */
  inSight?: readonly string[];
}

export function ConnectFields({ descriptor, form, disabled = false, inSight = [] }: ConnectFieldsProps): ReactNode {
  const isShown = ({ required, name }: Descriptor['fields'][number]): boolean => required || inSight.includes(name);
  const shown = descriptor.fields.filter(isShown);
  const folded = descriptor.fields.filter((field) => !isShown(field));
  return (
    <div className="flex flex-col gap-3">
      {shown.map((field) => (
        <FieldOf key={field.name} field={field} form={form} disabled={disabled} />
      ))}
      {folded.length > 0 && (
        <details className="flex flex-col gap-3">
          <summary className="text-xs font-medium text-muted hover:text-ink">More settings</summary>
          <div className="mt-2 flex flex-col gap-3">
            {folded.map((field) => (
              <FieldOf key={field.name} field={field} form={form} disabled={disabled} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

function FieldOf(props: { field: Descriptor['fields'][number]; form: ConnectForm; disabled: boolean }): ReactNode {
  const { field, form, disabled } = props;
  const Control = field.secret ? SecretField : TextField;
  return (
    <Control
      label={field.label}
      value={form.values[field.name] ?? ''}
      onChange={(value) => form.set(field.name, value)}
      disabled={disabled}
      required={field.required}
      {...(field.help === null ? {} : { hint: field.help })}
      {...(field.placeholder === null ? {} : { placeholder: field.placeholder })}
    />
  );
}
