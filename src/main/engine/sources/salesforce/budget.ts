/** The organisation's API requests of 24 hours, which all its programs share: every answer tells how many are used. */
import type { HttpResponse } from '../../runtime/ports.ts';
import type { BudgetReading } from '../kit/index.ts';

/** `api-usage=18/5000`: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm */
export function usageIn({ headers }: Pick<HttpResponse, 'headers'>): { used: number; allowed: number } | null {
  const found = /\bapi-usage=(\d{1,12})\/(\d{1,12})\b/.exec(headers['sforce-limit-info'] ?? '');
  return found === null ? null : { used: Number(found[1]), allowed: Number(found[2]) };
}

export function budgetOf(response: HttpResponse): BudgetReading[] {
  const usage = usageIn(response);
  if (usage === null) return [];
  const { used, allowed } = usage;
  // The 24 hours roll on: there is no moment at which all of it is there again.
  const remaining = Math.max(0, allowed - used);
  return [
    {
      budget: 'daily',
      title: 'API requests in 24 hours, of the whole organisation',
      allowed,
      remaining,
      resetsAt: null,
    },
  ];
}
