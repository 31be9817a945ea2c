/** Light, dark, or as the system says. */
import type { ReactNode } from 'react';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useSave } from '../use-save.ts';

export function Appearance({ workspace }: { workspace: Workspace }): ReactNode {
  const { save } = useSave();
  return (
    <Tile title="Appearance">
      <Segmented
        label="Theme"
        choices={[
          { value: 'system', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        value={workspace.theme}
        onChange={(theme) => save({ theme })}
      />
    </Tile>
  );
}
