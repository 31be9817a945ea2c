/** Keys for everything that can be done from anywhere, from the same list as the menu and the palette. */
import type { ReactNode } from 'react';
import { ShortcutList } from '../../../ui/shortcut-list.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { Switch } from '../../../ui/toggle.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import { useSetting } from '../use-setting.ts';
import type { SectionProps } from './section.ts';

export function ShortcutsSection({ workspace, status }: SectionProps): ReactNode {
  const setting = useSetting('singleKeys', workspace);
  const desktop = status.host === 'electron';
  return (
    <>
      <Tile title="Single keys">
        <SettingRow id="singleKeys">
          <Switch
            label="Single-key shortcuts"
            hint="Keys such as G then C or ? act on their own. Switched off, only those with Ctrl or ⌘ do; lists keep theirs while they have the focus."
            checked={setting.value}
            onChange={setting.save}
          />
        </SettingRow>
      </Tile>
      <Tile title="All shortcuts">
        <div id="list">
          <ShortcutList singleKeys={workspace.singleKeys} desktop={desktop} />
        </div>
      </Tile>
    </>
  );
}
