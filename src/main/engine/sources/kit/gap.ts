/** A vendor's lasting refusal of one stream: not a failure of the run, but a hole that is shown. */
import { AppError, isAppError } from '../../../../shared/kernel/errors.ts';

export type GapKind = 'permission' | 'not_found' | 'refused';

/** An AppError that ends one stream and leaves the others alone. */
export function gapError(kind: GapKind, message: string, cause?: unknown): AppError {
  return new AppError('source_failed', message, { cause, details: { gap: kind } });
}

/** Whether one endpoint of a vendor is out of order while the others may work: its stream fails, the rest goes on. */
export function isEndpointFailing(error: unknown): error is AppError {
  return isAppError(error, 'unavailable') && typeof error.details['failing'] === 'string';
}

/** The kind of gap that an error stands for, or null where it is no gap. */
export function gapOf(error: unknown): GapKind | null {
  if (!isAppError(error, 'source_failed')) return null;
  const { gap } = error.details;
  return gap === 'permission' || gap === 'not_found' || gap === 'refused' ? gap : null;
}
