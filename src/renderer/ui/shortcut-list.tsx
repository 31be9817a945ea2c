/** Every shortcut there is, made from the list of actions and from the keys that places of the screen have. */
import type { ReactNode } from 'react';
import {
  ACTION_GROUPS,
  keysOf,
  OTHER_ACTIONS,
  PLACE_KEYS,
  ROOM_ACTIONS,
  type ActionText,
} from '../../shared/contract/actions.ts';
import { Kbd } from './kbd.tsx';

const ACTIONS: readonly ActionText[] = [...ROOM_ACTIONS, ...OTHER_ACTIONS];

export interface ShortcutListProps {
  /** Whether keys without Ctrl or ⌘ act from anywhere. */
  singleKeys: boolean;
  /** Whether this is the desktop app, which has some keys of its own. */
  desktop: boolean;
}

export function ShortcutList({ singleKeys, desktop }: ShortcutListProps): ReactNode {
  const groups = ACTION_GROUPS.map((title) => ({
    title,
    lines: ACTIONS.filter((action) => action.group === title).flatMap((action) =>
      keysOf(action, { singleKeys, desktop }).map((keys) => ({ keys, label: action.label })),
    ),
  }));
  return (
    <div className="columns-2 gap-8 max-[760px]:columns-1">
      {[...groups, ...PLACE_KEYS].map(({ title, lines }) =>
        lines.length === 0 ? null : (
          <section key={title} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-subtle">{title}</h3>
            <dl className="flex flex-col gap-1">
              {lines.map(({ keys, label }) => (
                <div key={`${label} ${keys}`} className="flex items-center justify-between gap-3">
                  <dt className="text-ink">{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ),
      )}
    </div>
  );
}
