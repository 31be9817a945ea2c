/** The stream of accounts: who they are, where their first person came from, when they took which step. */
import { z } from 'zod';
import { addDays, type PlainDay, plainDay } from '../../../../shared/kernel/day.ts';
import type { Json, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import { productAccountType } from '../usage/index.ts';
import type { Project } from './project.ts';
import { accountRow } from './rows.ts';

const PAGE = 5_000;
/** So many ids go into one question. */
const IDS = 500;

const CursorSchema = z.object({
  wanted: z.string(),
  /** The last account listed; null once the listing is over. */
  after: z.string().nullable(),
  /** Accounts with an event from this day on are asked for again. */
  since: z.string().transform((text) => plainDay(text)),
});
type Cursor = z.output<typeof CursorSchema>;

export function accountStream(project: Project): Stream {
  return {
    id: 'accounts',
    title: 'Accounts',
    change: 'updated_at',
    phase: 1,
    objectTypes: [productAccountType],
    keepsRaw: true,
    scope: 'query:read',
    isDue: () => true,
    read: (run) => pages(run, project),
    proof: proofOf,
    async *reread(ids, run) {
      for (let from = 0; from < ids.length; from += IDS) {
        const asked = ids.slice(from, from + IDS);
        const rows = await project.client.ask(project.queries.accountsById(asked));
        const found = new Set(rows.map(([id]) => String(id)));
        yield [
          ...recordsOf(rows),
          ...asked
            .filter((id) => !found.has(id))
            .map((id): SourceRecord => ({ kind: 'deleted', type: productAccountType.type, id, at: run.now })),
        ];
      }
    },
  };
}

async function* pages(run: StreamRun, project: Project): AsyncGenerator<Page> {
  const { client, queries, wanted, today, rereadDays } = project;
  const since = addDays(today, -rereadDays);
  const known = CursorSchema.safeParse(run.cursor).data;
  let cursor: Cursor = known?.wanted === wanted ? known : { wanted, after: '', since };
  while (cursor.after !== null) {
    const rows = await client.ask(queries.allAccounts(cursor.after, PAGE));
    cursor = { ...cursor, after: rows.length < PAGE ? null : String(rows.at(-1)?.[0]) };
    yield { records: recordsOf(rows), cursor, remaining: null, listing: true };
    if (cursor.after === null) return;
  }
  yield* active(cursor, since, project);
}

/** Accounts with anything new. */
async function* active(cursor: Cursor, since: PlainDay, { client, queries }: Project): AsyncGenerator<Page> {
  for (let after = ''; ;) {
    const rows = await client.ask(queries.activeAccounts(cursor.since, after, PAGE));
    const isLast = rows.length < PAGE;
    yield {
      records: recordsOf(rows),
      cursor: isLast ? { ...cursor, since } : cursor,
      remaining: isLast ? 0 : null,
      listing: false,
    };
    if (isLast) return;
    after = String(rows.at(-1)?.[0]);
  }
}

function recordsOf(rows: readonly (readonly unknown[])[]): SourceRecord[] {
  return rows
    .filter(([id]) => id !== '')
    .map((row) => ({ kind: 'object', type: productAccountType.type, value: accountRow(row) }));
}

function proofOf(cursor: Json): StreamProof {
  const state = CursorSchema.safeParse(cursor).data;
  if (state === undefined) return { complete: false, sentence: 'Nothing has been listed yet' };
  return state.after === null
    ? { complete: true, sentence: `Listed to the end; accounts with events since ${state.since} are asked for again` }
    : { complete: false, sentence: 'The listing has not come to its end' };
}
