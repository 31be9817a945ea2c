/** Asks for a passphrase that opens the database now, before a way to the key is added or removed. */
import { useState, type ReactNode } from 'react';
import { SecretField } from '../../../ui/text-field.tsx';
import { SaveRow } from './save-row.tsx';

export interface OpenFormProps {
  /** Why it is asked for. */
  says: string;
  label: string;
  busy: boolean;
  failure: string | null;
  /** False where the keychain answers without a question; the passphrase is then empty. */
  asks?: boolean;
  onSubmit: (passphrase: string) => void;
}

export function OpenForm({ says, label, busy, failure, asks = true, onSubmit }: OpenFormProps): ReactNode {
  const [passphrase, setPassphrase] = useState('');
  return (
    <form
      className="flex max-w-sm flex-col gap-3 pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!asks || passphrase !== '') onSubmit(passphrase);
      }}
    >
      <p className="text-xs text-pretty text-subtle">{says}</p>
      {asks && (
        <SecretField
          label="Passphrase that opens now"
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="current-password"
        />
      )}
      <SaveRow label={label} saving={busy} disabled={asks && passphrase === ''} failure={failure} />
    </form>
  );
}
