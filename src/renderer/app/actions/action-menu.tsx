/** The menu of the frame, made from the list of actions. */
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { ActionText } from '../../../shared/contract/actions.ts';
import { ACTIONS, available, shortcutOf, type ActionContext } from './action-list.ts';

const GROUPS: readonly ActionText['group'][] = ['Do', 'Look', 'Help'];

export function ActionMenu({ context }: { context: ActionContext }): ReactNode {
  const actions = available(ACTIONS, context);
  const groups = GROUPS.map((group) =>
    actions
      .filter((action) => action.group === group)
      .map((action) => ({
        id: action.id,
        label: action.label,
        icon: action.icon,
        run: () => action.run(context),
        ...shortcutOf(action, context),
      })),
  );
  return <Menu trigger={<IconButton icon={Ellipsis} size="md" label="More actions" />} groups={groups} />;
}
