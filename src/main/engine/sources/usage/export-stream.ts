/**
 * The stream of a vendor that gives single events by spans of days: they are
 * rolled up while they stream by, one batch a day, and a batch that is read
 * again is replaced. How many days are asked for at once follows how many
 * events they turn out to have.
 */
import { z } from 'zod';
import { addDays, dayNumber, daysBetween, daysFromTo, type PlainDay, plainDay } from '../../../../shared/kernel/day.ts';
import type { Json, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import { idleEventsOf, type UsageMapping } from './mapping.ts';
import { usageRollup, type Rollup, type SeenEvent } from './rollup.ts';
import {
  eventPropertyType,
  SHOWN_ROWS,
  unreadableRecord,
  unreadableRows,
  usageBatchType,
  type UnreadableRows,
} from './usage-types.ts';
import { counted } from '../../wording/index.ts';

/** Takes what an export holds, event by event. */
export interface EventSink {
  /** @param batch the day to whose batch it belongs. */
  event(batch: PlainDay, event: SeenEvent, properties: readonly string[]): void;
  unreadable(batch: PlainDay, row: unknown): void;
  /** Forgets what was taken: the export begins anew. */
  clear(): void;
}

export interface ExportSpec {
  readonly id: string;
  readonly title: string;
  readonly mapping: UsageMapping;
  readonly wanted: string;
  /** Checks a row that could not be read, so that the quarantine can say what is wrong with it. */
  readonly row: z.ZodType;
  /** The last day of which anything can be had. */
  readonly today: PlainDay;
  readonly historyDays: number;
  readonly rereadDays: number;
  readonly longestSpan: number;
  /** What is walked, in a word: `events`, `uploads`. */
  readonly walked: string;
  /** Reads whole days. @throws AppError. */
  read(from: PlainDay, until: PlainDay, sink: EventSink): Promise<void>;
}

const Day = z.string().transform((text) => plainDay(text));

const CursorSchema = z.object({
  wanted: z.string(),
  first: Day,
  /** The first day that was not read, or not when it was over. */
  next: Day,
  span: z.int().min(1),
  /** Events of days that are not read again. */
  settled: z.int(),
  recent: z.array(z.tuple([Day, z.int()])),
});
type Cursor = z.output<typeof CursorSchema>;

/** Nobody knows yet how many events a day has. */
const FIRST_SPAN = 1;
/** So many events at once are a page that is soon stored. */
const EVENTS_AT_ONCE = 500_000;
/** Of several days no more than so many are held: then they are asked for again, fewer at a time. */
const EVENTS_HELD = 2 * EVENTS_AT_ONCE;

export function exportStream(spec: ExportSpec): Stream {
  return {
    id: spec.id,
    title: spec.title,
    change: 'updated_at',
    phase: 1,
    objectTypes: [usageBatchType, eventPropertyType, unreadableRows(spec.row)],
    keepsRaw: false,
    scope: null,
    isDue: () => true,
    read: (run) => pages(run, spec),
    proof: (cursor) => proofOf(cursor, spec),
  };
}

/** Whether stored usage was read by another mapping than today's. */
export function isOtherMapping(cursor: Json, wanted: string): boolean {
  const known = CursorSchema.safeParse(cursor).data;
  return known !== undefined && known.wanted !== wanted;
}

async function* pages(run: StreamRun, spec: ExportSpec): AsyncGenerator<Page> {
  const { wanted, today, historyDays, rereadDays } = spec;
  const known = CursorSchema.safeParse(run.cursor).data;
  const first = known?.first ?? addDays(today, -historyDays);
  const isNew = known?.wanted !== wanted;
  let cursor: Cursor = isNew ? { wanted, first, next: first, span: FIRST_SPAN, settled: 0, recent: [] } : known;
  let from = isNew ? first : later(first, addDays(cursor.next, -rereadDays));
  // Whoever was cut off on the first days reads from the first again, and that is the same batch as before.
  let begins = isNew || from === first;
  while (from <= today) {
    const until = earlier(addDays(from, cursor.span), addDays(today, 1));
    const sampledFrom = addDays(today, -rereadDays);
    const window = exportWindow(
      spec,
      sampledFrom,
      daysBetween(from, until) > 1 ? EVENTS_HELD : Number.POSITIVE_INFINITY,
    );
    await spec.read(from, until, window.sink);
    if (window.isTooMuch()) {
      // Nothing of it is stored, and the cursor stays where it was.
      cursor = { ...cursor, span: Math.max(1, Math.floor(cursor.span / 4)) };
      continue;
    }
    const days = daysFromTo(from, addDays(until, -1));
    cursor = withDays(
      cursor,
      days.map((day) => [day, window.events(day)]),
      earlier(until, today),
      spec,
    );
    yield { records: window.records(days, begins), cursor, remaining: daysBetween(until, today) + 1, listing: false };
    begins = false;
    from = until;
  }
}

/** @param most events; beyond them everything is let go, and the rest of the answer passes by. */
function exportWindow(spec: ExportSpec, sampledFrom: PlainDay, most: number) {
  const { mapping } = spec;
  const steps = {
    visited: mapping.visitedEvent,
    signUp: mapping.signUpEvent,
    activation: mapping.activationEvent,
    idle: new Set(idleEventsOf(mapping)),
  };
  const rollups = new Map<PlainDay, Rollup>();
  const unreadable = new Map<PlainDay, UnreadableRows>();
  const properties = new Map<string, number>();
  let held = 0;
  const forget = (): void => {
    rollups.clear();
    unreadable.clear();
    properties.clear();
  };
  const sink: EventSink = {
    event(batch, event, names) {
      held += 1;
      if (held > most) {
        if (held === most + 1) forget();
        return;
      }
      const rollup = rollups.get(batch) ?? usageRollup(steps);
      rollups.set(batch, rollup);
      rollup.add(event);
      if (batch < sampledFrom) return;
      for (const name of names) properties.set(name, (properties.get(name) ?? 0) + 1);
    },
    unreadable(batch, row) {
      const known = unreadable.get(batch) ?? { shown: [], count: 0 };
      // A day on which a vendor changed its format has millions of them: a few are there to be looked at.
      if (known.shown.length < SHOWN_ROWS) known.shown.push(row);
      known.count += 1;
      unreadable.set(batch, known);
    },
    clear() {
      held = 0;
      forget();
    },
  };
  return {
    sink,
    isTooMuch: () => held > most,
    events: (day: PlainDay) => rollups.get(day)?.events ?? 0,
    records: (days: readonly PlainDay[], begins: boolean): SourceRecord[] => [
      ...days.flatMap((day, index): SourceRecord[] => {
        const rollup = rollups.get(day) ?? usageRollup(steps);
        const value = rollup.record(day, day, day, begins && index === 0);
        return [{ kind: 'object', type: usageBatchType.type, value }, ...unreadableRecord(day, unreadable.get(day))];
      }),
      ...[...properties].map(([name, seen]): SourceRecord => ({
        kind: 'object',
        type: eventPropertyType.type,
        value: { name, seen },
      })),
    ],
  };
}

function withDays(
  cursor: Cursor,
  days: readonly (readonly [PlainDay, number])[],
  next: PlainDay,
  { rereadDays, longestSpan }: ExportSpec,
): Cursor {
  const horizon = addDays(next, -rereadDays);
  const entries = [...new Map([...cursor.recent, ...days])].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const events = days.reduce((sum, [, count]) => sum + count, 0);
  const fitting = Math.floor((days.length * EVENTS_AT_ONCE) / Math.max(1, events));
  return {
    ...cursor,
    next,
    // The last window is cut short by today, and says nothing about the next.
    span: days.length < cursor.span ? cursor.span : Math.max(1, Math.min(longestSpan, cursor.span * 2, fitting)),
    settled: cursor.settled + entries.filter(([day]) => day < horizon).reduce((sum, [, count]) => sum + count, 0),
    recent: entries.filter(([day]) => day >= horizon),
  };
}

function proofOf(cursor: Json, { wanted, today, walked }: ExportSpec): StreamProof {
  const state = CursorSchema.safeParse(cursor).data;
  if (state === undefined) return { complete: false, sentence: 'Nothing has been read yet' };
  if (state.wanted !== wanted)
    return { complete: false, sentence: 'The mapping has changed and the days have not been read again yet' };
  const events = state.recent.reduce((sum, [, count]) => sum + count, state.settled);
  const told = `${counted(events, 'event')}, from ${walked} of ${state.first} to ${state.next}, each counted once`;
  return state.next >= today
    ? { complete: true, sentence: `${told}; every export was read to its end` }
    : { complete: false, sentence: `${told}; later days have not been read` };
}

/** The day of a moment, as the vendor's clock tells it. */
export function clampedDay(day: PlainDay, from: PlainDay, until: PlainDay): PlainDay {
  return dayNumber(day) < dayNumber(from) ? from : day >= until ? addDays(until, -1) : day;
}

function later(a: PlainDay, b: PlainDay): PlainDay {
  return a > b ? a : b;
}

function earlier(a: PlainDay, b: PlainDay): PlainDay {
  return a < b ? a : b;
}
