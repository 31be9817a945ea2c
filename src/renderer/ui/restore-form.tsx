/** A backup is opened by the same key as the database: the keychain's, or a passphrase. */
import { useState, type ReactNode } from 'react';
import type { SessionStatus } from '../../shared/contract/session.ts';
import { Button } from './button.tsx';
import { SecretField } from './text-field.tsx';

export interface RestoreFormProps {
  status: Pick<SessionStatus, 'protections' | 'keychainAvailable'>;
  busy: boolean;
  failure: string | null;
  /** Null: the keychain. */
  onRestore: (passphrase: string | null) => void;
  onCancel: () => void;
}

export function RestoreForm({ status, busy, failure, onRestore, onCancel }: RestoreFormProps): ReactNode {
  const [passphrase, setPassphrase] = useState('');
  const byKeychain = status.protections.includes('keychain') && status.keychainAvailable;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onRestore(passphrase === '' ? null : passphrase);
      }}
    >
      <SecretField
        label={byKeychain ? 'Passphrase (empty: the system’s keychain)' : 'Passphrase'}
        value={passphrase}
        onChange={setPassphrase}
        autoComplete="current-password"
        autoFocus
        {...(failure === null ? {} : { error: failure })}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" kind="danger" busy={busy} disabled={passphrase === '' && !byKeychain}>
          Restore
        </Button>
      </div>
    </form>
  );
}
