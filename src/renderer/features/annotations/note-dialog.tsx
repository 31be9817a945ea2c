/** Writes a note on a day, or changes one. */
import { useState, type FormEvent, type ReactNode } from 'react';
import { DaySchema } from '../../../shared/contract/scalars.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { NoteDraft } from './use-annotations.ts';

export interface NoteDialogProps {
  draft: NoteDraft;
  saving: boolean;
  /** The sentence of the engine's refusal. */
  error: string | undefined;
  onSave: (draft: NoteDraft) => void;
  onClose: () => void;
}

/** As the contract has it. */
const LONGEST = 200;

export function NoteDialog({ draft, saving, error, onSave, onClose }: NoteDialogProps): ReactNode {
  const [on, setOn] = useState<string>(draft.on);
  const [text, setText] = useState(draft.text);
  const [tried, setTried] = useState(false);
  const day = DaySchema.safeParse(on);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (text.trim() === '' || !day.success) return;
    onSave({ ...draft, on: day.data, text: text.trim() });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={draft.noteId === undefined ? 'Note on a day' : 'Change the note'}
      description="It stands as a mark on every chart over time, in their tables and in the CSV files saved from them."
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label="What happened"
          value={text}
          onChange={setText}
          maxLength={LONGEST}
          placeholder="New prices for all plans"
          {...(tried && text.trim() === ''
            ? { error: 'Write what happened in a few words.' }
            : error === undefined
              ? {}
              : { error })}
        />
        <TextField
          label="Day"
          type="date"
          value={on}
          onChange={setOn}
          {...(tried && !day.success ? { error: 'Choose a day.' } : {})}
        />
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={saving}>
            {draft.noteId === undefined ? 'Add note' : 'Save note'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
