/** What a failed call answers: a code of the closed list, a sentence, and for the unknown a number to find it in the log. */
import { randomUUID } from 'node:crypto';
import { ORPCError, ValidationError } from '@orpc/server';
import { isAppError, type ErrorCode } from '../../../shared/kernel/errors.ts';
import type { Logger } from '../runtime/logger.ts';

interface FailureData {
  readonly logId?: string;
  readonly details?: Record<string, string | number | boolean | null>;
}

/** Fields of an input shown in the sentence of `invalid_input`. */
const SHOWN_ISSUES = 5;

/**
 * Maps whatever a call threw. AppErrors keep their code and sentence; input
 * that does not fit the contract is `invalid_input` naming the fields (never
 * their values: they may be secrets); everything else is logged under an id
 * and masked as `internal`.
 */
export function answerOf(
  error: unknown,
  call: string,
  logger: Logger,
  signal?: AbortSignal,
): ORPCError<ErrorCode, FailureData> {
  if (isAppError(error) && error.code !== 'internal')
    return failure(error.code, error.message, { details: { ...error.details } });
  const issues = inputIssues(error);
  if (issues) return failure('invalid_input', `The call ${call} does not fit: ${issues}`, {});
  // A handler that was aborted may end with any error of the platform.
  if (signal?.aborted) return failure('cancelled', 'The call was cancelled', {});
  const logId = randomUUID().slice(0, 8);
  logger.error('A call failed unexpectedly', { call, logId, error });
  return failure('internal', `Something unexpected went wrong. The log has it under ${logId}`, { logId });
}

function failure(code: ErrorCode, message: string, data: FailureData): ORPCError<ErrorCode, FailureData> {
  return new ORPCError(code, { message, data });
}

function inputIssues(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return null;
  const { cause } = error;
  if (!(cause instanceof ValidationError)) return error.message;
  return cause.issues
    .slice(0, SHOWN_ISSUES)
    .map(({ path, message }) => (path?.length ? `${path.map(keyOf).join('.')}: ${message}` : message))
    .join('; ');
}

function keyOf(segment: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment);
}
