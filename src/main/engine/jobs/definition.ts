/** What a kind of job is, and how a job looks from outside. */
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Clock } from '../runtime/ports.ts';

export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job as it is stored: what screens show and scripts wait for. */
export interface Job {
  readonly jobId: number;
  readonly kind: string;
  /** For people: `Sync Stripe`. */
  readonly title: string;
  readonly state: JobState;
  /** What it is doing now, in a few words. */
  readonly step: string | null;
  readonly done: number | null;
  readonly total: number | null;
  /** 1 at first, one more each time a crash or a shutdown interrupted it and it was taken up again. */
  readonly attempt: number;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** JSON of the kind's own shape; null until it is done. */
  readonly result: unknown;
}

/** How far a job has come. `total` is null while nobody knows it. */
export interface JobProgress {
  readonly step: string;
  readonly done?: number | null;
  readonly total?: number | null;
}

export interface JobContext<Payload> {
  readonly jobId: number;
  readonly payload: Payload;
  /** Fires when the job is cancelled or the engine closes; the job then throws AppError `cancelled`. */
  readonly signal: AbortSignal;
  readonly attempt: number;
  readonly clock: Clock;
  /** Carries the job's kind and id. */
  readonly logger: Logger;
  /** Reports progress as often as the job likes; it is stored and shown some ten times a second. */
  progress(progress: JobProgress): void;
}

export interface JobDefinition<Payload, Result> {
  readonly kind: string;
  /** The payload, parsed when the job is queued and again when it runs: a later version may read an older one's. */
  readonly payload: z.ZodType<Payload>;
  /** For people, from the payload. */
  title(payload: Payload): string;
  /** Jobs with the same text never run at once, and queueing an equal one twice gives the first. Null: no limit. */
  exclusive(payload: Payload): string | null;
  /** True when running it again after a crash does no harm. Then it is queued again, else marked `interrupted`. */
  readonly resumable: boolean;
  /** @returns plain JSON, kept until the job is pruned. @throws to fail; AppError's message is shown to people. */
  run(context: JobContext<Payload>): Promise<Result>;
}

/** A kind of job as the queue sees it: it passes payloads through without knowing their type. */
export interface AnyJobKind {
  readonly kind: string;
  readonly resumable: boolean;
  /** @throws AppError `invalid_input` when the payload does not fit. */
  prepare(payload: unknown): PreparedJob;
}

export interface PreparedJob {
  readonly payload: unknown;
  readonly title: string;
  readonly exclusiveKey: string | null;
  run(context: Omit<JobContext<unknown>, 'payload'>): Promise<unknown>;
}

/** A kind of job together with the type of its payload and result. */
export interface JobKind<Payload, Result> extends AnyJobKind {
  readonly definition: JobDefinition<Payload, Result>;
}

/** Declares a kind of job. Its dependencies come with the closure of `run`. */
export function defineJob<Payload, Result>(definition: JobDefinition<Payload, Result>): JobKind<Payload, Result> {
  return {
    definition,
    kind: definition.kind,
    resumable: definition.resumable,
    prepare(raw) {
      const parsed = definition.payload.safeParse(raw);
      if (!parsed.success)
        throw new AppError(
          'invalid_input',
          `The job “${definition.kind}” cannot work with this: ${z.prettifyError(parsed.error)}`,
        );
      const payload = parsed.data;
      return {
        payload,
        title: definition.title(payload),
        exclusiveKey: definition.exclusive(payload),
        run: (context) => definition.run({ ...context, payload }),
      };
    },
  };
}
