/** A stream of requests, conversations or tickets: everything that changed after a moment, with who is behind each. */
import { z } from 'zod';
import { instant, minuteText, type Instant } from '../../../../shared/kernel/instant.ts';
import {
  gapOf,
  type Json,
  type ObjectType,
  type Page,
  type SourceRecord,
  type Stream,
  type StreamProof,
  type StreamRun,
} from '../kit/index.ts';
import type { IntercomApi, IntercomKind } from './client.ts';
import type { Person } from './objects/person.ts';
import { pageWalked, startListing, walkStateOf, type WalkState } from './walk.ts';

export interface RequestStreamSpec {
  readonly id: IntercomKind;
  readonly title: string;
  readonly type: ObjectType;
  readonly scope: string;
  /** What is told of a record besides who is behind it. */
  readonly besides: (id: string, run: StreamRun) => Readonly<Record<string, unknown>>;
  /** Intercom's own id of a record as it is stored. */
  readonly vendorId: (id: string) => string;
}

export function requestStream(spec: RequestStreamSpec, api: IntercomApi, now: () => Instant): Stream {
  return {
    id: spec.id,
    title: spec.title,
    change: 'updated_at',
    // Tickets ask what is known as a conversation already.
    phase: spec.id === 'conversations' ? 1 : 2,
    objectTypes: [spec.type],
    keepsRaw: true,
    scope: spec.scope,
    isDue: () => true,
    read: (run) => pages(run, spec, api, now),
    proof: proofOf,
    reread: (ids, run) => rereadAll(ids, run, spec, api, now),
  };
}

async function* pages(
  run: StreamRun,
  spec: RequestStreamSpec,
  api: IntercomApi,
  now: () => Instant,
): AsyncGenerator<Page> {
  let state: WalkState = walkStateOf(run.cursor) ?? startListing(now());
  const listing = state.listedAt === null;
  /** A record that changes during the listing comes up twice: the second time it is a change. */
  const seen = new Set<string>();
  for (;;) {
    const { records, after, total } = await api.changed(spec.id, state.sinceS, state.walk?.after ?? null);
    const values = await withPeople(records, run, spec, api);
    const before = state;
    state = pageWalked(state, { after, newestS: newestOf(records), count: records.length, now: now() });
    const fresh = values.filter(({ id }) => !seen.has(id));
    const again = values.filter(({ id }) => seen.has(id));
    for (const { id } of fresh) if (id !== '') seen.add(id);
    const remaining = Math.max(0, total - (before.walk?.seen ?? 0) - records.length);
    if (listing && again.length > 0)
      yield { records: recordsOf(again, spec), cursor: before, remaining: remaining + fresh.length, listing: false };
    yield { records: recordsOf(listing ? fresh : values, spec), cursor: state, remaining, listing };
    if (after === null) return;
  }
}

interface Told {
  readonly id: string;
  readonly value: unknown;
}

async function withPeople(
  records: readonly unknown[],
  run: StreamRun,
  spec: RequestStreamSpec,
  api: IntercomApi,
): Promise<Told[]> {
  const asked = records.map((record) => ({ record, ...askerOf(record) }));
  const ids = [...new Set(asked.flatMap(({ contactId }) => (contactId === null ? [] : [contactId])))];
  const known = new Map((ids.length === 0 ? [] : await api.contacts(ids)).map((contact) => [idOf(contact), contact]));
  return asked.map(({ record, contactId, author }) => {
    const id = idOf(record);
    const person = contactId === null ? null : (personOf(known.get(contactId)) ?? author);
    const fields = FieldsSchema.safeParse(record).data;
    // A record that is no object is passed on as it is, for the quarantine to say so.
    return { id, value: fields === undefined ? record : { ...fields, ...spec.besides(id, run), person } };
  });
}

function recordsOf(told: readonly Told[], { type }: RequestStreamSpec): SourceRecord[] {
  return told.map(({ value }) => ({ kind: 'object', type: type.type, value }));
}

async function* rereadAll(
  ids: readonly string[],
  run: StreamRun,
  spec: RequestStreamSpec,
  api: IntercomApi,
  now: () => Instant,
): AsyncGenerator<SourceRecord[]> {
  for (const id of ids) {
    const record = await foundOrNull(spec.vendorId(id), spec, api);
    yield record === null
      ? [{ kind: 'deleted', type: spec.type.type, id, at: now() }]
      : recordsOf(await withPeople([record], run, spec, api), spec);
  }
}

async function foundOrNull(id: string, spec: RequestStreamSpec, api: IntercomApi): Promise<unknown> {
  try {
    return await api.byId(spec.id, id);
  } catch (error) {
    if (gapOf(error) === 'not_found') return null;
    throw error;
  }
}

const FieldsSchema = z.record(z.string(), z.unknown());
const IdSchema = z.object({ id: z.string() });
const UpdatedSchema = z.object({ updated_at: z.number() });
const ContactSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  external_id: z.string().nullish(),
});
const AskerSchema = z.object({
  source: z
    .object({ author: ContactSchema.extend({ type: z.string() }).nullish().catch(null) })
    .nullish()
    .catch(null),
  contacts: z
    .object({ contacts: z.array(IdSchema) })
    .nullish()
    .catch(null),
});

const OF_THE_COMPANY: ReadonlySet<string> = new Set(['admin', 'team', 'bot']);

/** The author where a customer began, else the first of the people named. What the author says of itself stands in for a contact that is gone. */
function askerOf(record: unknown): { contactId: string | null; author: Person | null } {
  const { source, contacts } = AskerSchema.safeParse(record).data ?? {};
  const author = source?.author ?? null;
  if (author !== null && !OF_THE_COMPANY.has(author.type)) return { contactId: author.id, author: personOf(author) };
  return { contactId: contacts?.contacts[0]?.id ?? null, author: null };
}

function personOf(contact: unknown): Person | null {
  const told = ContactSchema.safeParse(contact).data;
  if (told === undefined) return null;
  const { id, name, email, external_id } = told;
  return { id, name: name ?? null, email: email ?? null, external_id: external_id ?? null };
}

function idOf(record: unknown): string {
  return IdSchema.safeParse(record).data?.id ?? '';
}

function newestOf(records: readonly unknown[]): number {
  return records.reduce<number>(
    (latest, record) => Math.max(latest, UpdatedSchema.safeParse(record).data?.updated_at ?? 0),
    0,
  );
}

function proofOf(cursor: Json): StreamProof {
  const state = walkStateOf(cursor);
  if (state === null) return { complete: false, sentence: 'Nothing has been listed yet' };
  const begun = minuteText(instant(state.startedAt));
  if (state.listedAt === null)
    return { complete: false, sentence: `The listing begun at ${begun} has not come to its end` };
  if (state.walk !== null) return { complete: false, sentence: 'Changes were not walked to their end' };
  return {
    complete: true,
    sentence: `Listed to the end, begun at ${begun}; changes are known from ${minuteText(instant(state.sinceS * 1_000))} on`,
  };
}
