import { describe, expect, it } from 'vitest';
import { targetOf } from '../../../../src/renderer/app/jobs/job-target.ts';
import { remainingMs, watch, type Watched } from '../../../../src/renderer/app/jobs/remaining-time.ts';
import { recentlyEnded } from '../../../../src/renderer/app/jobs/use-watched-jobs.ts';
import type { Job } from '../../../../src/shared/contract/jobs.ts';
import { HOUR_MS, instant } from '../../../../src/shared/kernel/instant.ts';

type Seen = readonly [at: number, done: number | null, total?: number | null, step?: string];

function watching(...seen: readonly Seen[]): Watched {
  return seen.reduce<Watched | undefined>(
    (before, [at, done, total = 100, step = 'Reading']) => watch(before, { step, done, total }, instant(at)),
    undefined,
  ) as Watched;
}

describe('the remaining time of a job', () => {
  it('follows from the speed that was seen', () => {
    const watched = watching([0, 10], [5_000, 20], [10_000, 30]);
    expect(remainingMs(watched, instant(10_000))).toBe(35_000);
    expect(remainingMs(watched, instant(15_000))).toBe(30_000);
  });

  it('is not said before enough was seen, nor without a total, nor when the step should be over', () => {
    expect(remainingMs(watching([0, 10], [1_000, 20], [2_000, 30]), instant(2_000))).toBeNull();
    expect(remainingMs(watching([0, 10], [9_000, 20]), instant(9_000))).toBeNull();
    expect(remainingMs(watching([0, 10, null], [5_000, 20, null], [10_000, 30, null]), instant(10_000))).toBeNull();
    expect(remainingMs(watching([0, 10], [5_000, 20], [10_000, 30]), instant(60_000))).toBeNull();
    expect(remainingMs(watching([0, null]), instant(0))).toBeNull();
  });

  it('begins anew with another step, and forgets what is long past', () => {
    expect(watching([0, 10], [5_000, 20], [9_000, 1, 100, 'Writing']).moments).toHaveLength(1);
    expect(watching([0, 50], [5_000, 10]).moments).toEqual([{ at: 5_000, done: 10 }]);
    expect(watching([0, 10], [50_000, 20], [70_000, 30]).moments[0]).toEqual({ at: 50_000, done: 20 });
  });
});

describe('the result of a job', () => {
  it('stands where its kind leads', () => {
    expect(targetOf({ kind: 'sync', jobId: 1, result: null })?.path).toBe('/sources');
    expect(targetOf({ kind: 'file_import', jobId: 7, result: null })?.path).toBe('/import?job=7');
    expect(targetOf({ kind: 'file_read', jobId: 7, result: { uploadId: 3 } })?.path).toBe('/import?upload=3');
    expect(targetOf({ kind: 'file_read', jobId: 7, result: null })?.path).toBe('/import');
    expect(targetOf({ kind: 'of a later version', jobId: 7, result: null })).toBeNull();
  });
});

describe('what ended lately', () => {
  const now = instant(100 * HOUR_MS);
  const job = (jobId: number, kind: string, state: Job['state'], hoursAgo: number): Job => ({
    jobId,
    kind,
    title: kind,
    state,
    step: null,
    done: null,
    total: null,
    createdAt: instant(now - hoursAgo * HOUR_MS),
    startedAt: null,
    endedAt: instant(now - hoursAgo * HOUR_MS),
    error: null,
    result: null,
  });

  it('is of the last day, newest first, and of good syncs only the last', () => {
    const jobs = [
      job(9, 'backup', 'running', 0),
      job(8, 'sync', 'done', 1),
      job(7, 'sync', 'done', 2),
      job(6, 'sync', 'failed', 3),
      job(5, 'file_import', 'done', 4),
      job(4, 'print_board', 'done', 30),
    ];
    expect(recentlyEnded(jobs, now).map(({ jobId }) => jobId)).toEqual([8, 6, 5]);
  });
});
