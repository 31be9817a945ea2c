/** The streams of people, counted at PostHog: active ones by day, week and month, and first visits by channel. */
import { z } from 'zod';
import { addDays, addToMonth, firstDayOf, monthOf, type PlainDay, plainDay } from '../../../../shared/kernel/day.ts';
import { mondayOf } from '../../domain/index.ts';
import type { Json, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import { activeUsersType, eventPropertyType, firstVisitsType } from '../usage/index.ts';
import type { Project } from './project.ts';
import { activeRows, firstDayRows, propertyRows, visitRows } from './rows.ts';

/** Months asked for at once. */
const SPAN = 12;
/** Properties are those of the last week's events. */
const SAMPLED_DAYS = 7;

const CursorSchema = z.object({
  wanted: z.string(),
  first: z.string(),
  /** The first day that was not counted, or not when it was over. */
  next: z.string().transform((text) => plainDay(text)),
});

export function peopleStream(project: Project): Stream {
  return {
    id: 'people',
    title: 'Active users and first visits',
    change: 'updated_at',
    phase: 3,
    objectTypes: [activeUsersType, firstVisitsType],
    keepsRaw: false,
    scope: 'query:read',
    isDue: () => true,
    read: (run) => pages(run, project),
    proof: (cursor) => proofOf(cursor, project),
  };
}

async function* pages(run: StreamRun, project: Project): AsyncGenerator<Page> {
  const { client, queries, wanted, today, rereadDays } = project;
  const known = CursorSchema.safeParse(run.cursor).data;
  const isKnown = known?.wanted === wanted;
  const [told] = isKnown ? [] : firstDayRows(await client.ask(queries.firstDay));
  const first = isKnown ? known.first : told === undefined || told[1] === 0 ? null : told[0];
  if (first === null) return;
  let from = monthOf(isKnown ? addDays(known.next, -rereadDays) : plainDay(first));
  while (firstDayOf(from) <= today) {
    const until = [addToMonth(from, SPAN), addToMonth(monthOf(today), 1)].toSorted()[0] ?? from;
    const records = await counted(project, firstDayOf(from), firstDayOf(until));
    const next = firstDayOf(until) > today ? today : firstDayOf(until);
    yield { records, cursor: { wanted, first, next }, remaining: null, listing: false };
    from = until;
  }
}

/** From and until are first days of months; weeks are those that begin before `until`, whole. */
async function counted(
  { client, queries, visitedEvent }: Project,
  from: PlainDay,
  until: PlainDay,
): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  const spans = {
    day: [from, until],
    week: [mondayOf(from), addDays(mondayOf(addDays(until, -1)), 7)],
    month: [from, until],
  } as const;
  for (const period of ['day', 'week', 'month'] as const) {
    const rows = activeRows(await client.ask(queries.active(period, ...spans[period])));
    for (const [startsOn, users, accounts] of rows)
      records.push({ kind: 'object', type: activeUsersType.type, value: { period, startsOn, users, accounts } });
  }
  if (visitedEvent === '') return records;
  const visits = visitRows(await client.ask(queries.visits(from, until))).map(([day, channel, visitors]) => ({
    day,
    channel,
    visitors,
  }));
  const value = { firstOn: from, lastOn: addDays(until, -1), visits: visits.filter(({ day }) => day < until) };
  return [...records, { kind: 'object', type: firstVisitsType.type, value }];
}

function proofOf(cursor: Json, project: Project): StreamProof {
  const state = CursorSchema.safeParse(cursor).data;
  if (state === undefined || state.wanted !== project.wanted)
    return { complete: project.isEmpty(), sentence: 'Nobody has been counted yet' };
  return state.next >= project.today
    ? {
        complete: true,
        sentence: `People of ${state.first} to ${state.next} were counted at PostHog, each once per period`,
      }
    : { complete: false, sentence: `People were counted up to ${state.next}` };
}

export function propertyStream({ client, queries, today }: Project): Stream {
  return {
    id: 'properties',
    title: 'Properties of events',
    change: 'snapshot',
    phase: 3,
    objectTypes: [eventPropertyType],
    keepsRaw: false,
    scope: 'query:read',
    isDue: () => true,
    async *read(): AsyncGenerator<Page> {
      const rows = propertyRows(await client.ask(queries.properties(addDays(today, -SAMPLED_DAYS))));
      yield {
        records: rows.map(([name, seen]) => ({ kind: 'object', type: eventPropertyType.type, value: { name, seen } })),
        cursor: { read: rows.length },
        remaining: 0,
        listing: false,
      };
    },
    proof: (cursor) =>
      cursor === null
        ? { complete: false, sentence: 'Nothing has been read yet' }
        : { complete: true, sentence: 'The properties of the last week’s events were read' },
  };
}
