/** Tells a screen reader that a sync began, and how it ended; not every step between. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useActiveJob, useEngine } from '../../lib/engine/index.ts';

export function SyncAnnouncer(): ReactNode {
  const { api } = useEngine();
  const job = useActiveJob();
  const last = useRef<{ jobId: number; title: string } | null>(null);
  const ended = useQuery({
    ...api.jobs.get.queryOptions({ input: { jobId: last.current?.jobId ?? 0 } }),
    enabled: false,
  });
  const [words, setWords] = useState('');
  const jobId = job?.jobId;
  const title = job?.title;
  useEffect(() => {
    if (jobId !== undefined && title !== undefined) {
      if (last.current?.jobId !== jobId) setWords(`${title}: started.`);
      last.current = { jobId, title };
      return;
    }
    if (last.current === null) return;
    const how = ended.data?.state === 'failed' ? `failed. ${ended.data.error?.message ?? ''}` : 'finished.';
    setWords(`${last.current.title}: ${how}`);
    last.current = null;
  }, [jobId, title, ended.data]);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}
