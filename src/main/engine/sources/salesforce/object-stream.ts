/** A stream of objects: listed once by id, then kept up by asking what has changed, and what is in the log of deletions. */
import { instant, minuteText, MINUTE_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json, ObjectType, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import type { SalesforceClient } from './client.ts';
import type { Organisation } from './organisation.ts';
import { chunks, flat, idOf, newestPlace, placeOf, textIn, type FlatRecord } from './records.ts';
import { changedAfter, isOneOf, quoted } from './soql.ts';
import { pageListed, pageWalked, startListing, walkEnded, walkStateOf, type WalkState } from './walk.ts';

/** What is walked to see changes: the object itself, or the log of its changes. */
export interface ChangeLog {
  readonly object: string;
  readonly timeField: 'SystemModstamp' | 'CreatedDate';
  /** The field that names the changed record. */
  readonly idField: string;
  readonly where: readonly string[];
}

export interface ObjectStreamSpec {
  readonly id: string;
  readonly title: string;
  readonly scope: string;
  readonly phase: number;
  /** Salesforce's name of the kind: `Opportunity`. */
  readonly object: string;
  readonly type: ObjectType;
  readonly pageSize: number;
  /** Fields to select. @throws a gap where the object is hidden. */
  readonly fields: () => Promise<readonly string[]>;
  readonly changes: () => Promise<ChangeLog>;
  /** What is kept of each record, with what other objects know of it. */
  readonly values: (records: readonly FlatRecord[]) => Promise<readonly unknown[]>;
  /** Whether the vendor's log of deletions tells of it. */
  readonly logsDeletions: boolean;
}

/** What the streams of one session share. */
export interface Asking {
  readonly client: SalesforceClient;
  readonly org: Organisation;
  readonly now: () => Instant;
}

export function objectStream(spec: ObjectStreamSpec, asking: Asking): Stream {
  return {
    id: spec.id,
    title: spec.title,
    change: 'updated_at',
    phase: spec.phase,
    objectTypes: [spec.type],
    keepsRaw: true,
    scope: spec.scope,
    isDue: () => true,
    read: (run) => pages(run, spec, asking),
    proof: (cursor) => proofOf(cursor, spec),
    reread: (ids) => rereadAll(ids, spec, asking),
  };
}

/** A text that differs when other fields are asked for. @throws a gap where the object is hidden. */
export async function wantedText(spec: ObjectStreamSpec): Promise<string> {
  return [...(await spec.fields()), '|', (await spec.changes()).object].join(' ');
}

async function* pages(run: StreamRun, spec: ObjectStreamSpec, asking: Asking): AsyncGenerator<Page> {
  const state = walkStateOf(run.cursor) ?? (await begun(spec, asking));
  if (state.listing !== null) yield* listing(state, spec, asking);
  else {
    const walked = yield* changes(state, spec, asking);
    if (spec.logsDeletions) yield* deletions(walked, run, spec, asking);
  }
}

/** The newest change is noted before anything is listed: what changes meanwhile comes after it. */
async function begun(spec: ObjectStreamSpec, { client, now }: Asking): Promise<WalkState> {
  const { object, timeField, where } = await spec.changes();
  return startListing({
    wanted: await wantedText(spec),
    newest: await newestPlace(client, object, timeField, where),
    total: await client.count(spec.object),
    vendorNow: client.vendorNow() ?? now(),
    now: now(),
  });
}

async function* listing(start: WalkState, spec: ObjectStreamSpec, { client, now }: Asking): AsyncGenerator<Page> {
  const fields = await spec.fields();
  let state = start;
  while (state.listing !== null) {
    const { afterId, listed, total } = state.listing;
    const { records, done } = await client.page(
      {
        fields,
        from: spec.object,
        where: afterId === '' ? [] : [`Id > ${quoted(afterId)}`],
        orderBy: ['Id'],
        limit: spec.pageSize,
      },
      true,
    );
    const found = records.map(flat);
    const last = found.at(-1);
    const isLast = done && records.length < spec.pageSize;
    state = pageListed(state, { lastId: last ? idOf(last) : null, count: records.length, isLast }, now());
    yield {
      records: recordsOf(await spec.values(found), spec),
      cursor: state,
      remaining: Math.max(0, total - listed - records.length),
      listing: true,
    };
  }
}

/** Pages of what has changed, oldest change first. @returns where that leaves the stream. */
async function* changes(start: WalkState, spec: ObjectStreamSpec, asking: Asking): AsyncGenerator<Page, WalkState> {
  const { client, now } = asking;
  const log = await spec.changes();
  const fields = log.object === spec.object ? await spec.fields() : ['Id', log.timeField, log.idField];
  let state = start;
  for (;;) {
    const { records, done } = await client.page(
      {
        fields,
        from: log.object,
        where: [...log.where, changedAfter(state.follow.walk ?? state.follow.since, log.timeField)],
        orderBy: [log.timeField, 'Id'],
        limit: spec.pageSize,
      },
      true,
    );
    const found = records.map(flat);
    const last = found.at(-1);
    if (last !== undefined) state = { ...state, follow: pageWalked(state.follow, placeOf(last, log.timeField)) };
    const isLast = done && records.length < spec.pageSize;
    if (isLast) state = { ...state, follow: walkEnded(state.follow, now()) };
    const changed =
      log.object === spec.object
        ? found
        : await byIds([...new Set(found.map((each) => textIn(each, log.idField)))], spec, asking);
    yield {
      records: recordsOf(await spec.values(changed), spec),
      cursor: state,
      remaining: isLast ? 0 : null,
      listing: false,
    };
    if (isLast) return state;
  }
}

/** The vendor knows of deletions for 15 days, also of what has left the recycle bin. It wants more than a minute between both ends. */
const SHORTEST_SPAN_MS = 2 * MINUTE_MS;

async function* deletions(
  state: WalkState,
  run: StreamRun,
  spec: ObjectStreamSpec,
  asking: Asking,
): AsyncGenerator<Page> {
  const { client, now } = asking;
  const from = instant(state.deletedThroughMs);
  const to = instant(Math.max(client.vendorNow() ?? now(), from + SHORTEST_SPAN_MS));
  const { gone, through, earliest } = await client.deleted(spec.object, from, to);
  // What came with the changes as deleted is known; what is nowhere was never stored.
  const alive = gone.filter(({ id }) => isAlive(run.stored(spec.type.type, id)));
  const records: SourceRecord[] = [];
  for await (const batch of rereadAll(
    alive.map(({ id }) => id),
    spec,
    asking,
  ))
    records.push(...batch);
  const cursor = {
    ...state,
    deletedThroughMs: Math.max(from, through),
    lostDeletions: state.lostDeletions || earliest > from,
  };
  yield { records, cursor, remaining: 0, listing: false };
}

function isAlive(kept: unknown): boolean {
  if (typeof kept !== 'object' || kept === null || !('fields' in kept)) return false;
  const { fields } = kept;
  return typeof fields === 'object' && fields !== null && 'IsDeleted' in fields && fields.IsDeleted === 'false';
}

/** As many ids as an address has room for, beside the names of the fields. */
export const IDS_A_QUESTION = 200;

export async function byIds(ids: readonly string[], spec: ObjectStreamSpec, { client }: Asking): Promise<FlatRecord[]> {
  const fields = await spec.fields();
  const found: FlatRecord[] = [];
  for (const batch of chunks(ids, IDS_A_QUESTION)) {
    const { records } = await client.page({ fields, from: spec.object, where: [isOneOf('Id', batch)] }, true);
    found.push(...records.map(flat));
  }
  return found;
}

async function* rereadAll(ids: readonly string[], spec: ObjectStreamSpec, asking: Asking) {
  for (const batch of chunks(ids, IDS_A_QUESTION)) {
    const found = await byIds(batch, spec, asking);
    const known = new Set(found.map(idOf));
    const gone = batch.filter((id) => !known.has(id));
    yield [
      ...recordsOf(await spec.values(found), spec),
      ...gone.map((id): SourceRecord => ({ kind: 'deleted', type: spec.type.type, id, at: asking.now() })),
    ];
  }
}

export function recordsOf(values: readonly unknown[], { type }: Pick<ObjectStreamSpec, 'type'>): SourceRecord[] {
  return values.map((value) => ({ kind: 'object', type: type.type, value }));
}

function proofOf(cursor: Json, { logsDeletions }: ObjectStreamSpec): StreamProof {
  const state = walkStateOf(cursor);
  if (state === null) return { complete: false, sentence: 'Nothing has been listed yet' };
  const begun = minuteText(instant(state.startedAt));
  if (state.listing !== null)
    return { complete: false, sentence: `The listing begun at ${begun} has not come to its end` };
  if (state.follow.walk !== null) return { complete: false, sentence: 'Changes were not walked to their end' };
  if (state.lostDeletions)
    return {
      complete: false,
      sentence: 'Deletions of some days can no longer be had; everything is listed again next',
    };
  const since = minuteText(instant(state.follow.since.ms));
  const deleted = logsDeletions ? `, deletions through ${minuteText(instant(state.deletedThroughMs))}` : '';
  return {
    complete: true,
    sentence: `Listed to the end, begun at ${begun}; changes are known from ${since} on${deleted}`,
  };
}
