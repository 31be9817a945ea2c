/** Every shortcut there is, over the page. */
import type { ReactNode } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { ShortcutList } from '../../ui/shortcut-list.tsx';
import type { ActionContext } from './action-list.ts';

export interface ShortcutsSheetProps {
  open: boolean;
  onClose: () => void;
  context: Pick<ActionContext, 'singleKeys' | 'desktop'>;
}

export function ShortcutsSheet({ open, onClose, context }: ShortcutsSheetProps): ReactNode {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keyboard shortcuts"
      description={
        context.singleKeys
          ? 'Single keys can be switched off in Settings.'
          : 'Single keys are switched off in Settings. Those of a list, chart or grid act while it has the focus.'
      }
      className="w-[min(40rem,calc(100vw-2rem))]"
    >
      <ShortcutList singleKeys={context.singleKeys} desktop={context.desktop} />
    </Dialog>
  );
}
