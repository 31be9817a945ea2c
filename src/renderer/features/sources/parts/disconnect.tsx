/** Asks before a connection is cut, and whether its data goes with it: counted first. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Holdings } from '../../../../shared/contract/source-upkeep.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';
import { kindText } from '../words.ts';

export function Disconnect({ source, onClose }: { source: Source; onClose: () => void }): ReactNode {
  const { api } = useEngine();
  const toast = useToast();
  const { sourceId } = source;
  const isCut = source.state === 'disconnected';
  const [deleteData, setDeleteData] = useState(isCut);
  const undo = useMutation(api.sources.undoDisconnect.mutationOptions());
  const disconnect = useMutation({
    ...api.sources.disconnect.mutationOptions(),
    onSuccess: () => {
      if (deleteData) toast({ text: `${source.name} and its data are gone.` });
      else
        toast({
          text: `${source.name} is disconnected; its data stays.`,
          undo: () => undo.mutate({ sourceId }),
        });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={isCut ? `Delete the data of ${source.name}?` : `Disconnect ${source.name}?`}
      description={
        isCut
          ? 'It is disconnected already; what was read from it still counts.'
          : 'The stored key is deleted. It also stays valid at the vendor until it is revoked there.'
      }
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button kind="danger" busy={disconnect.isPending} onClick={() => disconnect.mutate({ sourceId, deleteData })}>
            {isCut ? 'Delete data' : deleteData ? 'Disconnect and delete data' : 'Disconnect'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {!isCut && (
          <Checkbox
            label="Also delete everything that was synced from it"
            hint="Figures that rest on this data change at once. It cannot be undone; a sync with a new key brings the data back."
            checked={deleteData}
            onChange={setDeleteData}
          />
        )}
        <WhatGoes sourceId={sourceId} goes={deleteData} />
      </div>
    </Dialog>
  );
}

function WhatGoes({ sourceId, goes }: { sourceId: Source['sourceId']; goes: boolean }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const held = useQuery(api.sources.holdings.queryOptions({ input: { sourceId } }));
  return (
    <StateGate state={stateOf(held)}>
      {held.data !== undefined && (
        <section aria-label="What is stored" className="flex flex-col gap-1 rounded-md bg-sunken p-3 text-sm">
          <p className="font-medium text-ink">{goes ? 'Deleted with it:' : 'Stays:'}</p>
          <ul className="columns-2 gap-6 text-muted">
            {linesOf(held.data, goes).map(({ text, count }) => (
              <li key={text} className="flex justify-between gap-2">
                <span className="truncate">{text}</span>
                <span className="text-ink">{format.count(count)}</span>
              </li>
            ))}
          </ul>
          {held.data.kinds.length === 0 && <p className="text-muted">Nothing was read from it yet.</p>}
        </section>
      )}
    </StateGate>
  );
}

function linesOf({ kinds, setAside, onlyHere }: Holdings, goes: boolean): { text: string; count: number }[] {
  return [
    ...kinds.map(({ kind, count }) => ({ text: kindText(kind), count })),
    ...(setAside > 0 ? [{ text: 'Set aside', count: setAside }] : []),
    ...(goes && onlyHere > 0 ? [{ text: 'Customers who lose their names', count: onlyHere }] : []),
  ];
}
