/**
 * The files of a new source, as `new-source.ts` writes them. They compile at
 * once; whatever only the vendor's documentation can tell says so in a sentence
 * when it is reached, and the tests stay red until it is told.
 */

export interface SourceName {
  /** `acme-crm`: the folder, and the name in the database and on the command line. */
  readonly vendor: string;
  /** `Acme CRM` */
  readonly title: string;
  /** `acmeCrm` */
  readonly camel: string;
  readonly family: string;
}

/** Paths from the repository's root, with what stands in them. */
export function skeleton(name: SourceName): Readonly<Record<string, string>> {
  const { vendor } = name;
  const source = `src/main/engine/sources/${vendor}`;
  return {
    [`${source}/index.ts`]: descriptor(name),
    [`${source}/client.ts`]: client(name),
    [`${source}/records-stream.ts`]: stream(name),
    [`${source}/objects/record.ts`]: record(name),
    [`test/support/${vendor}/fixture.ts`]: fixture(name),
    [`test/unit/sources/${vendor}.test.ts`]: test(name),
    [`test/conformance/${vendor}.test.ts`]: `import { conform } from './conform.ts';\n\nconform('${vendor}');\n`,
  };
}

function descriptor({ vendor, title, camel, family }: SourceName): string {
  return `/**
 * ${title} as a source.
 * Answers: what is kept in ${title}, and what changed?
 * Never: writes to ${title}, keeps a field that no rule needs, or decides which
 * customer a record belongs to.
 */
import { z } from 'zod';
import { defineSource, type SourceReport } from '../kit/index.ts';
import { ${camel}Client } from './client.ts';
import { recordsStream } from './records-stream.ts';

const ConfigSchema = z.object({
  apiBase: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
    .default('https://api.${vendor}.example')
    .meta({
      label: 'API address',
      help: 'Only for a proxy or a local test server.',
      placeholder: 'https://api.${vendor}.example',
    }),
});

const SecretsSchema = z.object({
  apiToken: z
    .string()
    .trim()
    .regex(/^[\\x21-\\x7e]{8,500}$/, 'is not a token')
    .meta({ label: 'API token', help: 'Where in ${title} it is made, and what it must be allowed to read.' }),
});

export const ${camel}Source = defineSource({
  id: '${vendor}',
  family: '${family}',
  title: '${title}',
  description: 'What is read from ${title}, and with which key.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: [],
  limits: ({ apiBase }) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);
    const perSecond = isLocal ? 10_000 : 5;
    return {
      requestsPerSecond: perSecond,
      perEndpointPerSecond: perSecond,
      concurrency: 4,
      attempts: 8,
      endpointOf: () => 'all',
    };
  },
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open({ apiBase }, { apiToken }, { http, clock }) {
    const client = ${camel}Client({ apiBase, apiToken, http });
    return {
      streams: [recordsStream(client, () => clock.now())],
      check: async () => UNCHECKED,
      plan: () => ({ relist: false, notes: [] }),
    };
  },
});

const UNCHECKED: SourceReport = {
  ok: false,
  accountId: null,
  accountName: null,
  liveMode: null,
  missingScopes: [],
  warnings: [],
  problem: '${title} cannot be connected yet: sources/${vendor}/index.ts does not say how a token is checked.',
};
`;
}

function client({ title, camel }: SourceName): string {
  return `/** ${title}'s API over the engine's Http: reads only, as plain JSON, with refusals in our words. */
import { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Http, HttpResponse } from '../../runtime/ports.ts';
import { gapError } from '../kit/index.ts';

export interface ListPage {
  readonly objects: readonly unknown[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

/** All of it throws AppError: \`auth_failed\`, \`rate_limited\`, \`unavailable\`, or a gap. */
export interface ${pascal(camel)}Client {
  records(cursor: string | null): Promise<ListPage>;
}

/** @param http keeps to the vendor's limits and repeats what can be repeated. */
export function ${camel}Client(options: { apiBase: string; apiToken: string; http: Http }): ${pascal(camel)}Client {
  const base = options.apiBase.replace(/\\/$/, '');
  return {
    async records(cursor) {
      const url = new URL(\`\${base}/records\`);
      if (cursor !== null) url.searchParams.set('cursor', cursor);
      const response = await options.http({
        method: 'GET',
        url: url.href,
        headers: { accept: 'application/json', authorization: \`Bearer \${options.apiToken}\` },
      });
      if (response.status >= 400) throw refusalOf(response, url.pathname);
      return pageOf(response);
    },
  };
}

const PageSchema = z.object({ data: z.array(z.unknown()), next: z.string().nullable() });

function pageOf({ body }: HttpResponse): ListPage {
  const parsed = PageSchema.safeParse(jsonOrNull(new TextDecoder().decode(body)));
  if (!parsed.success)
    throw gapError('refused', "${title}'s list of records cannot be read; try again later", parsed.error);
  return { objects: parsed.data.data, next: parsed.data.next };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function refusalOf({ status }: HttpResponse, path: string): AppError {
  if (status === 401)
    return new AppError('auth_failed', '${title} does not accept the token. Connect ${title} again with a valid one.');
  if (status === 403) return gapError('permission', \`The token may not read \${path}\`);
  if (status === 404) return gapError('not_found', \`${title} knows no \${path}\`);
  return gapError('refused', \`${title} refuses the request for \${path} with \${status}\`);
}
`;
}

