/** Answers Zendesk's calls from memory: the incremental export of tickets, tickets by id, whose token it is. */
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import type { JsonObject } from '../stripe/json.ts';
import type { CaseBook } from './case-book.ts';
import type { DeskAnswer, DeskRequest } from './desk-server.ts';
import type { SupportCase } from './support-story.ts';
import { metricSetObject, organizationObject, ticketObject, userObject } from './zendesk-objects.ts';

const MOST_A_PAGE = 1_000;

export function zendeskProblem(status: number, message: string): DeskAnswer {
  return {
    status,
    body: { error: status === 401 ? "Couldn't authenticate you" : 'RecordNotFound', description: message },
  };
}

export function zendeskAnswers(book: CaseBook): (request: DeskRequest) => DeskAnswer {
  return ({ method, path, query }) => {
    if (method !== 'GET') return zendeskProblem(405, 'Only reading is answered here');
    if (path === '/api/v2/users/me.json')
      return {
        status: 200,
        body: { user: { id: 814_860, name: 'Noor', email: 'noor@kestrel.example', role: 'admin' } },
      };
    if (path === '/api/v2/incremental/tickets/cursor.json') return exported(entriesOf(book), query);
    if (path === '/api/v2/tickets/show_many.json') {
      const asked = new Set((query.get('ids') ?? '').split(','));
      const found = entriesOf(book).filter(
        ({ told, deletedAt }) => deletedAt === null && asked.has(String(told.number)),
      );
      return {
        status: 200,
        body: { ...pageOf(found, query), count: found.length, next_page: null, previous_page: null },
      };
    }
    return zendeskProblem(404, 'Not found');
  };
}

interface Entry {
  readonly told: SupportCase;
  readonly deletedAt: Instant | null;
  readonly changedS: number;
}

/** In the order of their last change, deleted ones included. */
function entriesOf(book: CaseBook): Entry[] {
  const living = book.cases().map((told) => ({ told, deletedAt: null, changedS: secondsOfInstant(told.updatedAt) }));
  const gone = [...book.erased().values()].map(({ told, at }) => ({
    told,
    deletedAt: at,
    changedS: secondsOfInstant(at),
  }));
  return [...living, ...gone].toSorted((a, b) => a.changedS - b.changedS || a.told.number - b.told.number);
}

function exported(entries: readonly Entry[], query: URLSearchParams): DeskAnswer {
  const size = Number(query.get('per_page') ?? MOST_A_PAGE);
  if (!(size >= 1 && size <= MOST_A_PAGE)) return zendeskProblem(400, `per_page must be from 1 to ${MOST_A_PAGE}`);
  const cursor = query.get('cursor');
  const startTime = query.get('start_time');
  if (cursor === null && startTime === null) return zendeskProblem(400, 'start_time is required');
  const [changedS = 0, number = 0] =
    cursor === null ? [Number(startTime), 0] : Buffer.from(cursor, 'base64').toString('utf8').split('||').map(Number);
  const ahead = entries.filter(
    (entry) => entry.changedS > changedS || (entry.changedS === changedS && entry.told.number > number),
  );
  const shown = ahead.slice(0, size);
  const last = shown.at(-1);
  const after = last === undefined ? cursor : placeOf(last);
  return {
    status: 200,
    body: {
      ...pageOf(shown, query),
      after_cursor: after,
      after_url: null,
      before_cursor: null,
      before_url: null,
      end_of_stream: ahead.length <= size,
    },
  };
}

function placeOf({ changedS, told }: Entry): string {
  return Buffer.from(`${changedS}||${told.number}`).toString('base64');
}

function pageOf(entries: readonly Entry[], query: URLSearchParams): JsonObject {
  const besides = new Set((query.get('include') ?? '').split(','));
  const people = new Map(entries.map(({ told: { life } }) => [life.key, life]));
  return {
    tickets: entries.map(({ told, deletedAt }) => ticketObject(told, deletedAt)),
    ...(besides.has('metric_sets') ? { metric_sets: entries.map(({ told }) => metricSetObject(told)) } : {}),
    ...(besides.has('users') ? { users: [...people.values()].map(userObject) } : {}),
    ...(besides.has('organizations') ? { organizations: [...people.values()].map(organizationObject) } : {}),
  };
}
