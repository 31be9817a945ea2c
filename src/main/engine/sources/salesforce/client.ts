/** Salesforce's API through jsforce, over the engine's Http: reads only, as plain JSON, with refusals in our words. */
import type { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import {
  instantOfHttpDate,
  instantOfIso,
  isoOfInstant as isoOf,
  type Instant,
} from '../../../../shared/kernel/instant.ts';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/ports.ts';
import type { SecretKeeper } from '../kit/index.ts';
import { accessKeeper, TokenAnswerSchema, type Access } from './access.ts';
import {
  DeletedSchema,
  ObjectsSchema,
  PicklistSchema,
  QuerySchema,
  readAnswer,
  ShapeSchema,
  UserInfoSchema,
} from './answers.ts';
import { errorOf, tokenErrorOf } from './refusal.ts';
import { usageIn } from './budget.ts';
import { soql, type Question } from './soql.ts';

export interface QueryPage {
  readonly records: readonly unknown[];
  /** Records that the question has in all. */
  readonly total: number;
  /** False where the server has put fewer on the page than were asked for. */
  readonly done: boolean;
}

export interface FieldShape {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly custom: boolean;
}

/** An object as the signed-in user may see it. */
export interface ObjectShape {
  readonly fields: ReadonlyMap<string, FieldShape>;
  readonly mayWrite: boolean;
}

export interface Deletions {
  readonly gone: readonly { readonly id: string; readonly at: Instant }[];
  /** Until when deletions are known, by the vendor's clock. */
  readonly through: Instant;
  /** Since when it knows any. */
  readonly earliest: Instant;
}

export interface UserInfo {
  readonly organizationId: string;
  readonly organizationName: string;
  /** Of the whole organisation; null where it is not told. */
  readonly currency: string | null;
}

/** All of it throws AppError: `auth_failed`, `rate_limited`, `unavailable`, or a gap. */
export interface SalesforceClient {
  /** One page of an answer. @param bin also asks for what was deleted and is still in the recycle bin. */
  page(question: Question, bin: boolean): Promise<QueryPage>;
  /** All of an answer that is known to be short. */
  all(question: Question): Promise<readonly unknown[]>;
  count(object: string): Promise<number>;
  /** Names of all objects that the user may query. */
  objects(): Promise<ReadonlySet<string>>;
  describe(object: string): Promise<ObjectShape>;
  deleted(object: string, from: Instant, to: Instant): Promise<Deletions>;
  /** Values of Opportunity.StageName for a record type, in their order. */
  stageValues(recordTypeId: string): Promise<readonly string[]>;
  userInfo(): Promise<UserInfo>;
  /** The vendor's own time, as of its last answer; null before the first. */
  vendorNow(): Instant | null;
}

export interface ClientOptions {
  readonly address: string;
  readonly clientId: string;
  readonly http: Http;
  readonly secrets: SecretKeeper;
}

const MAX_PAGE_BYTES = 64 * 1024 * 1024;
/** The share of the day's requests that is left to the organisation's other programs. */
const KEPT_SHARE = 0.05;

export function salesforceClient({ address, clientId, http, secrets }: ClientOptions): SalesforceClient {
  let vendorNow: Instant | null = null;
  let spent: { used: number; allowed: number } | null = null;

  const given = () => Object.values(secrets.current());
  const access = accessKeeper(address, secrets, async (refreshToken, clientSecret) => {
    const { oauthApp } = await import('./vendor-api.ts');
    const oauth = oauthApp({ loginUrl: address, clientId, clientSecret }, tokenExchange, false);
    return readAnswer(TokenAnswerSchema, await oauth.refreshToken(refreshToken), 'a new token');
  });

  async function tokenExchange(request: HttpRequest): Promise<HttpResponse> {
    const response = await http(request);
    if (response.status >= 400) throw tokenErrorOf(response, given());
    return response;
  }

  async function exchange(request: HttpRequest, held: Access): Promise<HttpResponse> {
    assertBudget();
    const response = await http({ maxBytes: MAX_PAGE_BYTES, ...request });
    vendorNow = instantOfHttpDate(response.headers['date'] ?? '') ?? vendorNow;
    spent = usageIn(response) ?? spent;
    if (response.status === 401) {
      const renewed = await access.renewed(held);
      const again = await http({ maxBytes: MAX_PAGE_BYTES, ...movedTo(request, renewed) });
      if (again.status < 400) return again;
      throw errorOf(again, subjectOf(request.url), given());
    }
    if (response.status >= 400) throw errorOf(response, subjectOf(request.url), given());
    return response;
  }

  function assertBudget(): void {
    if (spent === null || spent.used < spent.allowed * (1 - KEPT_SHARE)) return;
    throw new AppError(
      'rate_limited',
      `The organisation has used ${spent.used} of its ${spent.allowed} API requests of the last 24 hours; the rest is left to its other programs. Sync again later.`,
    );
  }

  async function opened() {
    const { vendorConnection } = await import('./vendor-api.ts');
    const held = await access.access();
    const { connection, soap } = vendorConnection(async (request) => await exchange(authorised(request, held), held));
    connection.instanceUrl = held.instance;
    connection.accessToken = held.accessToken;
    return { connection, soap };
  }

  async function ask<Schema extends z.ZodType>(path: string, schema: Schema, what: string): Promise<z.output<Schema>> {
    const { connection } = await opened();
    return readAnswer(schema, await connection.request(path), what);
  }

  async function query(question: Question, bin: boolean): Promise<z.output<typeof QuerySchema>> {
    const path = `/${bin ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql(question))}`;
    return await ask(path, QuerySchema, question.from);
  }

  return {
    async page(question, bin) {
      const { records, totalSize, done } = await query(question, bin);
      return { records, total: totalSize, done };
    },
    async all(question) {
      let { records, done, nextRecordsUrl } = await query(question, false);
      const all = [...records];
      while (!done && nextRecordsUrl !== undefined) {
        ({ records, done, nextRecordsUrl } = await ask(nextRecordsUrl, QuerySchema, question.from));
        all.push(...records);
      }
      return all;
    },
    count: async (object) => (await query({ fields: ['count()'], from: object }, true)).totalSize,
    async objects() {
      const { sobjects } = await ask('/sobjects', ObjectsSchema, 'the list of objects');
      return new Set(sobjects.filter(({ queryable }) => queryable).map(({ name }) => name));
    },
    async describe(object) {
      const { connection } = await opened();
      const { fields, createable, updateable } = readAnswer(ShapeSchema, await connection.describe(object), object);
      return { fields: new Map(fields.map((field) => [field.name, field])), mayWrite: createable || updateable };
    },
    async deleted(object, from, to) {
      const { connection } = await opened();
      const [start, end] = [isoOf(from), isoOf(to)];
      const answer = readAnswer(
        DeletedSchema,
        await connection.deleted(object, start, end),
        `the deletions of ${object}`,
      );
      return {
        gone: answer.deletedRecords.map(({ id, deletedDate }) => ({ id, at: instantOfIso(deletedDate) })),
        through: instantOfIso(answer.latestDateCovered),
        earliest: instantOfIso(answer.earliestDateAvailable),
      };
    },
    async stageValues(recordTypeId) {
      const path = `/ui-api/object-info/Opportunity/picklist-values/${recordTypeId}/StageName`;
      return (await ask(path, PicklistSchema, 'the stages of a record type')).values.map(({ value }) => value);
    },
    async userInfo() {
      const { soap } = await opened();
      const answer = readAnswer(UserInfoSchema, await soap.getUserInfo(), 'the user');
      const { organizationId, organizationName, orgDefaultCurrencyIsoCode } = answer;
      return { organizationId, organizationName, currency: orgDefaultCurrencyIsoCode ?? null };
    },
    vendorNow: () => vendorNow,
  };
}

/** The SOAP part of the API carries its token in the body, where the client has put it. */
function authorised(request: HttpRequest, { accessToken }: Access): HttpRequest {
  if (new URL(request.url).pathname.startsWith('/services/Soap/')) return request;
  return { ...request, headers: { ...request.headers, Authorization: `Bearer ${accessToken}` } };
}

function movedTo(request: HttpRequest, held: Access): HttpRequest {
  const { pathname, search } = new URL(request.url);
  return authorised({ ...request, url: `${held.instance}${pathname}${search}` }, held);
}

/** What a request is about, in words: the object of a query, or the last part of its path. */
function subjectOf(address: string): string {
  const url = new URL(address);
  return (
    /\bFROM (\w+)/.exec(url.searchParams.get('q') ?? '')?.[1] ??
    url.pathname.replace(/^\/services\/data\/v[\d.]+\//, '')
  );
}
