/** What a failed call means to the person at the screen. */
import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { ERROR_CODES, isAppError, RETRYABLE, type ErrorCode } from '../../../shared/kernel/errors.ts';

export interface Failure {
  readonly code: ErrorCode;
  /** What happened, where, and what to do. */
  readonly message: string;
  /** Under which an unknown failure stands in the engine's log. */
  readonly logId: string | null;
}

const DataSchema = z.object({ logId: z.string().optional() });
const CodeSchema = z.enum(ERROR_CODES);

/** Codes of the call layer itself, in the words of the closed list. */
const CALL_CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'invalid_input',
  NOT_FOUND: 'not_found',
  UNAUTHORIZED: 'auth_failed',
  FORBIDDEN: 'auth_failed',
  SERVICE_UNAVAILABLE: 'unavailable',
  TIMEOUT: 'unavailable',
};

/** Any thrown value as a failure of the closed list; what is unknown is `internal`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const known = CodeSchema.safeParse(error.code);
    const data = DataSchema.safeParse(error.data);
    return {
      code: known.success ? known.data : (CALL_CODES[String(error.code)] ?? 'internal'),
      message: error.message,
      logId: data.success ? (data.data.logId ?? null) : null,
    };
  }
  if (isAppError(error)) return { code: error.code, message: error.message, logId: null };
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : 'Something failed without saying what.',
    logId: null,
  };
}

/** True where the same query may succeed when it is asked again unchanged. */
export function mayRepeat(error: unknown): boolean {
  return RETRYABLE.has(failureOf(error).code);
}
