/** Keys for everything that can be done from anywhere, from the same list as the menu and the palette. */
import type { ReactNode } from 'react';
import {
  ACTION_GROUPS,
  isSingleKey,
  OTHER_ACTIONS,
  ROOM_ACTIONS,
  type ActionText,
} from '../../../../shared/contract/actions.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { Switch } from '../../../ui/toggle.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import { useSetting } from '../use-setting.ts';
import type { SectionProps } from './section.ts';

const ACTIONS: readonly ActionText[] = [...ROOM_ACTIONS, ...OTHER_ACTIONS];

export function ShortcutsSection({ workspace, status }: SectionProps): ReactNode {
  const setting = useSetting('singleKeys', workspace);
  const desktop = status.host === 'electron';
  const keysOf = ({ keys, desktopKeys }: ActionText): string[] =>
    [desktop ? desktopKeys : undefined, keys].flatMap((known) =>
      known === undefined || (isSingleKey(known) && !workspace.singleKeys) ? [] : [known],
    );
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
        <div id="list" className="columns-2 gap-8 max-[760px]:columns-1">
          {ACTION_GROUPS.map((group) => {
            const lines = ACTIONS.filter((action) => action.group === group).flatMap((action) =>
              keysOf(action).map((keys) => ({ keys, label: action.label })),
            );
            if (lines.length === 0) return null;
            return (
              <section key={group} className="mb-4 break-inside-avoid">
                <h3 className="mb-1 text-xs font-medium text-subtle">{group}</h3>
                <dl className="flex flex-col gap-1">
                  {lines.map(({ keys, label }) => (
                    <div key={`${label} ${keys}`} className="flex items-center justify-between gap-3">
                      <dt>{label}</dt>
                      <dd>
                        <Kbd keys={keys} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            );
          })}
        </div>
      </Tile>
    </>
  );
}
