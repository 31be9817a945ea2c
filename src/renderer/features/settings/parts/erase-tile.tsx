/** Removing everything that the program keeps on this computer. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { failureOf, useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { SettingRow } from './setting-row.tsx';

export function EraseTile({ workspace: { companyName } }: { workspace: Workspace }): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const erase = useMutation({
    ...api.session.eraseAll.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: (status) => queries.setQueryData(api.session.status.queryKey(), status),
  });
  const close = (): void => {
    setAsking(false);
    setTyped('');
    erase.reset();
  };
  return (
    <Tile title="The way out">
      <SettingRow id="leave" title="Erase everything">
        <div className="flex flex-col items-start gap-1.5">
          <Button kind="danger" onClick={() => setAsking(true)}>
            Erase everything…
          </Button>
          <p className="text-xs text-pretty text-subtle">
            Deletes the database, its key and the backups beside it. Nobody can bring them back, neither can a backup
            elsewhere: without the key it opens no more. Reports and exports among your documents stay.
          </p>
        </div>
      </SettingRow>
      <Dialog
        open={asking}
        onClose={close}
        title="Erase everything?"
        description="The database, its key and the backups beside it are deleted for good. Export everything first if you may need it."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              kind="danger"
              busy={erase.isPending}
              disabled={typed.trim() !== companyName}
              onClick={() => erase.mutate({ companyName: typed })}
            >
              Erase everything
            </Button>
          </>
        }
      >
        <TextField
          label={`Type “${companyName}” to confirm`}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          {...(erase.error === null ? {} : { error: failureOf(erase.error).message })}
        />
      </Dialog>
    </Tile>
  );
}
