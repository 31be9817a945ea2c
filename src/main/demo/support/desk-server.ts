/** An HTTP server around a help desk's answers: who may ask, faults, and the log of requests. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Fault, FaultBoard } from '../server/faults.ts';
import { sendAnswer, urlOf, type RequestLog } from '../server/http-server.ts';
import type { Json, JsonObject } from '../stripe/json.ts';

export interface DeskRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json;
}

export interface DeskAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

export interface DeskSetting {
  /** The exact `Authorization` headers that are let in. */
  readonly authorizations: readonly string[];
  readonly faults: FaultBoard;
  readonly log: RequestLog[];
  readonly answer: (request: DeskRequest) => DeskAnswer;
  /** In the vendor's own shape. */
  readonly problem: (status: number, message: string) => DeskAnswer;
  /** What every answer states of the quota. */
  readonly quota: Readonly<Record<string, string>>;
}

export function createDeskServer(setting: DeskSetting): Server {
  return createServer((request, response) => {
    const entry: RequestLog = { method: request.method ?? 'GET', url: request.url ?? '/', status: 0 };
    setting.log.push(entry);
    const url = urlOf(entry.url);
    const struck = setting.faults.strike(url.pathname);
    void textOf(request).then((text) => {
      const answer = refusalOf(setting, struck, request) ?? answerOf(setting, entry, url, text);
      entry.status = answer.status;
      sendAnswer(
        response,
        {
          status: answer.status,
          body: JSON.stringify(answer.body),
          headers: { ...setting.quota, ...retryAfter(struck) },
        },
        struck,
      );
    });
  });
}

const REFUSED: Readonly<Partial<Record<Fault['kind'], readonly [number, string]>>> = {
  rate_limited: [429, 'Exceeded rate limit'],
  server_error: [502, 'Bad gateway'],
  forbidden: [403, 'The token has not been allowed this'],
};

function refusalOf(setting: DeskSetting, struck: readonly Fault[], request: IncomingMessage): DeskAnswer | null {
  const refused = struck.flatMap(({ kind }) => REFUSED[kind] ?? []);
  const [status, message] = refused;
  if (typeof status === 'number' && typeof message === 'string') return setting.problem(status, message);
  return setting.authorizations.includes(request.headers.authorization ?? '')
    ? null
    : setting.problem(401, 'Access token invalid');
}

function retryAfter(struck: readonly Fault[]): Record<string, string> {
  const limited = struck.find((fault) => fault.kind === 'rate_limited');
  const seconds = limited?.kind === 'rate_limited' ? limited.retryAfterSeconds : undefined;
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

function answerOf(setting: DeskSetting, { method }: RequestLog, url: URL, text: string): DeskAnswer {
  const body = text === '' ? null : jsonOf(text);
  if (body === undefined) return setting.problem(400, 'The body is not JSON');
  return setting.answer({ method, path: url.pathname.replace(/\/$/, ''), query: url.searchParams, body });
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
