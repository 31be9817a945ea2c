/** A new passphrase, entered twice; with the current one where it replaces it. */
import { useState, type ReactNode } from 'react';
import { PassphraseSchema } from '../../../../shared/contract/session.ts';
import { SecretField } from '../../../ui/text-field.tsx';
import { SaveRow } from './save-row.tsx';

export interface PassphraseFormProps {
  needsCurrent: boolean;
  busy: boolean;
  failure: string | null;
  onSubmit: (passphrases: { current: string; next: string }) => void;
}

export function PassphraseForm({ needsCurrent, busy, failure, onSubmit }: PassphraseFormProps): ReactNode {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const short = next !== '' && !PassphraseSchema.safeParse(next).success;
  const differs = again !== '' && again !== next;
  const ready = PassphraseSchema.safeParse(next).success && again === next && (!needsCurrent || current !== '');
  return (
    <form
      className="flex max-w-sm flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit({ current, next });
      }}
    >
      {needsCurrent && (
        <SecretField label="Current passphrase" value={current} onChange={setCurrent} autoComplete="current-password" />
      )}
      <SecretField
        label="New passphrase"
        hint="At least 12 characters. A few random words are easy to keep."
        value={next}
        onChange={setNext}
        autoComplete="new-password"
        {...(short ? { error: 'It has fewer than 12 characters.' } : {})}
      />
      <SecretField
        label="New passphrase again"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        {...(differs ? { error: 'The two are not the same.' } : {})}
      />
      <SaveRow label="Save passphrase" saving={busy} disabled={!ready} failure={failure} />
    </form>
  );
}
