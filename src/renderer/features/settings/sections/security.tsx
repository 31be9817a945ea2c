/** The ways to the key of the encrypted database, and the lock. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { KeyWays } from '../parts/key-ways.tsx';
import { SettingChoice } from '../parts/setting-choice.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import type { SectionProps } from './section.ts';

const NEVER = '0';
const AS_HOST = 'host';
const MINUTES = [5, 10, 15, 30, 60, 120, 480];

export function SecuritySection({ workspace, status }: SectionProps): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const lock = useMutation({
    ...api.session.lock.mutationOptions(),
    onSuccess: (locked) => queries.setQueryData(api.session.status.queryKey(), locked),
  });
  if (status.protections.includes('throw_away'))
    return (
      <Callout title="The demo uses a throw-away key">
        It is in memory only: when this process ends, nobody can open the demo’s database again, and it is deleted. Your
        own company gets a key of its own.
      </Callout>
    );
  const kept = workspace.autoLockMinutes;
  const offered = kept === null || kept === 0 || MINUTES.includes(kept) ? MINUTES : [...MINUTES, kept];
  return (
    <>
      <Tile title="Ways to the key" subtitle="The database is encrypted; each of these opens it">
        <div id="ways">
          <KeyWays status={status} />
        </div>
      </Tile>
      <Tile title="Lock">
        <div className="flex flex-col divide-y divide-line">
          <SettingChoice
            name="autoLockMinutes"
            workspace={workspace}
            options={[
              {
                value: AS_HOST,
                label: status.host === 'electron' ? 'With the screen only' : 'An hour without use (default)',
              },
              ...offered.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes without use` })),
              { value: NEVER, label: 'Never by itself' },
            ]}
            show={(minutes) => (minutes === null ? AS_HOST : String(minutes))}
            read={(chosen) => (chosen === AS_HOST ? null : Number(chosen))}
            hint="While it is locked nothing is synced, and no alert is raised."
          />
          <SettingRow id="lockNow" title="Lock now">
            <Button icon={Lock} busy={lock.isPending} onClick={() => lock.mutate(undefined)}>
              Lock now
            </Button>
          </SettingRow>
        </div>
      </Tile>
    </>
  );
}
