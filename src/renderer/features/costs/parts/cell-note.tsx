/** The note of the cell that one is in: read and written in a line below the grid. */
import { useState, type ReactNode } from 'react';
import type { Cost } from '../../../../shared/contract/costs.ts';
import { TextField } from '../../../ui/text-field.tsx';

const MOST_CHARACTERS = 500;

export interface CellNoteProps {
  /** «Marketing, ads, Mar 2026». */
  name: string;
  /** What stands in the cell; nothing to write a note on where nothing does. */
  cost: Cost | undefined;
  onKeep: (note: string | null) => void;
  /** Back to the grid. */
  onLeave: () => void;
}

/** Made anew for every cell (by its `key`), so that what was typed for one is never kept for another. */
export function CellNote({ name, cost, onKeep, onLeave }: CellNoteProps): ReactNode {
  const stored = cost?.note ?? '';
  const [typed, setTyped] = useState(stored);
  const keep = (): void => {
    const text = typed.trim();
    if (text !== stored) onKeep(text === '' ? null : text);
  };
  return (
    <div className="border-t border-line px-3 py-2">
      <TextField
        label={`Note on ${name}`}
        data-note
        value={typed}
        maxLength={MOST_CHARACTERS}
        disabled={cost === undefined}
        placeholder={cost === undefined ? 'Enter an amount first' : 'What was it for? Shift+F2 leads here'}
        onChange={setTyped}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(stored);
          if (event.key === 'Enter' || event.key === 'Escape') onLeave();
        }}
      />
    </div>
  );
}
