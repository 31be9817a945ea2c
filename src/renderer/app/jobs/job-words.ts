/** What a job says of itself in few words. */
import type { Job } from '../../../shared/contract/jobs.ts';
import type { Formatter } from '../../lib/format.ts';

/** Of the present step, a fraction; null while its size is not known. */
export function shareOf({ done, total }: Pick<Job, 'done' | 'total'>): number | null {
  return done === null || total === null || total <= 0 ? null : Math.min(1, done / total);
}

/** «Syncing Stripe · 1,204 of 3,000» */
export function stepText({ step, title, done, total, state }: Job, format: Formatter): string {
  if (state === 'queued') return `${title} · waiting`;
  const count =
    done === null
      ? ''
      : ` · ${format.count(done)}${total === null || total < done ? '' : ` of ${format.count(total)}`}`;
  return `${step ?? title}${count}`;
}
