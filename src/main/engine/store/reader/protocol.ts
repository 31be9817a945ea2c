/** What the reader worker and its client say to each other. */
import { AppError, ERROR_CODES, isAppError, type ErrorCode } from '../../../../shared/kernel/errors.ts';
import { asStorageFailure } from '../storage-failure.ts';
import type { ReadDb } from '../handles.ts';
import type { Scratch } from '../scratch.ts';

/** What a query may know besides its input and the database. */
export interface QueryContext {
  /** Times the query has been started on, in epoch milliseconds: for queries that depend on the present moment. */
  readonly nowMs: number;
}

/**
 * Synchronous questions to the database, by name, run by the reader worker:
 * the registry that it serves and that types the client. Input and output are
 * plain data: they cross a thread by structured clone. `never` as input: each
 * entry has its own.
 */
export type NamedQueries = Readonly<Record<string, (db: ReadDb, input: never, context: never) => unknown>>;

/** What work that prepares rows for the writer may use besides: scratch files, which it makes and the writer takes over. */
export interface DerivingContext extends QueryContext {
  readonly openScratch: (name: string, schema: string) => Scratch;
  /** Makes and proves a compact copy of the database beside it. */
  readonly copyCompacted: () => void;
}

/** Work that prepares rows for the writer, run on threads of its own so that no screen waits for it. */
export type NamedDerivations = Readonly<
  Record<string, (db: ReadDb, input: never, context: DerivingContext) => unknown>
>;

/** Asks a thread for a step of what it may prepare; the answer is the next step, or null. */
export const PREPARE = 'reader.prepare';

/** What a thread may prepare while nobody asks, so that the first question does not wait for it. In order, each in some tenths of a second. */
export type Preparations = readonly ((db: ReadDb, context: QueryContext & Pick<PrepareStep, 'hasRoom'>) => void)[];

export interface PrepareStep {
  readonly step: number;
  /** Whether there is room in memory for what was not held before. */
  readonly hasRoom: boolean;
}

export type InputOf<Query> = Query extends (db: ReadDb, input: infer Input, context: never) => unknown ? Input : never;
export type OutputOf<Query> = Query extends (db: ReadDb, input: never, context: never) => infer Output ? Output : never;

export interface WorkerStart {
  readonly file: string;
  readonly key: Uint8Array;
  /** Of the worker's two registries the one that the thread is for. */
  readonly serves: 'queries' | 'derivations';
}

export interface QueryRequest {
  readonly kind: 'query';
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly nowMs: number;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly start: WorkerStart }
  | QueryRequest
  | { readonly kind: 'close' };

export interface SentError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
  /** For the log of the engine only. */
  readonly stack: string | null;
}

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: SentError }
  | { readonly kind: 'result'; readonly id: number; readonly output: unknown; readonly elapsedMs: number }
  | { readonly kind: 'error'; readonly id: number; readonly error: SentError; readonly elapsedMs: number };

/** The parts of an error that cross the thread. What is no AppError arrives as `internal`. */
export function sendableError(error: unknown): SentError {
  const failure = asStorageFailure(error);
  if (isAppError(failure))
    return { code: failure.code, message: failure.message, details: failure.details, stack: failure.stack ?? null };
  const message = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return { code: 'internal', message, details: {}, stack: failure instanceof Error ? (failure.stack ?? null) : null };
}

export function receivedError({ code, message, details, stack }: SentError): AppError {
  const error = new AppError(ERROR_CODES.includes(code) ? code : 'internal', message, { details: { ...details } });
  if (stack !== null) error.stack = stack;
  return error;
}
