/** Pipedrive's two quotas: tokens a day, which the whole company shares, and requests in two seconds. */
import type { HttpResponse } from '../../runtime/ports.ts';
import { headerCount, type BudgetReading } from '../kit/index.ts';

/** Not in every answer: after a while without requests the first few come without them. */
export const TOKENS_LEFT = 'x-daily-ratelimit-token-remaining';
export const TOKENS_ALLOWED = 'x-daily-ratelimit-token-limit';

/** Tokens that are left of the day's, as of the last answer that said so. */
export interface Tokens {
  readonly left: number;
  readonly allowed: number | null;
}

/** https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting */
export function budgetOf(response: HttpResponse): BudgetReading[] {
  const remaining = headerCount(response, TOKENS_LEFT);
  if (remaining === null) return [];
  // It is full again at midnight of Pipedrive's server, whose time zone no answer tells.
  const allowed = headerCount(response, TOKENS_ALLOWED);
  return [{ budget: 'tokens', title: 'API tokens a day, of the whole company', allowed, remaining, resetsAt: null }];
}

/** What the company's other programs are left with. */
const KEPT_SHARE = 0.25;
const KEPT_WITHOUT_LIMIT = 5_000;

/** Whether something large and not urgent may still be asked for today. Without a word of the vendor it may. */
export function hasTokensToSpare(tokens: Tokens | null): boolean {
  if (tokens === null) return true;
  return tokens.left > (tokens.allowed === null ? KEPT_WITHOUT_LIMIT : tokens.allowed * KEPT_SHARE);
}
