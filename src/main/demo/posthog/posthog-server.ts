/** PostHog's server of the demo company on the loopback interface, and what a test can make happen in it. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Instant } from '../../../shared/kernel/instant.ts';
import type { Company } from '../scenario/life.ts';
import { hashText } from '../scenario/random.ts';
import type { FaultBoard } from '../server/faults.ts';
import { sendAnswer, urlOf, type RequestLog } from '../server/http-server.ts';
import { stripeId } from '../stripe/ids.ts';
import type { JsonObject } from '../stripe/json.ts';
import { answerHogql, dayOfMoment, HogqlRefusal, type PropertiesOf } from './hogql.ts';
import { EVENTS, usageStory, type Use } from './usage-story.ts';

export const PROJECT_ID = '51623';

export interface PostHogControl {
  /** Everything that was done so far, in the order of days. */
  uses(): readonly Use[];
  /** Lets the first account make so many reports today. */
  makeReports(count: number): void;
  /** Deletes everything of an account. */
  forget(accountId: string): void;
}

export interface PostHogSetting {
  readonly company: Company;
  readonly now: () => Instant;
  readonly personalApiKey: string;
  readonly faults: FaultBoard;
  readonly log: RequestLog[];
}

export function createPostHog(setting: PostHogSetting): { server: Server; control: PostHogControl } {
  // Told when somebody first asks: most tests of other vendors never do.
  let story: Use[] | null = null;
  const uses = (): Use[] => (story ??= usageStory(setting.company));
  const control: PostHogControl = {
    uses,
    makeReports(count) {
      const person = uses().find((use) => use.person.account !== null)?.person;
      const at = setting.now();
      if (person) uses().push({ day: dayOfMoment(at), person, event: EVENTS.report, count, at });
    },
    forget(accountId) {
      story = uses().filter(({ person }) => person.account?.id !== accountId);
    },
  };
  return { server: serverOf(setting, uses), control };
}

/** Two accounts in three are told the Stripe customer; the rest is found by domain or address. */
const propertiesOf: PropertiesOf = {
  event: ({ event, person }) => ({
    $lib: 'web',
    $current_url: event === EVENTS.visited ? 'https://kestrel.example/pricing' : 'https://app.kestrel.example/',
    ...(person.account === null ? {} : { company: person.account.id }),
  }),
  person: ({ person }) => personOf(person),
  group: ({ person }) => (person.account === null ? NONE : groupOf(person.account)),
};

const NONE = {};

/** Told once for each: it is asked for with every single use. */
function remembered<Key extends object, Value extends object>(tell: (key: Key) => Value): (key: Key) => Value {
  const told = new WeakMap<Key, Value>();
  return (key) => {
    const known = told.get(key) ?? tell(key);
    told.set(key, known);
    return known;
  };
}

const personOf = remembered(({ source, email }: Use['person']): Readonly<Record<string, string>> => ({
  $initial_utm_source: source,
  ...(email === null ? {} : { email }),
}));

const groupOf = remembered(
  ({ name, domain, life }: NonNullable<Use['person']['account']>): Readonly<Record<string, string>> => {
    const isTold = life !== null && hashText(`posthog/${life.key}`)[0] % 3 > 0;
    return { name, domain, ...(isTold ? { stripe_customer_id: stripeId('cus', life.key, 14) } : {}) };
  },
);

interface Answered {
  readonly status: number;
  readonly body: JsonObject;
}

function serverOf(setting: PostHogSetting, uses: () => readonly Use[]): Server {
  return createServer((request, response) => {
    const entry: RequestLog = { method: request.method ?? 'GET', url: request.url ?? '/', status: 0 };
    setting.log.push(entry);
    const path = urlOf(entry.url).pathname;
    const struck = setting.faults.strike(path);
    void bodyOf(request).then((text) => {
      const refused = struck.find(({ kind }) => kind in REFUSALS);
      const answer =
        refused !== undefined
          ? REFUSALS[refused.kind as keyof typeof REFUSALS]
          : request.headers.authorization !== `Bearer ${setting.personalApiKey}`
            ? problem(401, 'authentication_error', 'Invalid personal API key.')
            : answerOf(entry.method, path, text, uses());
      entry.status = answer.status;
      const limited = struck.find((fault) => fault.kind === 'rate_limited');
      const after = limited?.kind === 'rate_limited' ? limited.retryAfterSeconds : undefined;
      const headers = after === undefined ? {} : { 'retry-after': String(after) };
      sendAnswer(response, { status: answer.status, body: JSON.stringify(answer.body), headers }, struck);
    });
  });
}

/** PostHog's errors: https://posthog.com/docs/api */
function problem(status: number, type: string, detail: string): Answered {
  return { status, body: { type, code: type, detail, attr: null } };
}

const REFUSALS = {
  rate_limited: problem(429, 'throttled_error', 'Request was throttled.'),
  server_error: problem(503, 'server_error', 'A server error occurred.'),
  forbidden: problem(403, 'permission_denied', "API key missing required scope 'query:read'"),
} as const;

function answerOf(method: string, path: string, text: string, uses: readonly Use[]): Answered {
  if (path !== `/api/projects/${PROJECT_ID}/query/`) return problem(404, 'not_found', 'Endpoint not found.');
  if (method !== 'POST') return problem(405, 'method_not_allowed', `Method "${method}" not allowed.`);
  const query = queryOf(text);
  if (query === null) return problem(400, 'validation_error', 'A HogQLQuery is expected.');
  try {
    const { columns, results } = answerHogql(query, uses, propertiesOf);
    return {
      status: 200,
      body: { columns: [...columns], results, hasMore: false, limit: results.length, offset: 0, query },
    };
  } catch (error) {
    if (error instanceof HogqlRefusal) return problem(400, 'validation_error', error.message);
    throw error;
  }
}

function queryOf(text: string): string | null {
  const body: unknown = jsonOrNull(text);
  const { query } = fieldsOf(body);
  const { kind, query: hogql } = fieldsOf(query);
  return kind === 'HogQLQuery' && typeof hogql === 'string' ? hogql : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
