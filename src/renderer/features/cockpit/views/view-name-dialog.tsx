/** Asks for the name of a view that is saved, copied or renamed. */
import { useState, type ReactNode } from 'react';
import type { View } from '../../../../shared/contract/views.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';

export interface ViewNameDialogProps {
  asking: 'new' | 'rename' | 'copy';
  view: View;
  all: readonly View[];
  onName: (name: string) => void;
  onClose: () => void;
}

const TITLES = { new: 'Save as new view', rename: 'Rename the view', copy: 'Duplicate the view' };
const MOST_LETTERS = 60;

export function ViewNameDialog({ asking, view, all, onName, onClose }: ViewNameDialogProps): ReactNode {
  const [name, setName] = useState(asking === 'rename' ? view.name : asking === 'copy' ? freeName(view.name, all) : '');
  const wanted = name.trim();
  const others = asking === 'rename' ? all.filter(({ viewId }) => viewId !== view.viewId) : all;
  const taken = others.some((known) => known.name.toLowerCase() === wanted.toLowerCase());
  const problem = taken ? `There is a view “${wanted}” already` : undefined;
  const isFit = wanted !== '' && wanted.length <= MOST_LETTERS && !taken;
  return (
    <Dialog
      open
      onClose={onClose}
      title={TITLES[asking]}
      description={asking === 'rename' ? undefined : 'It keeps the tiles as they stand, and the filters that are set.'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!isFit} onClick={() => onName(wanted)}>
            {asking === 'rename' ? 'Rename' : 'Save view'}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isFit) onName(wanted);
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={MOST_LETTERS}
          {...(problem === undefined ? {} : { error: problem })}
        />
      </form>
    </Dialog>
  );
}

/** @example freeName('Board', [board]) // 'Board 2' */
function freeName(name: string, all: readonly View[]): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name} ${number}`;
    if (!all.some((known) => known.name.toLowerCase() === candidate.toLowerCase())) return candidate;
  }
}
