/** What Salesforce says when it refuses, in our words. Tokens never come along. */
import { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { HttpResponse } from '../../runtime/ports.ts';
import { gapError, jsonOrNull } from '../kit/index.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm */
const RefusalSchema = z.array(z.object({ errorCode: z.string(), message: z.string().default('') })).min(1);

interface Refusal {
  readonly errorCode: string;
  readonly said: string;
}

function refusalIn({ status, body }: HttpResponse, secrets: readonly string[]): Refusal {
  const text = new TextDecoder().decode(body);
  const [first] = RefusalSchema.safeParse(jsonOrNull(text)).data ?? [];
  const said = first?.message.trim() ?? '';
  return {
    errorCode: first?.errorCode ?? `HTTP_${status}`,
    said: withoutSecrets(said === '' ? `the answer is ${status}, without a reason` : said, secrets),
  };
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((clean, secret) => clean.replaceAll(secret, '•••'), text)
    .replaceAll(/\s+/g, ' ')
    .slice(0, 500);
}

/** The error that a refusal stands for. @param what was asked for: `Account`. */
export function errorOf(response: HttpResponse, what: string, secrets: readonly string[]): AppError {
  const { errorCode, said } = refusalIn(response, secrets);
  switch (errorCode) {
    case 'REQUEST_LIMIT_EXCEEDED':
      return new AppError(
        'rate_limited',
        `The organisation has used up its API requests of the last 24 hours: ${said} Sync again when there are some left.`,
      );
    case 'API_DISABLED_FOR_ORG':
    case 'API_CURRENTLY_DISABLED':
      return new AppError('auth_failed', `The user may not use the API (permission “API Enabled”): ${said}`);
    case 'INVALID_TYPE':
    case 'NOT_FOUND':
      return gapError('not_found', `Salesforce shows this user no ${what}: ${said}`);
    case 'INVALID_FIELD':
      return gapError('permission', `A field of ${what} is hidden from this user: ${said}`);
    case 'QUERY_TIMEOUT':
    case 'SERVER_UNAVAILABLE':
      return new AppError('unavailable', `Salesforce takes too long for ${what}: ${said} Sync again later.`);
    default:
      return byStatus(response.status, what, said);
  }
}

function byStatus(status: number, what: string, said: string): AppError {
  switch (status) {
    case 401:
      return new AppError(
        'auth_failed',
        `Salesforce does not accept the sign-in: ${said}. Connect Salesforce again with the same user.`,
      );
    case 403:
      return gapError('permission', `The user may not read ${what}: ${said}`);
    case 404:
    case 405:
    case 410:
      return gapError('not_found', `Salesforce knows no ${what}: ${said}`);
    default:
      return gapError('refused', `Salesforce refuses the question for ${what}: ${said}`);
  }
}

const OAuthRefusalSchema = z.object({ error: z.string(), error_description: z.string().default('') });

/** Refusals of the address that hands out tokens (RFC 6749 section 5.2). */
export function tokenErrorOf(response: HttpResponse, secrets: readonly string[]): AppError {
  const refusal = OAuthRefusalSchema.safeParse(jsonOrNull(new TextDecoder().decode(response.body))).data;
  const said = withoutSecrets(
    refusal === undefined
      ? `the answer is ${response.status}, without a reason`
      : `${refusal.error}, ${refusal.error_description}`,
    secrets,
  );
  return new AppError(
    'auth_failed',
    refusal?.error === 'invalid_grant'
      ? `Salesforce no longer accepts the sign-in (${said}): it was revoked, has expired, or was used by another program. Connect Salesforce again.`
      : `Salesforce does not accept the app or its sign-in (${said}). Check the consumer key, and the app's OAuth settings.`,
  );
}
