/** The rooms of a narrow window: behind a button, over the page, gone when one is chosen. */
import { useLocation } from '@tanstack/react-router';
import { PanelLeft } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { ModalSurface } from '../../ui/dialog.tsx';
import type { ActionContext } from '../actions/action-list.ts';
import { RoomsNav } from './sidebar.tsx';

export function RoomsDrawer({ context }: { context: ActionContext }): ReactNode {
  const path = useLocation({ select: (location) => location.pathname });
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const close = (): void => setOpenedOn(null);
  return (
    <div className="-ml-2 min-[760px]:hidden">
      <IconButton icon={PanelLeft} size="md" label="Rooms" onClick={() => setOpenedOn(path)} />
      <ModalSurface
        open={openedOn === path}
        onClose={close}
        label="Rooms"
        className="m-0 h-dvh max-h-dvh w-60 overflow-y-auto"
      >
        <RoomsNav
          context={{
            ...context,
            openPalette: () => {
              close();
              context.openPalette();
            },
          }}
          onChosen={close}
          className="min-h-full w-full"
        />
      </ModalSurface>
    </div>
  );
}
