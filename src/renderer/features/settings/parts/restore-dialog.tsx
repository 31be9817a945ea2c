/** Asks for the passphrase and puts a backup in the database's place. */
import type { ReactNode } from 'react';
import type { Backup, SessionStatus } from '../../../../shared/contract/session.ts';
import { useRestore } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { RestoreForm } from '../../../ui/restore-form.tsx';

export interface RestoreDialogProps {
  backup: Backup;
  status: SessionStatus;
  onClose: () => void;
}

export function RestoreDialog({ backup, status, onClose }: RestoreDialogProps): ReactNode {
  const format = useFormat();
  const restore = useRestore(onClose);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Restore the backup of ${format.instant(backup.madeAt)}?`}
      description="Everything goes back to that moment; the next sync brings what came since. The database of now is kept aside until the next restore."
    >
      <RestoreForm
        status={status}
        busy={restore.busy}
        failure={restore.failure}
        onRestore={(passphrase) => restore.start(backup.file, passphrase)}
        onCancel={onClose}
      />
    </Dialog>
  );
}
