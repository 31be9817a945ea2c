/** Answers Intercom's calls from memory: searches by time of change, contacts by id, single objects, whose token it is. */
import { secondsOfInstant } from '../../../shared/kernel/instant.ts';
import type { Company } from '../scenario/life.ts';
import { isJsonObject, numberOf, textOf, type Json, type JsonObject } from '../stripe/json.ts';
import type { CaseBook } from './case-book.ts';
import type { DeskAnswer, DeskRequest } from './desk-server.ts';
import {
  caseId,
  contactId,
  contactObject,
  conversationObject,
  isTicket,
  meObject,
  ticketObject,
} from './intercom-objects.ts';
import type { SupportCase } from './support-story.ts';

/** In the words of Intercom: https://developers.intercom.com/docs/references/rest-api/errors/error-objects */
export function intercomProblem(status: number, message: string): DeskAnswer {
  const code = status === 401 ? 'unauthorized' : status === 404 ? 'not_found' : 'parameter_invalid';
  return { status, body: { type: 'error.list', request_id: 'demo', errors: [{ code, message }] } };
}

export function intercomAnswers(company: Company, book: CaseBook): (request: DeskRequest) => DeskAnswer {
  const people = new Map(company.lives.map((life) => [contactId(life), life]));
  const kinds: Readonly<Record<string, Kind>> = {
    conversations: {
      cases: () => book.cases().filter((told) => !isTicket(told)),
      objectOf: conversationObject,
      list: 'conversation.list',
    },
    tickets: { cases: () => book.cases().filter(isTicket), objectOf: ticketObject, list: 'ticket.list' },
  };
  return ({ method, path, body }) => {
    const [, name = '', rest] = /^\/([a-z]+)(?:\/([^/]+))?$/.exec(path) ?? [];
    const kind = kinds[name];
    if (method === 'GET' && path === '/me') return { status: 200, body: meObject() };
    if (method === 'POST' && name === 'contacts' && rest === 'search') {
      const data = idsAsked(body).flatMap((id) => {
        const life = people.get(id);
        return life === undefined ? [] : [contactObject(life)];
      });
      return { status: 200, body: { type: 'list', data, total_count: data.length, pages: pagesOf(1, 50, 1, null) } };
    }
    if (kind !== undefined && method === 'POST' && rest === 'search') return search(name, kind, body);
    if (kind !== undefined && method === 'GET' && rest !== undefined) {
      const found = kind.cases().find((told) => caseId(told) === rest);
      return found === undefined
        ? intercomProblem(404, 'Resource Not Found')
        : { status: 200, body: kind.objectOf(found) };
    }
    return intercomProblem(404, `The requested path ${path} was not found`);
  };
}

interface Kind {
  readonly cases: () => readonly SupportCase[];
  readonly objectOf: (told: SupportCase) => JsonObject;
  readonly list: string;
}

/** What changed last comes first, as in Intercom. */
function search(name: string, { cases, objectOf, list }: Kind, body: Json): DeskAnswer {
  const since = sinceAsked(body);
  if (since === null) return intercomProblem(400, 'Only updated_at can be searched here');
  const pagination = isJsonObject(body) && isJsonObject(body['pagination']) ? body['pagination'] : {};
  const size = numberOf(pagination, 'per_page') || 20;
  if (size > 150) return intercomProblem(400, 'per_page must be between 1 and 150');
  const found = cases()
    .filter(({ updatedAt }) => secondsOfInstant(updatedAt) > since)
    .toSorted((a, b) => b.updatedAt - a.updatedAt || b.number - a.number);
  const after = textOf(pagination, 'starting_after');
  const from = after === '' ? 0 : found.findIndex((told) => sortKey(told) === after) + 1;
  const shown = found.slice(from, from + size);
  const last = shown.at(-1);
  const next = last !== undefined && from + size < found.length ? sortKey(last) : null;
  return {
    status: 200,
    body: {
      type: list,
      [name]: shown.map(objectOf),
      total_count: found.length,
      pages: pagesOf(Math.floor(from / size) + 1, size, Math.ceil(found.length / size), next),
    },
  };
}

function sortKey({ updatedAt, number }: SupportCase): string {
  return Buffer.from(`${updatedAt},${number}`).toString('base64');
}

function pagesOf(page: number, size: number, total: number, next: string | null): JsonObject {
  return {
    type: 'pages',
    page,
    per_page: size,
    total_pages: total,
    ...(next === null ? {} : { next: { per_page: size, starting_after: next } }),
  };
}

/** The bound of `{ query: { operator: 'AND', value: [{ field: 'updated_at', operator: '>', value }] } }`. */
function sinceAsked(body: Json): number | null {
  const [filter] = isJsonObject(body) && isJsonObject(body['query']) ? listOf(body['query']['value']) : [];
  if (!isJsonObject(filter) || filter['field'] !== 'updated_at' || filter['operator'] !== '>') return null;
  return Number(filter['value']);
}

function idsAsked(body: Json): string[] {
  const query = isJsonObject(body) && isJsonObject(body['query']) ? body['query'] : {};
  return query['field'] === 'id' ? listOf(query['value']).map(String) : [];
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
