/**
 * Tasks, events and contact roles change without the opportunity they belong to:
 * this stream follows them, and reads the opportunities again that they name.
 */
import { z } from 'zod';
import { instant, minuteText } from '../../../../shared/kernel/instant.ts';
import { gapError, gapOf, type Json, type Page, type Stream, type StreamProof, type StreamRun } from '../kit/index.ts';
import { byIds, recordsOf, type Asking, type ObjectStreamSpec } from './object-stream.ts';
import { flat, newestPlace, placeOf, textIn } from './records.ts';
import { changedAfter } from './soql.ts';
import { followFrom, FollowSchema, pageWalked, walkEnded, type Follow } from './walk.ts';

interface Watched {
  readonly object: string;
  readonly idField: string;
  readonly where: readonly string[];
}

const WATCHED: readonly Watched[] = [
  { object: 'Task', idField: 'WhatId', where: ["What.Type = 'Opportunity'"] },
  { object: 'Event', idField: 'WhatId', where: ["What.Type = 'Opportunity'"] },
  { object: 'OpportunityContactRole', idField: 'OpportunityId', where: [] },
];

const PAGE_SIZE = 500;

const CursorSchema = z.object({ follows: z.record(z.string(), FollowSchema) });
type Cursor = z.output<typeof CursorSchema>;

/** Before the opportunities (phase 1): in the first run it notes where to begin, and they bring everything of before. */
export function activitiesStream(deals: ObjectStreamSpec, asking: Asking): Stream {
  return {
    id: 'activities',
    title: 'Activities and contact roles',
    change: 'updated_at',
    phase: 1,
    objectTypes: [],
    keepsRaw: false,
    scope: 'Task',
    isDue: () => true,
    read: (run) => pages(run, deals, asking),
    proof: proofOf,
  };
}

async function* pages(run: StreamRun, deals: ObjectStreamSpec, asking: Asking): AsyncGenerator<Page> {
  let cursor: Cursor = CursorSchema.safeParse(run.cursor).data ?? { follows: {} };
  const hidden: string[] = [];
  for (const watched of WATCHED) {
    try {
      // Alone, so that what cannot be seen of one does not hide the others.
      cursor = yield* changes(cursor, watched, deals, asking);
    } catch (error) {
      if (gapOf(error) === null || !(error instanceof Error)) throw error;
      hidden.push(error.message);
    }
  }
  if (hidden.length > 0) throw gapError('permission', hidden.join('; '));
}

async function* changes(
  start: Cursor,
  { object, idField, where }: Watched,
  deals: ObjectStreamSpec,
  asking: Asking,
): AsyncGenerator<Page, Cursor> {
  const { client, org, now } = asking;
  // Asked for by name: an object that is hidden is a gap.
  await org.shape(object);
  const known = start.follows[object];
  let follow: Follow = known ?? followFrom(await newestPlace(client, object, 'SystemModstamp', where), now());
  const at = (next: Follow): Cursor => ({ follows: { ...start.follows, [object]: next } });
  if (known === undefined) {
    yield { records: [], cursor: at(follow), remaining: 0, listing: false };
    return at(follow);
  }
  for (;;) {
    const { records, done } = await client.page(
      {
        fields: ['Id', 'SystemModstamp', idField],
        from: object,
        where: [...where, changedAfter(follow.walk ?? follow.since, 'SystemModstamp')],
        orderBy: ['SystemModstamp', 'Id'],
        limit: PAGE_SIZE,
      },
      true,
    );
    const found = records.map(flat);
    const last = found.at(-1);
    if (last !== undefined) follow = pageWalked(follow, placeOf(last, 'SystemModstamp'));
    const isLast = done && records.length < PAGE_SIZE;
    if (isLast) follow = walkEnded(follow, now());
    const ids = [...new Set(found.map((each) => textIn(each, idField)))].filter((id) => id !== '');
    const values = ids.length === 0 ? [] : await deals.values(await byIds(ids, deals, asking));
    yield { records: recordsOf(values, deals), cursor: at(follow), remaining: isLast ? 0 : null, listing: false };
    if (isLast) return at(follow);
  }
}

function proofOf(cursor: Json): StreamProof {
  const parsed = CursorSchema.safeParse(cursor).data;
  if (parsed === undefined) return { complete: false, sentence: 'Nothing has been read yet' };
  const unread = WATCHED.filter(({ object }) => parsed.follows[object] === undefined).map(({ object }) => object);
  if (unread.length > 0) return { complete: false, sentence: `${unread.join(', ')} are not followed` };
  const follows = Object.values(parsed.follows);
  if (follows.some(({ walk }) => walk !== null))
    return { complete: false, sentence: 'Changes were not walked to their end' };
  const since = minuteText(instant(Math.min(...follows.map((each) => each.since.ms))));
  return { complete: true, sentence: `Changes of tasks, events and contact roles are known from ${since} on` };
}
