/** Whether single keys act: they are quick for hands, and in the way of speech input. */
import type { ReactNode } from 'react';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { Tile } from '../../../ui/tile.tsx';
import { Switch } from '../../../ui/toggle.tsx';
import { useSave } from '../use-save.ts';

export function Keyboard({ workspace }: { workspace: Workspace }): ReactNode {
  const { save } = useSave();
  return (
    <Tile title="Keyboard">
      <Switch
        label="Single-key shortcuts"
        hint="Keys such as G then C or ? act on their own. Switched off, only those with Ctrl or ⌘ do; lists keep theirs while they have the focus."
        checked={workspace.singleKeys}
        onChange={(singleKeys) => save({ singleKeys })}
      />
    </Tile>
  );
}
