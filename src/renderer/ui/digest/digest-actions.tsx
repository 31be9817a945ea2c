/** What can be done with a digest: copied or saved as Markdown, printed as PDF, looked at as it is printed. */
import { useMutation } from '@tanstack/react-query';
import { Check, Copy, Download, Printer } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ArchivedDigestSchema, type DigestChoice } from '../../../shared/contract/digest.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isOver, useEngine, useJob } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button, IconButton } from '../button.tsx';
import { Callout } from '../callout.tsx';
import { saveText } from '../export-buttons.tsx';
import { ProgressBar } from '../meter.tsx';
import { useToast } from '../toast.tsx';

export interface DigestActions {
  readonly buttons: ReactNode;
  /** How far printing has come, or where the file is; null before. */
  readonly outcome: ReactNode;
}

/** @param choice which digest; `paper` on which it is printed. */
export function useDigestActions(choice: DigestChoice, paper: 'A4' | 'Letter'): DigestActions {
  const { api, client } = useEngine();
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  const [jobId, setJobId] = useState<number | null>(null);
  const print = useMutation({
    ...api.digests.print.mutationOptions(),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const keep = useMutation(api.digests.keep.mutationOptions());
  const job = useJob(jobId);
  const copy = useMutation({
    mutationFn: async () => {
      const { text } = await client.digests.markdown(choice);
      await navigator.clipboard.writeText(text);
    },
    onSuccess: () => {
      setCopied(true);
      toast({ text: 'Copied as Markdown' });
    },
    meta: { failure: 'The digest was not copied' },
  });
  const save = useMutation({
    mutationFn: async () => {
      const { text, fileName } = await client.digests.markdown(choice);
      saveText(fileName, text, 'text/markdown');
      await keep.mutateAsync(choice);
    },
  });
  const printing = print.isPending || (job !== undefined && !isOver(job));
  return {
    buttons: (
      <>
        <IconButton icon={copied ? Check : Copy} label="Copy as Markdown" onClick={() => copy.mutate()} />
        <IconButton icon={Download} label="Save as Markdown" onClick={() => save.mutate()} />
        <Button icon={Printer} busy={printing} onClick={() => print.mutate({ ...choice, format: paper })}>
          Print PDF
        </Button>
      </>
    ),
    outcome: job === undefined ? null : <PrintOutcome job={job} />,
  };
}

function PrintOutcome({ job }: { job: Job }): ReactNode {
  const format = useFormat();
  if (!isOver(job)) {
    const share = job.done === null || job.total === null || job.total === 0 ? null : job.done / job.total;
    return <ProgressBar label={job.title} fraction={share} text={job.step ?? 'under way'} />;
  }
  if (job.state !== 'done')
    return (
      <Callout tone="loss" title={`The digest was not printed (${job.state})`}>
        {job.error?.message ?? 'It was stopped before it was finished. Print it again.'}
      </Callout>
    );
  const kept = ArchivedDigestSchema.safeParse(job.result);
  if (!kept.success) return <Callout tone="gain" title="The digest was printed. It stands in Reports." />;
  const pages = kept.data.pages === null ? '' : `${format.count(kept.data.pages, { one: 'page', other: 'pages' })}, `;
  return (
    <Callout tone="gain" title={`Printed: ${pages}${format.count(Math.ceil((kept.data.bytes ?? 0) / 1024))} kB`}>
      <span className="font-mono text-xs break-all">{kept.data.file}</span>
    </Callout>
  );
}
