/** Asks for a segment's name. */
import { useState, type ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';

export interface SegmentDialogProps {
  open: boolean;
  title: string;
  before: string;
  busy: boolean;
  error: string | undefined;
  onClose: () => void;
  onSave: (name: string) => void;
}

export function SegmentDialog({ open, title, before, busy, error, onClose, onSave }: SegmentDialogProps): ReactNode {
  const [name, setName] = useState(before);
  const typed = name.trim();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description="It can then be chosen wherever figures are filtered or broken down by segment."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== '') onSave(typed);
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={80}
          autoComplete="off"
          {...(error === undefined ? {} : { error })}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={busy} disabled={typed === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
