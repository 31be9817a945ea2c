/** Small servers that answer as Mixpanel's and Amplitude's export do, over the same events. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { AddressInfo } from 'node:net';
import { DAY_MS, HOUR_MS, isoOfInstant, MINUTE_MS, type Instant } from '../../src/shared/kernel/instant.ts';

export interface TestEvent {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  /** When the vendor got it: later than `at` for what came late. */
  readonly uploadedAt: number;
  readonly person: string;
  readonly company: string | null;
  readonly channel: string;
}

export interface AnalyticsServer {
  readonly apiBase: string;
  readonly events: TestEvent[];
  /** Every request, as it came. */
  readonly requests: string[];
  /** Spans of more hours than this are refused as too large. */
  mostHours: number;
  close(): Promise<void>;
}

export const SERVICE_ACCOUNT = 'vario.1a2b3c.mp-service-account';
export const SERVICE_SECRET = ['not', 'a', 'real', 'secret'].join('-');
export const AMPLITUDE_KEYS = { apiKey: 'a'.repeat(32), secretKey: 'b'.repeat(32) };

/** Three companies over thirty days, one visitor who never signs up, one event that comes twice and one that comes late. */
export function testEvents(now: Instant): TestEvent[] {
  const events: TestEvent[] = [];
  const put = (name: string, daysAgo: number, hour: number, person: string, company: string | null, late = 0): void => {
    const at = Math.floor(now / DAY_MS) * DAY_MS - daysAgo * DAY_MS + hour * HOUR_MS;
    const uploadedAt = at + MINUTE_MS + late * DAY_MS;
    if (uploadedAt > now - 4 * HOUR_MS) return;
    const channel = company === 'beta' ? 'newsletter' : 'search';
    events.push({ id: `${name} ${daysAgo} ${hour} ${person}`, name, at, uploadedAt, person, company, channel });
  };
  for (const [company, joined, people] of [
    ['acme', 30, 3],
    ['beta', 20, 1],
    ['cern', 6, 2],
  ] as const) {
    put('visited', joined, 6, `${company}-0`, company);
    put('signed up', joined, 7, `${company}-0`, company);
    if (company !== 'cern') put('first report made', joined - 1, 7, `${company}-0`, company);
    for (let day = joined; day >= 0; day--)
      for (let person = 0; person < people; person++) {
        put('report made', day, 9 + person, `${company}-${person}`, company);
        if (day % 3 === 0) put('data exported', day, 12, `${company}-${person}`, company);
      }
  }
  put('visited', 10, 5, 'stranger', null);
  put('report made', 8, 15, 'acme-0', 'acme', 2);
  events.push(...events.filter(({ id }) => id === 'report made 5 9 acme-0'));
  return events;
}

export async function startMixpanel(events: TestEvent[]): Promise<AnalyticsServer> {
  return await start(events, (url, request) => {
    if (request.headers.authorization !== basic(SERVICE_ACCOUNT, SERVICE_SECRET))
      return {
        status: 401,
        type: 'application/json',
        body: '{"request":"/api/2.0/export","error":"Invalid service account credentials"}',
      };
    const [from, to] = [url.searchParams.get('from_date') ?? '', url.searchParams.get('to_date') ?? ''];
    if (url.pathname !== '/api/2.0/export' || from > to || url.searchParams.get('project_id') === null)
      return { status: 400, type: 'text/plain', body: 'Invalid parameters' };
    const within = events.filter(({ at }) => day(at) >= from && day(at) <= to);
    const most = Number(url.searchParams.get('limit') ?? within.length);
    return {
      status: 200,
      type: 'text/plain',
      body: within
        .slice(0, most)
        .map((event) => `${mixpanelLine(event)}\n`)
        .join(''),
    };
  });
}

function mixpanelLine({ id, name, at, person, company, channel }: TestEvent): string {
  const about =
    company === null
      ? {}
      : { company_id: company, company_name: `${company} Inc`, email: `${person}@${company}.example` };
  return JSON.stringify({
    event: name,
    properties: { time: at, distinct_id: person, $insert_id: id, utm_source: channel, ...about },
  });
}

export async function startAmplitude(events: TestEvent[]): Promise<AnalyticsServer> {
  const server = await start(events, (url, request) => {
    if (request.headers.authorization !== basic(AMPLITUDE_KEYS.apiKey, AMPLITUDE_KEYS.secretKey))
      return { status: 401, type: 'text/plain', body: 'Unauthorized' };
    const [from, to] = [url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? ''];
    if (url.pathname !== '/api/2/export' || from > to) return { status: 403, type: 'text/plain', body: 'Invalid' };
    const hours = (momentOf(to) - momentOf(from)) / HOUR_MS + 1;
    if (hours > server.mostHours) return { status: 400, type: 'text/plain', body: 'Too large' };
    const byHour = Map.groupBy(
      events.filter(({ uploadedAt }) => hour(uploadedAt) >= from && hour(uploadedAt) <= to),
      ({ uploadedAt }) => hour(uploadedAt),
    );
    if (byHour.size === 0) return { status: 404, type: 'text/plain', body: 'Raw data files were not found.' };
    // Nothing is packed tighter, so that a test can change a letter of it on its way.
    const files = [...byHour].map(([name, of]): [string, Uint8Array] => [
      `100000/100000_${name}#0.json.gz`,
      gzipSync(of.map((event) => `${amplitudeLine(event)}\n`).join(''), { level: 0 }),
    ]);
    return {
      status: 200,
      type: 'application/zip',
      body: Buffer.from(zipSync(Object.fromEntries(files), { level: 0 })),
    };
  });
  return server;
}

function amplitudeLine({ id, name, at, uploadedAt, person, company, channel }: TestEvent): string {
  const moment = (ms: number): string =>
    isoOfInstant(ms as Instant)
      .replace('T', ' ')
      .replace('Z', '000');
  return JSON.stringify({
    $insert_id: id,
    amplitude_id: Buffer.from(person).reduce((sum, byte) => (sum * 31 + byte) % 1e9, 7),
    app: 100_000,
    device_id: `device-${person}`,
    event_properties: { plan: 'pro' },
    event_time: moment(at),
    event_type: name,
    group_properties:
      company === null ? {} : { company: { [company]: { name: `${company} Inc`, domain: `${company}.example` } } },
    groups: company === null ? {} : { company: [company] },
    server_upload_time: moment(uploadedAt),
    user_id: company === null ? null : `${person}@${company}.example`,
    user_properties: { initial_utm_source: channel },
    uuid: id,
  });
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

async function start(
  events: TestEvent[],
  answer: (url: URL, request: IncomingMessage) => Reply,
): Promise<AnalyticsServer> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.url ?? '/');
    const reply = answer(new URL(request.url ?? '/', 'http://127.0.0.1'), request);
    request.resume();
    response.writeHead(reply.status, { 'content-type': reply.type });
    response.end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    requests,
    mostHours: Number.POSITIVE_INFINITY,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function day(at: number): string {
  return isoOfInstant(at as Instant).slice(0, 10);
}

/** `20261120T09`. */
function hour(at: number): string {
  return isoOfInstant(at as Instant)
    .slice(0, 13)
    .replaceAll('-', '');
}

function momentOf(text: string): number {
  return Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T${text.slice(9, 11)}:00:00Z`);
}
