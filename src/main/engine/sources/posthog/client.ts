/** PostHog's query API (https://posthog.com/docs/api/queries): a question in HogQL, rows back; refusals in our words. */
import { z } from 'zod';
import { AppError, isAppError } from '../../../../shared/kernel/errors.ts';
import type { Http, HttpResponse } from '../../runtime/ports.ts';
import { gapError, gapOf, type SourceReport, jsonOrNull } from '../kit/index.ts';

export interface PostHogClient {
  /**
   * Rows in the order of the query's columns.
   * @throws AppError `auth_failed`, `rate_limited`, `unavailable`, or a gap.
   */
  ask(query: string): Promise<readonly (readonly unknown[])[]>;
  check(): Promise<SourceReport>;
}

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
/** A query may run for ten minutes there. */
const PATIENCE_MS = 10 * 60_000;

export function postHogClient(options: {
  readonly apiBase: string;
  readonly projectId: string;
  readonly personalApiKey: string;
  readonly http: Http;
}): PostHogClient {
  const { projectId, personalApiKey, http } = options;
  const url = `${options.apiBase.replace(/\/+$/, '')}/api/projects/${projectId}/query/`;

  async function ask(query: string): Promise<readonly (readonly unknown[])[]> {
    const response = await http({
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Bearer ${personalApiKey}`,
      },
      // An answer that PostHog remembers from an hour ago would hide what came since.
      body: JSON.stringify({ query: { kind: 'HogQLQuery', query }, refresh: 'force_blocking' }),
      maxBytes: MAX_ANSWER_BYTES,
      timeoutMs: PATIENCE_MS,
    });
    if (response.status >= 400) throw refusalOf(response, personalApiKey);
    return rowsOf(response);
  }

  return {
    ask,
    async check() {
      const report = { accountId: projectId, accountName: `Project ${projectId}`, liveMode: null, warnings: [] };
      try {
        await ask('SELECT 1');
        return { ...report, ok: true, missingScopes: [], problem: null };
      } catch (error) {
        if (!isAppError(error)) throw error;
        const missing = gapOf(error) === 'permission' ? [QUERY_READ] : [];
        if (!isAppError(error, 'auth_failed') && gapOf(error) === null) throw error;
        return { ...report, ok: false, accountName: null, missingScopes: missing, problem: error.message };
      }
    },
  };
}

export const QUERY_READ = {
  id: 'query:read',
  title: 'Query: Read',
  why: 'usage, active users and funnels, aggregated at PostHog',
  required: true,
} as const;

const AnswerSchema = z.object({ columns: z.array(z.string()), results: z.array(z.array(z.unknown())) });

function rowsOf({ body }: HttpResponse): readonly (readonly unknown[])[] {
  const answer = AnswerSchema.safeParse(jsonOrNull(body));
  if (!answer.success) throw gapError('refused', 'PostHog’s answer cannot be read; try again later', answer.error);
  const { columns, results } = answer.data;
  if (results.some((row) => row.length !== columns.length))
    throw gapError('refused', 'PostHog’s answer has rows that do not fit its columns; try again later');
  return results;
}

const RefusalSchema = z.object({ detail: z.string().optional(), code: z.string().optional() });

function refusalOf(response: HttpResponse, key: string): AppError {
  const { detail } = RefusalSchema.safeParse(jsonOrNull(response.body)).data ?? {};
  const said = (detail ?? `the answer is ${response.status}, without a reason.`).replaceAll(key, '•••').slice(0, 500);
  switch (response.status) {
    case 401:
      return new AppError(
        'auth_failed',
        `PostHog does not accept the key: ${said} Connect PostHog again with a personal API key of this region.`,
      );
    case 403:
      return gapError('permission', `The key may not query this project: ${said} It needs the scope “Query: Read”.`);
    case 404:
      return gapError('not_found', `PostHog has no such project, or the key cannot see it: ${said}`);
    default:
      return gapError('refused', `PostHog refuses the query: ${said}`);
  }
}
