/** A vendor made for the suite's own test: notes by id, changes by time, deletions by a list; and a source that can be broken on purpose. */
import { z } from 'zod';
import type { Http, HttpRequest, HttpResponse } from '../../src/main/engine/runtime/ports.ts';
import {
  defineSource,
  gapError,
  objectType,
  type Json,
  type Page,
  type SourceRecord,
  type Stream,
  type StreamRun,
} from '../../src/main/engine/sources/kit/index.ts';
import { AppError, isAppError } from '../../src/shared/kernel/errors.ts';
import { instant } from '../../src/shared/kernel/instant.ts';
import { NOW } from '../support/synced-company.ts';
import { status, type VendorFixture } from './vendor-fixture.ts';

/** What a careless author might get wrong. */
export type Fault =
  | 'swallows refusals'
  | 'loses a page'
  | 'moves the cursor before storing'
  | 'gives up at the first 429'
  | 'stores when it was read'
  | 'repeats the key'
  | 'asks an undeclared host'
  | 'trusts its own clock'
  | 'never asks what is gone'
  | 'takes nonsense for nothing'
  | 'drops what does not fit'
  | 'hides that it was cancelled'
  | 'forgets its place'
  | 'shows the key in the form';

interface Note {
  readonly id: string;
  text: unknown;
  changed: number;
}

const KEY = 'notebook-key-9f2c41';
const HOST = 'notes.test';
const PER_PAGE = 3;

interface Vendor {
  readonly notes: Map<string, Note>;
  readonly gone: { readonly id: string; readonly at: number }[];
}

function freshVendor(): Vendor {
  const notes = new Map<string, Note>();
  for (let n = 10; n < 20; n += 1) notes.set(`n${n}`, { id: `n${n}`, text: `Note ${n}`, changed: NOW - 1_000 * n });
  return { notes, gone: [] };
}

function answer(body: unknown): HttpResponse {
  return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) };
}

function served(vendor: Vendor): Http {
  return ({ url, headers }) => {
    const { host, pathname, searchParams } = new URL(url);
    if (host !== HOST) return Promise.resolve(answer({ data: [] }));
    if (headers['authorization'] !== KEY) return Promise.resolve(status(401));
    const after = searchParams.get('after') ?? '';
    const since = Number(searchParams.get('since') ?? '0');
    if (pathname === '/gone') return Promise.resolve(answer({ data: vendor.gone.filter(({ at }) => at >= since) }));
    const found = [...vendor.notes.values()].filter(({ id, changed }) => id > after && changed >= since);
    return Promise.resolve(answer({ data: found.slice(0, PER_PAGE), more: found.length > PER_PAGE }));
  };
}

const CursorSchema = z.object({ after: z.string(), since: z.number(), newest: z.number() });
type Cursor = z.output<typeof CursorSchema>;

const PageSchema = z.object({ data: z.array(z.unknown()), more: z.boolean().optional() });
const ChangedSchema = z.object({ id: z.string(), changed: z.number() });
const GoneSchema = z.object({ id: z.string(), at: z.number() });

function noteType(fault: Fault | null) {
  return objectType({
    type: 'note',
    version: 1,
    schema: z.object({ id: z.string(), text: z.string(), changed: z.number(), readAt: z.number().optional() }),
    id: ({ id }) => id,
    normalise: () => [],
    ...(fault === 'drops what does not fit' && { measure: () => null }),
  });
}

interface Client {
  readonly list: (path: string, query: Record<string, string | number>) => Promise<z.output<typeof PageSchema>>;
}

