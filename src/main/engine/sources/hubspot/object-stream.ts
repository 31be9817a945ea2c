/** A stream of CRM objects: listed once, then kept up by asking what has changed, and what is in the bin. */
import { z } from 'zod';
import { instant, instantOfIso, minuteText, type Instant } from '../../../../shared/kernel/instant.ts';
import {
  gapError,
  type Json,
  type ObjectType,
  type Page,
  type SourceRecord,
  type Stream,
  type StreamProof,
  type StreamRun,
} from '../kit/index.ts';
import { HISTORY_PAGE_SIZE, type HubSpotClient, type Wanted } from './client.ts';
import { linksOf, type Links, type Portal } from './objects/fields.ts';
import { pageListed, pageWalked, startListing, walkEnded, walkStateOf, type WalkState } from './walk.ts';

export interface ObjectStreamSpec {
  readonly id: string;
  readonly title: string;
  /** HubSpot's name of the kind: `deals`. */
  readonly kind: string;
  readonly scope: string;
  readonly type: ObjectType;
  readonly wanted: Wanted;
  /** The field with the time of the last change: contacts call it otherwise. */
  readonly modifiedProperty: 'hs_lastmodifieddate' | 'lastmodifieddate';
}

/** What the streams of one session share. */
export interface Portals {
  readonly client: HubSpotClient;
  readonly now: () => Instant;
  /** Asks once per session what amounts and days are read by. */
  readonly portal: () => Promise<Portal>;
}

export function objectStream(spec: ObjectStreamSpec, portals: Portals): Stream {
  return {
    id: spec.id,
    title: spec.title,
    change: 'updated_at',
    phase: 2,
    objectTypes: [spec.type],
    keepsRaw: true,
    scope: spec.scope,
    isDue: () => true,
    read: (run) => pages(run, spec, portals),
    proof: (cursor) => proofOf(cursor),
    reread: (ids) => rereadAll(ids, spec, portals),
  };
}

/** A text that differs when other fields are asked for. */
export function wantedText({ properties, history, associations }: Wanted): string {
  return [...properties, '|', ...history, '|', ...associations].join(' ');
}

async function* pages(run: StreamRun, spec: ObjectStreamSpec, portals: Portals): AsyncGenerator<Page> {
  const state = walkStateOf(run.cursor) ?? startListing(wantedText(spec.wanted), portals.now());
  if (state.listing !== null) yield* listing(state, spec, portals);
  else {
    const walked = yield* changes(state, spec, portals);
    yield* bin(walked, spec, portals);
  }
}

async function* listing(start: WalkState, spec: ObjectStreamSpec, { client, now, portal }: Portals) {
  let state = start;
  while (state.listing !== null) {
    const { archived, after } = state.listing;
    const page = await client.page(spec.kind, spec.wanted, archived, after);
    state = pageListed(state, page.after, newestOf(page.results), now());
    yield pageOf(await withAllLinks(page.results, spec, client), spec, await portal(), state, null, true);
  }
}

/** Pages of what has changed, by ascending id. @returns where that leaves the stream. */
async function* changes(start: WalkState, spec: ObjectStreamSpec, portals: Portals): AsyncGenerator<Page, WalkState> {
  const { client, now, portal } = portals;
  let state = start;
  for (;;) {
    const { found, total } = await client.changed(spec.kind, {
      property: spec.modifiedProperty,
      sinceMs: state.sinceMs,
      afterId: state.walk?.afterId ?? '0',
    });
    const last = found.at(-1);
    if (last !== undefined) {
      const newest = found.reduce((latest, { modifiedMs }) => Math.max(latest, modifiedMs), 0);
      state = pageWalked(state, last.id, newest);
    }
    const isLast = last === undefined || found.length >= total;
    if (isLast) state = walkEnded(state, now());
    const records = await wholeObjects(
      found.map(({ id }) => id),
      spec,
      client,
    );
    yield pageOf(records, spec, await portal(), state, total - found.length, false);
    if (isLast) return state;
  }
}

/** The bin is short (90 days) and cannot be asked for changes: it is read whole. */
async function* bin(state: WalkState, spec: ObjectStreamSpec, { client, portal }: Portals): AsyncGenerator<Page> {
  for (let after: string | null = null; ;) {
    const page = await client.page(spec.kind, spec.wanted, true, after);
    yield pageOf(await withAllLinks(page.results, spec, client), spec, await portal(), state, null, false);
    if ((after = page.after) === null) return;
  }
}

async function* rereadAll(ids: readonly string[], spec: ObjectStreamSpec, { client, now, portal }: Portals) {
  for (const batch of chunks(ids, HISTORY_PAGE_SIZE)) {
    const living = await wholeObjects(batch, spec, client);
    const known = new Set(living.map(idOf));
    const missing = batch.filter((id) => !known.has(id));
    const binned = missing.length === 0 ? [] : await client.byIds(spec.kind, missing, spec.wanted, true);
    for (const object of binned) known.add(idOf(object));
    const gone = batch.filter((id) => !known.has(id));
    yield [
      ...recordsOf([...living, ...binned], spec, await portal()),
      // Merged into another, or deleted for good.
      ...gone.map((id): SourceRecord => ({ kind: 'deleted', type: spec.type.type, id, at: now() })),
    ];
  }
}

