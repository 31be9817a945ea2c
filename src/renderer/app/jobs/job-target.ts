/** Where the result of a job stands. */
import { z } from 'zod';
import type { Job } from '../../../shared/contract/jobs.ts';

const UploadSchema = z.object({ uploadId: z.number().int().positive() });

interface JobTarget {
  readonly label: string;
  /** In-app path with its query. */
  readonly path: string;
}

const OF_KIND: Readonly<Record<string, JobTarget>> = {
  sync: { label: 'See the sources', path: '/sources' },
  demo: { label: 'See the cockpit', path: '/' },
  recompute: { label: 'See the cockpit', path: '/' },
  renormalise: { label: 'See the sources', path: '/sources' },
  retry_quarantine: { label: 'See what is set aside', path: '/reconciliation?tab=quarantine' },
  close: { label: 'See the closed months', path: '/reconciliation?tab=months' },
  print_board: { label: 'See the reports', path: '/reports' },
  backup: { label: 'See the backups', path: '/settings/data#backups' },
  export_everything: { label: 'See the exports', path: '/settings/data#exportAll' },
  compact: { label: 'See the database', path: '/settings/data#compact' },
  file_undo: { label: 'See the imports', path: '/import?view=history' },
};

/** Null for a kind that leads nowhere. */
export function targetOf({ kind, jobId, result }: Pick<Job, 'kind' | 'jobId' | 'result'>): JobTarget | null {
  if (kind === 'file_import') return { label: 'See the import', path: `/import?job=${jobId}` };
  if (kind === 'file_read' || kind === 'file_dry_run') {
    const upload = UploadSchema.safeParse(result);
    return { label: 'See the file', path: upload.success ? `/import?upload=${upload.data.uploadId}` : '/import' };
  }
  return OF_KIND[kind] ?? null;
}
