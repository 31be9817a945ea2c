/** The stream of use: days, each rolled up at PostHog and replaced as a whole; the last ones are read again, because events come late. */
import { z } from 'zod';
import { addDays, daysBetween, daysFromTo, type PlainDay, plainDay } from '../../../../shared/kernel/day.ts';
import type { Json, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import { unreadableRecord, unreadableRows, usageBatchType, type UsageBatchRecord } from '../usage/index.ts';
import { MOST_ROWS, type RowKey } from './hogql.ts';
import { countedRows, firstDayRows, useRows, UsageRowSchema, usageRow } from './rows.ts';
import type { Project } from './project.ts';
import { counted } from '../../wording/index.ts';

const Day = z.string().transform((text) => plainDay(text));

const CursorSchema = z.object({
  wanted: z.string(),
  /** The first day with an event. */
  first: Day,
  /** The first day that was not read, or not when it was over. */
  next: Day,
  /** Events of days that are not read again. */
  settled: z.int(),
  /** Events of the days that are. */
  recent: z.array(z.tuple([Day, z.int()])),
  /** Days on which the sum of the rows is not what PostHog counts. */
  differing: z.array(Day),
});
type Cursor = z.output<typeof CursorSchema>;

/** Days asked for at once, to begin with. */
const FIRST_SPAN = 14;
const LONGEST_SPAN = 62;

export function usageStream(project: Project): Stream {
  return {
    id: 'usage',
    title: 'Usage by day',
    change: 'updated_at',
    phase: 2,
    objectTypes: [usageBatchType, unreadableRows(UsageRowSchema)],
    keepsRaw: false,
    scope: 'query:read',
    isDue: () => true,
    read: (run) => pages(run, project),
    proof: (cursor) => proofOf(cursor, project),
  };
}

/** Where the stream stands, or null where it has to begin. */
export function usageCursorOf(cursor: Json, { wanted }: Pick<Project, 'wanted'>): Cursor | null {
  const parsed = CursorSchema.safeParse(cursor).data;
  return parsed === undefined || parsed.wanted !== wanted ? null : parsed;
}

async function* pages(run: StreamRun, project: Project): AsyncGenerator<Page> {
  const { rereadDays, today, wanted } = project;
  const known = usageCursorOf(run.cursor, project);
  const first = known?.first ?? (await firstDay(project));
  if (first === null) return;
  let cursor: Cursor = known ?? { wanted, first, next: first, settled: 0, recent: [], differing: [] };
  let from = later(first, addDays(cursor.next, -rereadDays));
  let span = FIRST_SPAN;
  while (from <= today) {
    const until = earlier(addDays(from, span), addDays(today, 1));
    const days = await readDays(project, from, until);
    if (days === null) {
      span = Math.max(1, Math.floor(span / 2));
      continue;
    }
    cursor = withDays(cursor, days, earlier(until, today), rereadDays);
    yield {
      records: days.flatMap(({ record, unreadable }): SourceRecord[] => [
        { kind: 'object', type: usageBatchType.type, value: record },
        ...unreadableRecord(record.id, { shown: [...unreadable], count: unreadable.length }),
      ]),
      cursor,
      remaining: Math.max(0, daysBetween(until, today) + 1),
      listing: false,
    };
    from = until;
    span = Math.min(LONGEST_SPAN, span * 2);
  }
}

async function firstDay({ client, queries }: Project): Promise<PlainDay | null> {
  const [row] = firstDayRows(await client.ask(queries.firstDay));
  return row === undefined || row[1] === 0 ? null : plainDay(row[0]);
}

interface ReadDay {
  readonly day: PlainDay;
  readonly record: UsageBatchRecord;
  readonly unreadable: readonly unknown[];
  readonly agrees: boolean;
}

/** @returns null where the days hold more rows than one answer may have. */
async function readDays(project: Project, from: PlainDay, until: PlainDay): Promise<ReadDay[] | null> {
  const { client, queries } = project;
  const isOneDay = daysBetween(from, until) === 1;
  const use = useRows(await client.ask(queries.use(from, until)));
  if (use.length >= MOST_ROWS && !isOneDay) return null;
  const rows: (readonly unknown[])[] = [];
  for (let after: RowKey | null = null; ;) {
    const page = await client.ask(queries.usage(from, until, after));
    rows.push(...page);
    if (page.length < MOST_ROWS) break;
    if (!isOneDay) return null;
    const [day, account, event] = page.at(-1) ?? [];
    after = [String(day), String(account), String(event)];
  }
  const counted = countedRows(await client.ask(queries.counted(from, until)));
  const byDay = Map.groupBy(rows, ([day]) => String(day));
  const useByDay = Map.groupBy(use, ({ day }) => day);
  const days = daysFromTo(from, addDays(until, -1)).map((day) =>
    dayOf(day, byDay.get(day) ?? [], useByDay.get(day) ?? [], counted.get(day) ?? 0),
  );
  // A row whose day cannot be read belongs to some day of these: the first one shows it.
  const stray = rows.filter(([day]) => !days.some((one) => one.day === day));
  return days.map((day, index) =>
    index === 0 ? { ...day, unreadable: [...day.unreadable, ...stray.map((row) => usageRow(row))] } : day,
  );
}

function dayOf(
  day: PlainDay,
  rows: readonly (readonly unknown[])[],
  use: UsageBatchRecord['counts'],
  counted: number,
): ReadDay {
  const counts: UsageBatchRecord['counts'] = [];
  const unreadable: unknown[] = [];
  for (const row of rows) {
    const named = usageRow(row);
    const parsed = UsageRowSchema.safeParse(named);
    if (parsed.success) counts.push(parsed.data);
    else unreadable.push(named);
  }
  const events = counts.reduce((sum, { count }) => sum + count, 0);
  const record = {
    id: day,
    firstOn: day,
    lastOn: day,
    events,
    counts: [...counts, ...use],
    visitors: [],
    accounts: [],
    sketches: [],
    begins: false,
  };
  return { day, record, unreadable, agrees: unreadable.length > 0 || events === counted };
}

/** Days that are not read again are added up; the others are named, so that reading them again counts them once. */
function withDays(cursor: Cursor, days: readonly ReadDay[], next: PlainDay, rereadDays: number): Cursor {
  const horizon = addDays(next, -rereadDays);
  const read = new Map(cursor.recent);
  const differing = new Set(cursor.differing);
  for (const { day, record, agrees } of days) {
    read.set(day, record.events);
    if (agrees) differing.delete(day);
    else differing.add(day);
  }
  const entries = [...read].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...cursor,
    next,
    settled: cursor.settled + entries.filter(([day]) => day < horizon).reduce((sum, [, events]) => sum + events, 0),
    recent: entries.filter(([day]) => day >= horizon),
    differing: [...differing].toSorted(),
  };
}

function proofOf(cursor: Json, project: Project): StreamProof {
  const state = usageCursorOf(cursor, project);
  if (state === null)
    return cursor === null
      ? {
          complete: project.isEmpty(),
          sentence: project.isEmpty() ? 'The project has no events' : 'Nothing has been read yet',
        }
      : { complete: false, sentence: 'The mapping has changed and the days have not been read again yet' };
  const events = state.recent.reduce((sum, [, count]) => sum + count, state.settled);
  const told = `${counted(events, 'event')} from ${state.first} to ${state.next}`;
  if (state.next < project.today) return { complete: false, sentence: `${told}; later days have not been read` };
  if (state.differing.length > 0)
    return {
      complete: false,
      sentence: `${told}; PostHog counts others on ${state.differing.slice(0, 5).join(', ')}, which came in meanwhile`,
    };
  return { complete: true, sentence: `${told} are in the rollup, as many as PostHog counts day by day` };
}

function later(a: PlainDay, b: PlainDay): PlainDay {
  return a > b ? a : b;
}

function earlier(a: PlainDay, b: PlainDay): PlainDay {
  return a < b ? a : b;
}
