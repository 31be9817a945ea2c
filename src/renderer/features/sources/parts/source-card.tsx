/** One connection: its state, its progress, and for each stream how much there is and what proves it complete. */
import { useMutation } from '@tanstack/react-query';
import { Ellipsis, RefreshCw, RotateCw, Unplug } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { isOver, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { Disconnect } from './disconnect.tsx';
import { Streams } from './streams.tsx';

const STATES: Record<Source['state'], { label: string; tone: Tone }> = {
  ready: { label: 'Connected', tone: 'gain' },
  syncing: { label: 'Syncing', tone: 'accent' },
  paused: { label: 'Paused', tone: 'neutral' },
  failing: { label: 'Failing', tone: 'loss' },
  disconnected: { label: 'Disconnected', tone: 'neutral' },
};

export function SourceCard({ source }: { source: Source }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const now = useNow();
  const sync = useMutation(api.sources.sync.mutationOptions());
  const cancel = useMutation(api.jobs.cancel.mutationOptions());
  const [disconnecting, setDisconnecting] = useState(false);
  const job = useJob(source.jobId);
  const running = job !== undefined && !isOver(job);
  const state = STATES[source.state];
  const start = (full: boolean): void => sync.mutate({ sourceIds: [source.sourceId], full });
  return (
    <Tile
      flush
      title={
        <span className="flex items-center gap-2">
          {source.name}
          <Badge tone={state.tone}>{state.label}</Badge>
        </span>
      }
      subtitle={[
        source.title,
        source.accountName,
        source.lastSyncedAt === null ? 'not synced yet' : `synced ${format.relative(source.lastSyncedAt, now)}`,
      ]
        .filter((part) => part !== null)
        .join(' · ')}
      actions={
        <>
          {running && (
            <Button size="sm" onClick={() => cancel.mutate({ jobId: job.jobId })}>
              Stop
            </Button>
          )}
          <Button size="sm" icon={RefreshCw} busy={sync.isPending} disabled={running} onClick={() => start(false)}>
            Sync now
          </Button>
          <Menu
            trigger={<IconButton icon={Ellipsis} label={`More for ${source.name}`} />}
            groups={[
              [
                {
                  id: 'full',
                  label: 'List everything again',
                  icon: RotateCw,
                  disabled: running,
                  run: () => start(true),
                },
              ],
              [
                {
                  id: 'disconnect',
                  label: 'Disconnect…',
                  icon: Unplug,
                  danger: true,
                  run: () => setDisconnecting(true),
                },
              ],
            ]}
          />
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        {running && (
          <div className="px-4">
            <ProgressBar
              label={job.step ?? job.title}
              fraction={job.done === null || job.total === null || job.total === 0 ? null : job.done / job.total}
              text={job.done === null ? '' : format.count(job.done, { one: 'object', other: 'objects' })}
            />
          </div>
        )}
        {source.lastError !== null && (
          <div className="px-4">
            <Callout tone="loss" title={`The last sync failed on ${format.instant(source.lastError.at)}`}>
              {source.lastError.message} <span className="font-mono text-2xs">{source.lastError.code}</span>
            </Callout>
          </div>
        )}
        <Streams source={source} />
      </div>
      {disconnecting && <Disconnect source={source} onClose={() => setDisconnecting(false)} />}
    </Tile>
  );
}