/** Objects with their links, as the list would give them. */
async function wholeObjects(
  ids: readonly string[],
  { kind, wanted }: ObjectStreamSpec,
  client: HubSpotClient,
): Promise<unknown[]> {
  const whole: unknown[] = [];
  for (const batch of chunks(ids, HISTORY_PAGE_SIZE)) {
    const objects = await client.byIds(kind, batch, wanted, false);
    const links = new Map(
      await Promise.all(
        wanted.associations.map(async (to) => [to, linksById(await client.links(kind, to, batch))] as const),
      ),
    );
    for (const object of objects) {
      const id = idOf(object);
      const associations = Object.fromEntries(
        [...links].flatMap(([to, byId]) => (byId.has(id) ? [[to, byId.get(id)]] : [])),
      );
      whole.push({ ...asRecord(object), associations });
    }
  }
  return whole;
}

const CutLinks = z.object({ paging: z.object({ next: z.object({ after: z.string() }) }) });

/** A list shows the first hundred links of an object to another kind: where there are more, all are asked for. */
async function withAllLinks(
  objects: readonly unknown[],
  { kind, wanted }: ObjectStreamSpec,
  client: HubSpotClient,
): Promise<readonly unknown[]> {
  let whole = objects;
  for (const to of wanted.associations) {
    const cut = whole.filter((object) => CutLinks.safeParse(asRecord(asRecord(object)['associations'])[to]).success);
    if (cut.length === 0) continue;
    const links = linksById(await client.links(kind, to, cut.map(idOf)));
    whole = whole.map((object) => {
      const all = links.get(idOf(object));
      if (all === undefined || !cut.includes(object)) return object;
      return { ...asRecord(object), associations: { ...asRecord(asRecord(object)['associations']), [to]: all } };
    });
  }
  return whole;
}

/** The kind of link from a deal to its primary company: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
const PRIMARY_COMPANY = 5;

const LinkSchema = z.object({
  from: z.object({ id: z.union([z.string(), z.number()]).transform(String) }),
  to: z.array(
    z.object({
      toObjectId: z.union([z.string(), z.number()]).transform(String),
      associationTypes: z.array(z.object({ category: z.string(), typeId: z.number() })),
    }),
  ),
});

function linksById(results: readonly unknown[]): ReadonlyMap<string, Links> {
  const links = z.array(LinkSchema).safeParse(results);
  if (!links.success)
    throw gapError('refused', 'HubSpot’s links between objects cannot be read; try again later', links.error);
  const byId = new Map<string, Links>();
  for (const { from, to } of links.data) {
    const primary = to.find(({ associationTypes }) =>
      associationTypes.some(({ category, typeId }) => category === 'HUBSPOT_DEFINED' && typeId === PRIMARY_COMPANY),
    );
    const before = byId.get(from.id);
    const ids = [...(before?.ids ?? []), ...to.map(({ toObjectId }) => toObjectId)];
    byId.set(from.id, linksOf(ids, before?.primary ?? primary?.toObjectId ?? null));
  }
  return byId;
}

function pageOf(
  objects: readonly unknown[],
  spec: ObjectStreamSpec,
  portal: Portal,
  cursor: WalkState,
  remaining: number | null,
  isListing: boolean,
): Page {
  return { records: recordsOf(objects, spec, portal), cursor, remaining, listing: isListing };
}

function recordsOf(objects: readonly unknown[], { type }: ObjectStreamSpec, portal: Portal): SourceRecord[] {
  return objects.map((object) => ({ kind: 'object', type: type.type, value: { ...asRecord(object), portal } }));
}

/** A record that is no object is passed on as it is, for the quarantine to say so. */
function asRecord(object: unknown): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).safeParse(object).data ?? { value: object };
}

const IdSchema = z.object({ id: z.string() });

function idOf(object: unknown): string {
  return IdSchema.safeParse(object).data?.id ?? '';
}

const UpdatedSchema = z.object({ updatedAt: z.iso.datetime({ offset: true }) });

function newestOf(objects: readonly unknown[]): number {
  return objects.reduce<number>((latest, object) => {
    const updated = UpdatedSchema.safeParse(object).data;
    return updated === undefined ? latest : Math.max(latest, instantOfIso(updated.updatedAt));
  }, 0);
}

function* chunks(ids: readonly string[], size: number): Generator<readonly string[]> {
  for (let from = 0; from < ids.length; from += size) yield ids.slice(from, from + size);
}

function proofOf(cursor: Json): StreamProof {
  const state = walkStateOf(cursor);
  if (state === null) return { complete: false, sentence: 'Nothing has been listed yet' };
  const begun = minuteText(instant(state.startedAt));
  if (state.listing !== null)
    return { complete: false, sentence: `The listing begun at ${begun} has not come to its end` };
  if (state.walk !== null) return { complete: false, sentence: 'Changes were not walked to their end' };
  return {
    complete: true,
    sentence: `Listed to the end, begun at ${begun}; changes are known from ${minuteText(instant(Math.max(0, state.sinceMs)))} on`,
  };
}
