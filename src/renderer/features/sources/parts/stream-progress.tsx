/** How far each stream of a running sync is: those that are read now, and how many are through. */
import type { ReactNode } from 'react';
import type { Job } from '../../../../shared/contract/jobs.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';
import type { Stream } from '../words.ts';

/** A stream that is read has no outcome yet. Before its first page it still has the one of the last sync. */
export function StreamProgress({ source, job }: { source: Source; job: Job }): ReactNode {
  const format = useFormat();
  const reading = source.streams.filter(({ outcome, fetched }) => outcome === null && fetched > 0);
  if (reading.length === 0)
    return <ProgressBar label={job.step ?? job.title} fraction={null} text={format.count(job.done)} />;
  return (
    <ul className="grid grid-cols-1 gap-x-8 gap-y-2 lg:grid-cols-2" aria-label={`Progress of ${source.name}`}>
      {reading.map((stream) => (
        <li key={stream.stream}>
          <ProgressBar label={stream.title} fraction={fractionOf(stream)} text={textOf(stream, format.count)} />
        </li>
      ))}
    </ul>
  );
}

function fractionOf({ fetched, expected }: Stream): number | null {
  return expected === null || expected === 0 ? null : fetched / expected;
}

function textOf({ fetched, expected }: Stream, count: (value: number) => string): string {
  return expected === null || expected <= fetched ? count(fetched) : `${count(fetched)} of about ${count(expected)}`;
}
