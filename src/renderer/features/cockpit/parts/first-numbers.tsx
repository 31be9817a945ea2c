/** Before there is a figure: what is under way, and where to begin. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Variometer } from '../../../charts/variometer.tsx';
import { useActiveJob, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';

export function FirstNumbers(): ReactNode {
  const { api } = useEngine();
  const navigate = useNavigate();
  const format = useFormat();
  const job = useActiveJob();
  const sources = useQuery(api.sources.list.queryOptions());
  const connected = (sources.data?.length ?? 0) > 0;
  return (
    <div className="grid grid-cols-2 gap-3">
      <Variometer
        climb={null}
        reason={connected ? 'No recurring revenue was found so far.' : 'No source is connected yet.'}
      />
      <Tile title="First figures">
        {job !== null ? (
          <div className="flex flex-col gap-3">
            <p className="text-pretty text-muted">
              Data is being read. The figures appear here by themselves, and grow complete while it runs.
            </p>
            <ProgressBar
              label={job.step ?? job.title}
              fraction={job.done === null || job.total === null || job.total === 0 ? null : job.done / job.total}
              text={job.done === null ? '' : format.count(job.done)}
            />
          </div>
        ) : (
          <EmptyState
            title={connected ? 'No subscriptions were found' : 'Nothing to show yet'}
            hint={
              connected
                ? 'The sources were read, but hold no recurring revenue. See what was read and what was set aside.'
                : 'Connect Stripe with a restricted key, and the figures of all months appear here.'
            }
            action={{ label: 'Open sources', run: () => void navigate({ to: '/sources' }) }}
          />
        )}
      </Tile>
    </div>
  );
}
