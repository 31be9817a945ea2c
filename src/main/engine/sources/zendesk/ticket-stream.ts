/** The incremental export: every ticket once, then whatever changed, from one cursor that never ends. */
import { z } from 'zod';
import { instant, minuteText, type Instant } from '../../../../shared/kernel/instant.ts';
import {
  gapError,
  type Json,
  type Page,
  type SourceRecord,
  type Stream,
  type StreamProof,
  type StreamRun,
} from '../kit/index.ts';
import { IDS_AT_ONCE, type TicketPage, type ZendeskApi } from './client.ts';
import { ticketType } from './ticket.ts';

const StateSchema = z.object({
  startedAt: z.number(),
  /** When the end of the export was first reached. */
  listedAt: z.number().nullable(),
  cursor: z.string().nullable(),
});
type State = z.output<typeof StateSchema>;

export function ticketStream(api: ZendeskApi, now: () => Instant): Stream {
  return {
    id: 'tickets',
    title: 'Tickets',
    change: 'updated_at',
    phase: 1,
    objectTypes: [ticketType],
    keepsRaw: true,
    scope: 'tickets',
    isDue: () => true,
    read: (run) => pages(run, api, now),
    proof: proofOf,
    reread: (ids) => rereadAll(ids, api, now),
  };
}

async function* pages(run: StreamRun, api: ZendeskApi, now: () => Instant): AsyncGenerator<Page> {
  let state: State = StateSchema.safeParse(run.cursor).data ?? { startedAt: now(), listedAt: null, cursor: null };
  const listing = state.listedAt === null;
  /** A ticket that changes during the listing comes up again: the second time it is a change. */
  const seen = new Set<string>();
  for (;;) {
    const page = await api.exported(state.cursor);
    if (page.after === null && !page.isEnd)
      throw gapError('refused', 'Zendesk names no place at which its export goes on; try again later');
    const before = state;
    state = {
      ...state,
      cursor: page.after ?? state.cursor,
      listedAt: state.listedAt ?? (page.isEnd ? now() : null),
    };
    // Of a ticket that is on one page twice the last word counts.
    const latest = new Map(recordsOf(page).map((told, index) => [told.id === '' ? `#${index}` : told.id, told]));
    const told = [...latest.values()];
    const fresh = told.filter(({ id }) => !seen.has(id));
    const again = told.filter(({ id }) => seen.has(id));
    for (const { id } of fresh) if (id !== '') seen.add(id);
    if (listing && again.length > 0)
      yield { records: again.map(({ record }) => record), cursor: before, remaining: null, listing: false };
    yield {
      records: (listing ? fresh : told).map(({ record }) => record),
      cursor: state,
      remaining: page.isEnd ? 0 : null,
      listing,
    };
    if (page.isEnd) return;
  }
}

async function* rereadAll(ids: readonly string[], api: ZendeskApi, now: () => Instant): AsyncGenerator<SourceRecord[]> {
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const batch = ids.slice(from, from + IDS_AT_ONCE);
    const told = recordsOf(await api.byIds(batch));
    const known = new Set(told.map(({ id }) => id));
    yield [
      ...told.map(({ record }) => record),
      ...batch
        .filter((id) => !known.has(id))
        .map((id): SourceRecord => ({ kind: 'deleted', type: ticketType.type, id, at: now() })),
    ];
  }
}

interface Told {
  readonly id: string;
  readonly record: SourceRecord;
}

const FieldsSchema = z.record(z.string(), z.unknown());
const Key = z.union([z.string(), z.int()]).transform(String);
const NamesSchema = z.object({ id: Key, requester_id: Key.nullish(), organization_id: Key.nullish() });

/** Each ticket with what the page tells beside it. Metrics come in the ticket or in a list of their own. */
function recordsOf({ tickets, metricSets, users, organizations }: TicketPage): Told[] {
  const metrics = byKey(metricSets, 'ticket_id');
  const people = byKey(users, 'id');
  const companies = byKey(organizations, 'id');
  return tickets.map((ticket) => {
    const fields = FieldsSchema.safeParse(ticket).data;
    const names = NamesSchema.safeParse(ticket).data;
    // A record that is no ticket is passed on as it is, for the quarantine to say so.
    if (fields === undefined || names === undefined)
      return { id: '', record: { kind: 'object', type: ticketType.type, value: ticket } };
    const { id, requester_id, organization_id } = names;
    const value = {
      ...fields,
      metric_set: fields['metric_set'] ?? metrics.get(id) ?? null,
      requester: people.get(requester_id ?? '') ?? null,
      organization: companies.get(organization_id ?? '') ?? null,
    };
    return { id, record: { kind: 'object', type: ticketType.type, value } };
  });
}

function byKey(records: readonly unknown[], key: string): ReadonlyMap<string, unknown> {
  return new Map(
    records.flatMap((record) => {
      const id = Key.safeParse(FieldsSchema.safeParse(record).data?.[key]).data;
      return id === undefined ? [] : [[id, record] as const];
    }),
  );
}

function proofOf(cursor: Json): StreamProof {
  const state = StateSchema.safeParse(cursor).data;
  if (state === undefined) return { complete: false, sentence: 'Nothing has been exported yet' };
  const begun = minuteText(instant(state.startedAt));
  return state.listedAt === null
    ? { complete: false, sentence: `The export begun at ${begun} has not come to its end` }
    : { complete: true, sentence: `Exported from the first ticket on, begun at ${begun}, up to the present end` };
}
