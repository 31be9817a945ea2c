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
import { Tile } from '../../../ui/tile.tsx';
import { backupColumns } from './backup-columns.ts';
import { RestoreDialog } from './restore-dialog.tsx';
import { SettingText } from './setting-text.tsx';

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
      <div className="flex flex-col gap-2">
        {job?.state === 'failed' && (
          <Callout tone="loss" title="The last backup could not be written">
            {job.error?.message}
          </Callout>
        )}
        <div className="flex flex-col divide-y divide-line">
          <SettingText
            name="dailyBackups"
            workspace={workspace}
            show={String}
            read={(text) =>
              /^\d{1,3}$/.test(text) && Number(text) <= 365 ? { value: Number(text) } : { wrong: 'Enter 0 to 365.' }
            }
            hint="How many are kept; 0: none are made."
            inputMode="numeric"
          />
          <SettingText
            name="backupFolder"
            workspace={workspace}
            show={(value) => value ?? ''}
            read={(text) => ({ value: text === '' ? null : text })}
            hint="On another drive they outlive this one. Empty: beside the database."
            placeholder="Beside the database"
          />
        </div>
        <div id="backups">
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
      </div>
      {rows.length > 0 && <p className="mt-2 text-xs text-subtle">Open a backup to restore it.</p>}
      {chosen !== null && <RestoreDialog backup={chosen} status={status} onClose={() => setChosen(null)} />}
    </Tile>
  );
}
