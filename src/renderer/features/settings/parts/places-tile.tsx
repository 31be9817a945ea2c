/** Where the files lie and how large they are, and filling the database's pages anew. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DataPlace } from '../../../../shared/contract/data.ts';
import { failureOf, stateOf, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useStartedJob } from '../use-started-job.ts';
import { SettingRow } from './setting-row.tsx';

const WORDS: Readonly<Record<DataPlace['what'], string>> = {
  database: 'Database',
  keyring: 'Key, wrapped',
  backups: 'Backups',
  documents: 'Reports and exports',
  logs: 'Log',
  uploads: 'Files on their way in',
};

export function PlacesTile(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const places = useQuery({ ...api.data.places.queryOptions(), staleTime: 0 });
  const compact = useMutation({ ...api.data.compact.mutationOptions(), meta: { showsFailure: true } });
  const job = useJob(compact.data?.jobId ?? null);
  const busy = useStartedJob(job, () => void places.refetch());
  const outcome = job === undefined || busy ? null : outcomeOf(job.state, job.result, job.error?.message ?? null);
  const failure = compact.error === null ? null : failureOf(compact.error).message;
  return (
    <Tile title="Files on this computer">
      <div className="flex flex-col divide-y divide-line">
        <SettingRow id="places">
          <StateGate state={stateOf(places)}>
            <table className="w-full table-fixed text-sm">
              <colgroup>
                <col className="w-40 max-[640px]:w-28" />
                <col />
                <col className="w-24 max-[640px]:w-20" />
              </colgroup>
              <thead className="sr-only">
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Where</th>
                  <th scope="col">Size</th>
                </tr>
              </thead>
              <tbody>
                {(places.data ?? []).map(({ what, path, bytes }) => (
                  <tr key={path} className="align-top">
                    <th scope="row" className="py-1 pr-3 text-left font-normal text-subtle">
                      {WORDS[what]}
                    </th>
                    <td className="py-1 font-mono text-xs leading-5 break-all text-ink select-all">{path}</td>
                    <td className="py-1 text-right tabular-nums">{format.bytes(bytes)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </StateGate>
        </SettingRow>
        <SettingRow id="compact" title="Compact the database">
          <div className="flex flex-col items-start gap-1.5">
            <Button busy={compact.isPending || busy} onClick={() => compact.mutate(undefined)}>
              Compact now
            </Button>
            <p className="text-xs text-pretty text-subtle">
              Copies the rows into full pages. It happens by itself after a first sync and whenever the database has
              grown by half; room for a second copy is needed meanwhile.
            </p>
            {(failure ?? outcome) !== null && (
              <p role="status" className="text-xs text-ink">
                {failure ?? outcome}
              </p>
            )}
          </div>
        </SettingRow>
      </div>
    </Tile>
  );
}

function outcomeOf(state: string, result: unknown, problem: string | null): string {
  if (problem !== null) return problem;
  if (state !== 'done') return 'It was stopped; the database is as it was.';
  const replaced = typeof result === 'object' && result !== null && 'compacted' in result && result.compacted === true;
  return replaced
    ? 'The database is compact.'
    : 'Something was written meanwhile, so the database is as it was. Try again while nothing is being synced.';
}
