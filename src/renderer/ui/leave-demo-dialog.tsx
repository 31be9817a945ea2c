/** The question before the demo is deleted. */
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface LeaveDemoDialogProps {
  open: boolean;
  busy: boolean;
  onLeave: () => void;
  onClose: () => void;
}

export function LeaveDemoDialog({ open, busy, onLeave, onClose }: LeaveDemoDialogProps): ReactNode {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Leave the demo company?"
      description="The demo’s database is deleted, with what was set and printed in it. The demo can be started again at any time."
      footer={
        <>
          <Button onClick={onClose}>Stay</Button>
          <Button kind="danger" busy={busy} onClick={onLeave}>
            Delete the demo
          </Button>
        </>
      }
    />
  );
}