function stream({ title, camel }: SourceName): string {
  return `/** Everything that ${title} keeps, listed from the beginning whenever it is read. */
import { z } from 'zod';
import { instant, minuteText, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import type { ${pascal(camel)}Client } from './client.ts';
import { recordType } from './objects/record.ts';

const CursorSchema = z.object({ startedAt: z.number(), next: z.string().nullable(), isDone: z.boolean() });

/** A list that is too long to be read whole every time asks for what has changed instead: \`change: 'updated_at'\`. */
export function recordsStream(client: ${pascal(camel)}Client, now: () => Instant): Stream {
  return {
    id: 'records',
    title: 'Records',
    change: 'snapshot',
    phase: 1,
    objectTypes: [recordType],
    keepsRaw: true,
    scope: null,
    isDue: () => true,
    read: (run) => pages(run, client, now),
    proof: proofOf,
  };
}

/** A listing that was torn off goes on where it was; one that came to its end begins again. */
async function* pages(run: StreamRun, client: ${pascal(camel)}Client, now: () => Instant): AsyncGenerator<Page> {
  const known = CursorSchema.safeParse(run.cursor).data;
  let cursor = known && !known.isDone ? known : { startedAt: Number(now()), next: null, isDone: false };
  while (!cursor.isDone) {
    const { objects, next } = await client.records(cursor.next);
    cursor = { ...cursor, next, isDone: next === null };
    yield {
      records: objects.map((value): SourceRecord => ({ kind: 'object', type: recordType.type, value })),
      cursor,
      remaining: null,
      listing: known === undefined || !known.isDone,
    };
  }
}

function proofOf(cursor: Json): StreamProof {
  const state = CursorSchema.safeParse(cursor).data;
  if (state === undefined) return { complete: false, sentence: 'Nothing has been listed yet' };
  const begun = minuteText(instant(state.startedAt));
  return state.isDone
    ? { complete: true, sentence: \`Listed to the end, begun at \${begun}\` }
    : { complete: false, sentence: \`The listing begun at \${begun} has not come to its end\` };
}
`;
}

function record({ vendor, title }: SourceName): string {
  return `/** A record of ${title}: the fields that are kept, and what they mean. */
import { z } from 'zod';
import { Misfit, objectType } from '../../kit/index.ts';

export const recordType = objectType({
  type: '${vendor.replaceAll('-', '_')}_record',
  version: 1,
  // The allow-list: whatever is not named here is dropped.
  schema: z.object({ id: z.string().min(1).max(200) }),
  id: ({ id }) => id,
  normalise: ({ id }) => {
    throw new Misfit(
      'id',
      \`“id”: nothing says yet what the record \${id} of ${title} means (sources/${vendor}/objects/record.ts)\`,
    );
  },
});
`;
}

function fixture({ vendor, title, camel }: SourceName): string {
  return `/** ${title} for the conformance suite: a local server, and what can be made to happen in it. */
import type { VendorFixture } from '../../conformance/vendor-fixture.ts';

const UNTOLD =
  '${title} has no local server yet: test/support/${vendor}/fixture.ts does not say how one is started, what spoils a record and what changes one';

export const ${camel}Fixture: VendorFixture = {
  vendor: '${vendor}',
  connection() {
    throw new Error(UNTOLD);
  },
  spoil() {
    throw new Error(UNTOLD);
  },
  change() {
    throw new Error(UNTOLD);
  },
};
`;
}

function test({ vendor, title, camel }: SourceName): string {
  return `/** ${title} from the vendor to the facts: what is stored, what a later sync sees, and what is said about gaps. */
import { expect, it } from 'vitest';
import { checkCredentials, connectSource, syncSource } from '../../../src/main/engine/sync/index.ts';
import { testCompany } from '../../support/synced-company.ts';
import { ${camel}Fixture } from '../../support/${vendor}/fixture.ts';

it('is told whose token it is', async () => {
  const { deps, servers } = await testCompany({ scale: 0.02 });
  const { config, secrets } = await ${camel}Fixture.connection(servers);
  expect(await checkCredentials(deps, '${vendor}', config, secrets)).toMatchObject({ ok: true, problem: null });
});

it('stores every record, and proves it', async () => {
  const { deps, servers } = await testCompany({ scale: 0.02 });
  const connection = await ${camel}Fixture.connection(servers);
  const { sourceId } = await connectSource(deps, { vendor: '${vendor}', ...connection });
  const { streams } = await syncSource(deps, sourceId);
  expect(streams.reduce((sum, { changed }) => sum + changed, 0)).toBeGreaterThan(0);
  expect(streams.filter(({ complete }) => !complete)).toEqual([]);
});
`;
}

function pascal(camel: string): string {
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}
