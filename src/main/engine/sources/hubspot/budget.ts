/** HubSpot's daily quota of a private app, as its answers state it. */
import type { HttpResponse } from '../../runtime/ports.ts';
import { headerCount, type BudgetReading } from '../kit/index.ts';

/** Searches state none: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines. It is full again at midnight of the portal's time zone, which no header names. */
export function dailyQuota(response: HttpResponse): readonly BudgetReading[] {
  const remaining = headerCount(response, 'X-HubSpot-RateLimit-Daily-Remaining');
  if (remaining === null) return [];
  const allowed = headerCount(response, 'X-HubSpot-RateLimit-Daily');
  return [{ budget: 'daily', title: 'Requests a day', allowed, remaining, resetsAt: null }];
}
