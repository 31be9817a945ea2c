/** The fields of a connection, in the vendor's own words. Secrets are never shown back. */
import type { ReactNode } from 'react';
import type { ConnectForm, Descriptor } from '../lib/engine/index.ts';
import { SecretField, TextField } from './text-field.tsx';

export interface ConnectFieldsProps {
  descriptor: Descriptor;
  form: ConnectForm;
  /** Optional fields stay folded away unless asked for. */
  disabled?: boolean;
}

export function ConnectFields({ descriptor, form, disabled = false }: ConnectFieldsProps): ReactNode {
  const required = descriptor.fields.filter((field) => field.required);
  const optional = descriptor.fields.filter((field) => !field.required);
  return (
    <div className="flex flex-col gap-3">
      {required.map((field) => (
        <FieldOf key={field.name} field={field} form={form} disabled={disabled} />
      ))}
      {optional.length > 0 && (
        <details className="flex flex-col gap-3">
          <summary className="text-xs font-medium text-muted hover:text-ink">More settings</summary>
          <div className="mt-2 flex flex-col gap-3">
            {optional.map((field) => (
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
