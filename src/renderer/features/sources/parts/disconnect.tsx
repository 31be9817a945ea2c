/** Asks before a connection is cut, and whether its data goes with it. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';

export function Disconnect({ source, onClose }: { source: Source; onClose: () => void }): ReactNode {
  const { api } = useEngine();
  const toast = useToast();
  const [deleteData, setDeleteData] = useState(false);
  const disconnect = useMutation({
    ...api.sources.disconnect.mutationOptions(),
    onSuccess: () => {
      toast({
        text: deleteData ? `${source.name} and its data are gone.` : `${source.name} is disconnected; its data stays.`,
      });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Disconnect ${source.name}?`}
      description="The stored key is deleted. It also stays valid at the vendor until it is revoked there."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="danger"
            busy={disconnect.isPending}
            onClick={() => disconnect.mutate({ sourceId: source.sourceId, deleteData })}
          >
            {deleteData ? 'Disconnect and delete data' : 'Disconnect'}
          </Button>
        </>
      }
    >
      <Checkbox
        label="Also delete everything that was synced from it"
        hint="Figures that rest on this data change at once. A sync with a new key brings it back."
        checked={deleteData}
        onChange={setDeleteData}
      />
    </Dialog>
  );
}
