/** Daily backups: how many, where, which there are, and the way back to one. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Backup, SessionStatus } from '../../../../shared/contract/session.ts';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { stateOf, useEngine, useNewestJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useSave } from '../use-save.ts';
import { backupColumns } from './backup-columns.ts';
import { RestoreDialog } from './restore-dialog.tsx';

export function Backups({ workspace, status }: { workspace: Workspace; status: SessionStatus }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const backups = useQuery(api.session.backups.queryOptions());
  const make = useMutation(api.workspace.backUp.mutationOptions());
  const job = useNewestJob('backup');
  const [chosen, setChosen] = useState<Backup | null>(null);
  const running = job?.state === 'queued' || job?.state === 'running';
  const rows = backups.data ?? [];
  const state = stateOf(backups);
  return (
    <Tile
      title="Backups"
      subtitle="Encrypted with the database’s own key. Keep keyring.json with them: it opens them."
      actions={
        <Button size="sm" busy={make.isPending || running} onClick={() => make.mutate(undefined)}>
          Back up now
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {job?.state === 'failed' && (
          <Callout tone="loss" title="The last backup could not be written">
            {job.error?.message}
          </Callout>
        )}
        <Rules key={`${workspace.dailyBackups} ${workspace.backupFolder}`} workspace={workspace} />
        <DataTable
          label="Backups"
          columns={backupColumns(format)}
          rows={rows}
          rowKey={(row) => row.file}
          onOpen={setChosen}
          state={
            state.kind === 'ready' && rows.length === 0
              ? {
                  kind: 'empty',
                  title: 'There is no backup yet',
                  hint: 'The first daily one is written a day after the database was made.',
                }
              : state
          }
        />
      </div>
      {rows.length > 0 && <p className="mt-2 text-xs text-subtle">Open a backup to restore it.</p>}
      {chosen !== null && <RestoreDialog backup={chosen} status={status} onClose={() => setChosen(null)} />}
    </Tile>
  );
}

function Rules({ workspace }: { workspace: Workspace }): ReactNode {
  const { save, saving, failure } = useSave();
  const [kept, setKept] = useState(String(workspace.dailyBackups));
  const [folder, setFolder] = useState(workspace.backupFolder ?? '');
  const count = /^\d{1,3}$/.test(kept.trim()) && Number(kept) <= 365 ? Number(kept) : null;
  const place = folder.trim() === '' ? null : folder.trim();
  const unchanged = count === workspace.dailyBackups && place === workspace.backupFolder;
  return (
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (count !== null) save({ dailyBackups: count, backupFolder: place });
      }}
    >
      <div className="w-40">
        <TextField
          label="Daily backups kept"
          hint="0: none are made."
          inputMode="numeric"
          value={kept}
          onChange={setKept}
          {...(count === null ? { error: 'Enter 0 to 365.' } : {})}
        />
      </div>
      <div className="min-w-60 flex-1">
        <TextField
          label="Folder"
          hint="On another drive they outlive this one."
          value={folder}
          onChange={setFolder}
          placeholder="Beside the database"
          {...(failure === null ? {} : { error: failure })}
        />
      </div>
      <div className="pt-5">
        <Button type="submit" busy={saving} disabled={count === null || unchanged}>
          Save backups
        </Button>
      </div>
    </form>
  );
}