function clientOf(http: Http, key: string, fault: Fault | null): Client {
  return {
    async list(path, query) {
      const host = fault === 'asks an undeclared host' ? 'telemetry.test' : HOST;
      const url = new URL(path, `https://${host}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      const response = await http({ method: 'GET', url: url.href, headers: { authorization: key } });
      const text = new TextDecoder().decode(response.body);
      if (response.status >= 400) {
        if (fault === 'swallows refusals') return { data: [] };
        const detail = fault === 'repeats the key' ? ` ${key}` : '';
        if (response.status === 401) throw new AppError('auth_failed', `The notebook refuses the key${detail}`);
        throw gapError('permission', `The notebook answers ${response.status}${detail}`);
      }
      return pageOf(text, fault);
    },
  };
}

function pageOf(text: string, fault: Fault | null): z.output<typeof PageSchema> {
  try {
    return PageSchema.parse(JSON.parse(text));
  } catch (error) {
    if (fault === 'takes nonsense for nothing') return { data: [] };
    throw new AppError('unavailable', 'The notebook’s answer cannot be read', { cause: error });
  }
}

function notesStream(client: Client, fault: Fault | null): Stream {
  const type = noteType(fault);
  const stateOf = (cursor: Json): Cursor | null => CursorSchema.safeParse(cursor).data ?? null;
  return {
    id: 'notes',
    title: 'Notes',
    change: 'updated_at',
    objectTypes: [type],
    phase: 1,
    keepsRaw: true,
    scope: null,
    isDue: () => true,
    read: (run) => quietly(pages(run, stateOf(run.cursor), client, fault), fault),
    proof: (cursor) => {
      const state = stateOf(cursor);
      return { complete: state !== null && state.after === '', sentence: 'Walked to the last note' };
    },
  };
}

async function* quietly(walk: AsyncGenerator<Page>, fault: Fault | null): AsyncGenerator<Page> {
  try {
    yield* walk;
  } catch (error) {
    if (fault === 'hides that it was cancelled' && isAppError(error, 'cancelled')) return;
    throw error;
  }
}

/** All notes by id the first time, those changed since the newest one seen afterwards. */
async function* pages(run: StreamRun, state: Cursor | null, client: Client, fault: Fault | null): AsyncGenerator<Page> {
  let cursor: Cursor = state ?? { after: '', since: 0, newest: 0 };
  const isListing = cursor.since === 0;
  for (let number = 1; ; number += 1) {
    const { data, more = false } = await client.list('/notes', { after: cursor.after, since: cursor.since });
    const seen = data.flatMap((each) => ChangedSchema.safeParse(each).data ?? []);
    const newest = Math.max(cursor.newest, ...seen.map(({ changed }) => changed));
    const last = seen.at(-1)?.id ?? cursor.after;
    const since = fault === 'trusts its own clock' ? run.now : newest;
    const next = more ? { ...cursor, after: last, newest } : { after: '', since, newest };
    if (fault === 'moves the cursor before storing')
      yield { records: [], cursor: next, remaining: null, listing: isListing };
    const isLost = fault === 'loses a page' && number === 2;
    const records = isLost ? [] : data.flatMap((value) => recordOf(value, run, fault));
    cursor = fault === 'forgets its place' ? { ...next, newest: run.now + number * Math.random() } : next;
    yield { records, cursor, remaining: null, listing: isListing };
    if (!more) break;
  }
  if (fault === 'never asks what is gone') return;
  const { data } = await client.list('/gone', { since: 0 });
  const records = data.map((each): SourceRecord => {
    const { id, at } = GoneSchema.parse(each);
    return { kind: 'deleted', type: 'note', id, at: instant(at) };
  });
  if (records.length > 0) yield { records, cursor, remaining: null, listing: false };
}

function recordOf(value: unknown, run: StreamRun, fault: Fault | null): SourceRecord[] {
  if (fault === 'drops what does not fit' && !noteFits(value)) return [];
  const extra = fault === 'stores when it was read' ? { readAt: run.now + Math.random() } : {};
  return [{ kind: 'object', type: 'note', value: { ...Object(value), ...extra } }];
}

function noteFits(value: unknown): boolean {
  return z.object({ text: z.string() }).safeParse(value).success;
}

function notebookSource(fault: Fault | null) {
  return defineSource({
    id: 'notebook',
    family: 'files',
    title: 'Notebook',
    description: 'Notes.',
    config: z.object({}),
    secrets:
      fault === 'shows the key in the form'
        ? z.object({ pass: z.string().meta({ label: 'Password' }) })
        : z.object({ apiKey: z.string().meta({ label: 'Key' }) }),
    scopes: [],
    limits: () => ({
      requestsPerSecond: 1e5,
      perEndpointPerSecond: 1e5,
      concurrency: 1,
      attempts: fault === 'gives up at the first 429' ? 1 : 10,
      endpointOf: () => 'all',
    }),
    hosts: () => [HOST],
    open(_config, secrets, { http }) {
      const client = clientOf(http, Object.values(secrets)[0] ?? '', fault);
      return {
        streams: [notesStream(client, fault)],
        plan: () => ({ relist: false, notes: [] }),
        async check() {
          if (fault !== 'asks an undeclared host') await client.list('/notes', {});
          return {
            ok: true,
            accountId: 'book',
            accountName: null,
            liveMode: null,
            missingScopes: [],
            warnings: [],
            problem: null,
          };
        },
      };
    },
  });
}

/** Each request goes to the vendor of the running check: a new connection begins with a new one. */
export function notebookFixture(fault: Fault | null): VendorFixture {
  let vendor = freshVendor();
  const http: Http = async (request: HttpRequest) => await served(vendor)(request);
  const unchanged = (text: string): string => text;
  return {
    vendor: 'notebook',
    source: notebookSource(fault),
    http,
    connection() {
      vendor = freshVendor();
      return { config: {}, secrets: fault === 'shows the key in the form' ? { pass: KEY } : { apiKey: KEY } };
    },
    spoil: (text) => text.replace('"Note 11"', '11'),
    change(servers) {
      const note = vendor.notes.get('n15');
      if (note) Object.assign(note, { text: 'Changed', changed: servers.control.now() + 1_000 });
      return unchanged;
    },
    remove(servers) {
      vendor.notes.delete('n17');
      vendor.gone.push({ id: 'n17', at: servers.control.now() });
      return { type: 'note', id: 'n17' };
    },
    holds: () => ({ note: 10 }),
  };
}
