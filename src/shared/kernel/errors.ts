/**
 * The closed list of ways in which a call can fail. Every failure that leaves
 * the engine carries one of these; anything else is logged and masked as
 * `internal`.
 */
export const ERROR_CODES = [
  'invalid_input',
  'not_found',
  'conflict',
  'locked',
  'cancelled',
  'unavailable',
  'rate_limited',
  'auth_failed',
  'source_failed',
  'storage_failed',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The failures after which the same call may succeed when it is repeated unchanged. */
export const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['unavailable', 'rate_limited']);

/**
 * A failure that a person can act on: `message` says what happened, where, and
 * what to do. Expected outcomes of calculations are values, never an AppError.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Further facts for the screen or a script: plain JSON, never a secret. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, string | number | boolean | null> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** True for an AppError with (one of) the given codes; without codes, for any AppError. */
export function isAppError(error: unknown, ...codes: ErrorCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
}

/**
 * States an invariant of the program.
 * @throws AppError `internal` naming what is broken.
 */
export function assert(condition: unknown, broken: string): asserts condition {
  if (!condition) throw new AppError('internal', `Broken invariant: ${broken}`);
}

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new AppError('internal', `Unexpected value ${JSON.stringify(value)}`);
}
