/** Which view is shown, the others, and what can be done with them. */
import { useNavigate } from '@tanstack/react-router';
import {
  ArrowDown,
  ArrowUp,
  ChevronDown,
  Copy,
  House,
  ListFilterPlus,
  ListOrdered,
  MonitorPlay,
  Pencil,
  Plus,
  Settings2,
  Trash2,
} from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { View } from '../../../../shared/contract/views.ts';
import { filtersSet, useFilters } from '../../../lib/address/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { filtersOf, type ViewActions } from './use-views.ts';

const ViewNameDialog = lazy(async () => ({ default: (await import('./view-name-dialog.tsx')).ViewNameDialog }));
const ViewOrderDialog = lazy(async () => ({ default: (await import('./view-order-dialog.tsx')).ViewOrderDialog }));
const KioskDialog = lazy(async () => ({ default: (await import('../kiosk/kiosk-dialog.tsx')).KioskDialog }));

/** Views that have a key of their own: 1 to 9. */
export const KEYED_VIEWS = 9;

type Asking = 'new' | 'rename' | 'copy' | 'kiosk' | 'order' | null;

export interface ViewMenuProps {
  view: View;
  all: readonly View[];
  actions: ViewActions;
  singleKeys: boolean;
}

export function ViewMenu({ view, all, actions, singleKeys }: ViewMenuProps): ReactNode {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Asking>(null);
  const filters = useFilters();
  const own = filtersOf(view);
  const differs =
    JSON.stringify(filtersSet(filters).map((name) => [name, filters[name]])) !==
    JSON.stringify(filtersSet(own).map((name) => [name, own[name]]));
  const views = all.map((known, index): MenuItem => ({
    id: `view-${known.viewId}`,
    label: known.name,
    checked: known.viewId === view.viewId,
    run: () => actions.show(known),
    ...(singleKeys && index < KEYED_VIEWS ? { shortcut: String(index + 1) } : {}),
  }));
  const place = all.findIndex(({ viewId }) => viewId === view.viewId);
  const arrange = (): void =>
    void navigate({
      to: '/',
      search: (known) => ({ ...known, view: view.viewId, arrange: 'yes' }),
      resetScroll: false,
    });
  return (
    <>
      <Menu
        trigger={
          <Button kind="ghost" size="md" aria-label={`View: ${view.name}`}>
            {view.name}
            <ChevronDown size={14} aria-hidden />
          </Button>
        }
        groups={[
          views,
          [
            {
              id: 'arrange',
              label: 'Arrange tiles',
              icon: Settings2,
              run: arrange,
              ...(singleKeys ? { shortcut: 'e' } : {}),
            },
            { id: 'new', label: 'Save as new view…', icon: Plus, run: () => setAsking('new') },
            {
              id: 'filters',
              label: 'Keep these filters in the view',
              icon: ListFilterPlus,
              disabled: !differs,
              run: () => actions.keepFilters(view),
            },
          ],
          [
            { id: 'rename', label: 'Rename…', icon: Pencil, run: () => setAsking('rename') },
            { id: 'copy', label: 'Duplicate…', icon: Copy, run: () => setAsking('copy') },
            {
              id: 'opens',
              label: 'Open the cockpit with it',
              icon: House,
              disabled: view.opens,
              run: () => actions.openWith(view),
            },
            {
              id: 'up',
              label: 'Move up',
              icon: ArrowUp,
              disabled: place <= 0,
              run: () => actions.move(view, all[place - 1] ?? null),
            },
            {
              id: 'down',
              label: 'Move down',
              icon: ArrowDown,
              disabled: place === all.length - 1,
              run: () => actions.move(view, all[place + 2] ?? null),
            },
            {
              id: 'order',
              label: 'Order of the views…',
              icon: ListOrdered,
              disabled: all.length < 2,
              run: () => setAsking('order'),
            },
            {
              id: 'remove',
              label: 'Delete',
              icon: Trash2,
              danger: true,
              disabled: all.length < 2,
              run: () => actions.remove(view),
            },
          ],
          [{ id: 'kiosk', label: 'Wall screen…', icon: MonitorPlay, run: () => setAsking('kiosk') }],
        ]}
      />
      <Suspense fallback={null}>
        {asking === 'kiosk' && <KioskDialog all={all} view={view} onClose={() => setAsking(null)} />}
        {asking === 'order' && <ViewOrderDialog all={all} onMove={actions.move} onClose={() => setAsking(null)} />}
        {(asking === 'new' || asking === 'rename' || asking === 'copy') && (
          <ViewNameDialog
            asking={asking}
            view={view}
            all={all}
            onClose={() => setAsking(null)}
            onName={(name) => {
              if (asking === 'rename') actions.rename(view, name);
              else actions.create(name, view);
              setAsking(null);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
