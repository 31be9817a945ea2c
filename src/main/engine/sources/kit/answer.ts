/** What the clients of vendors share: reading an answer, and saying a refusal in our words without the secret. */
import type { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { gapError } from './gap.ts';

/** Null for what is no JSON: a page of a network in between, half an answer. */
export function jsonOrNull(body: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @throws AppError, a gap, for an answer of another shape. @param what was asked for, as the vendor names it. */
export function readAnswer<Schema extends z.ZodType>(
  vendor: string,
  schema: Schema,
  answer: unknown,
  what: string,
): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success)
    throw gapError('refused', `${vendor}'s answer for ${what} cannot be read; try again later`, parsed.error);
  return parsed.data;
}

const LONGEST = 500;

export interface Refusal {
  readonly vendor: string;
  readonly status: number;
  readonly path: string;
  /** In the vendor's words, a sentence; null where it gives no reason. */
  readonly told: string | null | undefined;
  /** What to connect it with again: `a valid access token`. */
  readonly credential: string;
  /** They never come along, whatever the vendor says. */
  readonly secrets: readonly string[];
}

/** An error of `auth_failed`, or a gap: what may not be read, is not there, or is refused for another reason. */
export function refusalError({ vendor, status, path, told, credential, secrets }: Refusal): AppError {
  const said = secrets
    .reduce((text, secret) => text.replaceAll(secret, '•••'), told ?? `the answer is ${status}, without a reason.`)
    .slice(0, LONGEST);
  switch (status) {
    case 401:
      return new AppError(
        'auth_failed',
        `${vendor} does not accept the token: ${said} Connect ${vendor} again with ${credential}.`,
      );
    case 403:
      return gapError('permission', `The token may not read ${path}: ${said}`);
    case 404:
    case 405:
    case 410:
      return gapError('not_found', `${vendor} knows no ${path}: ${said}`);
    default:
      return gapError('refused', `${vendor} refuses the request for ${path}: ${said}`);
  }
}
