/** A local Salesforce: the REST API as far as Vario asks it, and a refusal for anything else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dayAt, UTC } from '../../../src/shared/kernel/day.ts';
import { addMs, DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { CORPORATE_CURRENCY, ORGANISATION_NAME } from './company.ts';
import { describedField, describedObject, DETAILS } from './describe.ts';
import { oauthServer, type Answer } from './oauth.ts';
import { moment, SHAPES, type Row, type SalesforceOrganisation } from './organisation.ts';
import { compare, fieldsNamed, holds, MalformedQuery, parseSoql, type Query } from './soql.ts';

export interface SalesforceServerOptions {
  readonly consumerSecret?: string;
  /** Whether a refresh token is good for once; the default of new apps. */
  readonly rotates?: boolean;
  /** Records an answer holds at the most. */
  readonly batchSize?: number;
  readonly dailyRequests?: number;
}

export interface SalesforceServer {
  readonly apiBase: string;
  readonly org: SalesforceOrganisation;
  readonly oauth: ReturnType<typeof oauthServer>;
  /** All that was asked, `GET /services/data/v68.0/query?q=…`. */
  readonly asked: string[];
  /** Answers every further request to the API so. */
  refuse(answer: Answer | null): void;
  spend(requests: number): void;
  /** Calls back before a request is answered. */
  watch(listener: (line: string) => void): void;
  close(): Promise<void>;
}

const VERSION = 'v68.0';
const DATA = `/services/data/${VERSION}`;

function refusal(status: number, errorCode: string, message: string): Answer {
  return { status, body: [{ errorCode, message }] };
}

export async function startSalesforce(
  org: SalesforceOrganisation,
  { consumerSecret, rotates = true, batchSize = 2_000, dailyRequests = 15_000 }: SalesforceServerOptions = {},
): Promise<SalesforceServer> {
  let apiBase = '';
  let used = 0;
  let refusing: Answer | null = null;
  const asked: string[] = [];
  let watching: (line: string) => void = () => undefined;
  const oauth = oauthServer({ consumerSecret: consumerSecret ?? null, rotates, instance: () => apiBase });
  const locators = new Map<string, { answer: Row[]; object: string; total: number }>();

  function batch(rows: readonly Row[], total: number): Answer {
    const rest = rows.slice(batchSize);
    const locator = `01g${String(locators.size).padStart(12, '0')}AAA-${batchSize}`;
    if (rest.length > 0) locators.set(locator, { answer: rest, object: '', total });
    return {
      status: 200,
      body: {
        totalSize: total,
        done: rest.length === 0,
        ...(rest.length > 0 && { nextRecordsUrl: `${DATA}/query/${locator}` }),
        records: rows.slice(0, batchSize),
      },
    };
  }

  function query(soql: string, withBin: boolean): Answer {
    const parsed = parseSoql(soql, dayAt(org.now(), UTC));
    const { from } = parsed;
    if (!org.has(from))
      return refusal(
        400,
        'INVALID_TYPE',
        `sObject type '${from}' is not supported. If you are attempting to use a custom object, be sure to append the '__c'.`,
      );
    const known = org.fieldsOf(from);
    const unknown = fieldsNamed(parsed).find((field) => !(field in known) && !isRelated(field, known));
    if (unknown !== undefined) return refusal(400, 'INVALID_FIELD', `No such column '${unknown}' on entity '${from}'`);
    const found = org
      .rows(from)
      .filter((row) => (withBin || row['IsDeleted'] !== true) && holds(parsed.where, (field) => valueIn(row, field)))
      .toSorted((a, b) => order(parsed, a, b));
    if (parsed.isCount) return { status: 200, body: { totalSize: found.length, done: true, records: [] } };
    const shown = found.slice(0, parsed.limit ?? found.length);
    return batch(
      shown.map((row) => selected(row, parsed)),
      shown.length,
    );
  }

  function deleted(object: string, from: string, to: string): Answer {
    if (!org.has(object)) return refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    const [start, end] = [Date.parse(from), Date.parse(to)];
    if (!(end - start > 60_000))
      return refusal(400, 'INVALID_REPLICATION_DATE', 'startDate before endDate by a minute');
    if (start < org.now() - 30 * DAY_MS)
      return refusal(400, 'INVALID_REPLICATION_DATE', 'startDate before org replication enabled date');
    const covered = Math.min(end, org.now());
    return {
      status: 200,
      body: {
        deletedRecords: org
          .log(object)
          .filter(({ at }) => Date.parse(at) >= start && Date.parse(at) <= covered)
          .map(({ id, at }) => ({ id, deletedDate: at })),
        earliestDateAvailable: moment(addMs(org.now(), -15 * DAY_MS)),
        latestDateCovered: moment(addMs(org.now(), covered - org.now())),
      },
    };
  }

  function describe(object: string): Answer {
    if (!org.has(object)) return refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    const fields = Object.entries(org.fieldsOf(object)).map(([name, type]) => describedField(name, type));
    return { status: 200, body: { ...describedObject(object), ...DETAILS, fields } };
  }

  function data(url: URL): Answer {
    const path = url.pathname.slice(DATA.length);
    const q = url.searchParams.get('q');
    if ((path === '/query' || path === '/queryAll') && q !== null) return query(q, path === '/queryAll');
    const more = /^\/query\/(01g\w+-\d+)$/.exec(path)?.[1];
    if (more !== undefined) {
      const held = locators.get(more);
      if (!held) return refusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      return batch(held.answer, held.total);
    }
    if (path === '/sobjects') {
      const sobjects = Object.keys(SHAPES)
        .filter((name) => org.has(name))
        .map(describedObject);
      return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
    }
    const described = /^\/sobjects\/(\w+)\/describe$/.exec(path)?.[1];
    if (described !== undefined) return describe(described);
    const object = /^\/sobjects\/(\w+)\/deleted$/.exec(path)?.[1];
    if (object !== undefined)
      return deleted(object, url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? '');
    if (/^\/ui-api\/object-info\/Opportunity\/picklist-values\/\w{18}\/StageName$/.test(path))
      return {
        status: 200,
        body: {
          values: org
            .rows('OpportunityStage')
            .map((stage) => ({ value: stage['ApiName'], label: stage['MasterLabel'] })),
        },
      };
    return refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
  }

  function soap(body: string): Answer {
    const token = /<sessionId>([^<]*)<\/sessionId>/.exec(body)?.[1] ?? '';
    if (!oauth.isGood(token)) return { status: 500, body: fault('INVALID_SESSION_ID', 'Invalid Session ID found') };
    if (!/<getUserInfo\b/.test(body)) return { status: 500, body: fault('INVALID_OPERATION', 'unknown operation') };
    return { status: 200, body: userInfo(org.isMultiCurrency) };
  }

  function answerTo(method: string, url: URL, headers: IncomingMessage['headers'], body: string): Answer {
    if (method === 'GET' && url.pathname === '/services/oauth2/authorize') return oauth.authorise(url.searchParams);
    if (method === 'POST' && url.pathname === '/services/oauth2/token') return oauth.token(new URLSearchParams(body));
    used += 1;
    if (refusing !== null) return refusing;
    if (method === 'POST' && url.pathname === `/services/Soap/u/68.0`) return soap(body);
    if (method !== 'GET' || !url.pathname.startsWith(DATA))
      return refusal(405, 'METHOD_NOT_ALLOWED', 'HTTP Method not allowed');
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!oauth.isGood(token)) return refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    if (used > dailyRequests) return refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    try {
      return data(url);
    } catch (error) {
      if (error instanceof MalformedQuery) return refusal(400, 'MALFORMED_QUERY', error.message);
      throw error;
    }
  }

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', apiBase);
      const line = `${request.method} ${decodeURIComponent(`${url.pathname}${url.search}`)}`;
      asked.push(line);
      watching(line);
      send(response, answerTo(request.method ?? '', url, request.headers, body), {
        'sforce-limit-info': `api-usage=${used}/${dailyRequests}`,
        date: new Date(org.now()).toUTCString(),
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiBase,
    org,
    oauth,
    asked,
    refuse: (answer) => void (refusing = answer),
    spend: (requests) => void (used += requests),
    watch: (listener) => void (watching = listener),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `Product2.Name` by way of `Product2Id`; `What.Type` by way of `WhatId`. */
function isRelated(field: string, known: Readonly<Record<string, string>>): boolean {
  const [from = '', to] = field.split('.');
  return to !== undefined && known[`${from}Id`] === 'reference' && ['Name', 'Type'].includes(to);
}

function valueIn(row: Row, field: string): unknown {
  const [from = '', to] = field.split('.');
  if (to === undefined) return row[field];
  if (to === 'Type') return String(row[`${from}Id`]).startsWith('006') ? 'Opportunity' : 'Account';
  const related = row[from];
  return typeof related === 'object' && related !== null && to in related
    ? Object.entries(related).find(([name]) => name === to)?.[1]
    : null;
}

function order({ orderBy }: Query, a: Row, b: Row): number {
  for (const { field, descending } of orderBy) {
    const by = compare(valueIn(a, field), valueIn(b, field)) ?? 0;
    if (by !== 0) return descending ? -by : by;
  }
  return 0;
}

function selected(row: Row, { fields, from }: Query): Row {
  const parts = fields.map((field) => {
    const [name = ''] = field.split('.');
    return [name, row[name] ?? null] as const;
  });
  return {
    attributes: { type: from, url: `${DATA}/sobjects/${from}/${row.Id}` },
    ...Object.fromEntries(parts),
    Id: row.Id,
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer, always: Record<string, string>): void {
  const isXml = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isXml ? 'text/xml;charset=utf-8' : 'application/json;charset=UTF-8',
    ...always,
    ...headers,
  });
  response.end(isXml ? body : JSON.stringify(body));
}

function envelope(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

function fault(code: string, message: string): string {
  return envelope(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${message}</faultstring></soapenv:Fault>`,
  );
}

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_getuserinfo_getuserinforesult.htm */
function userInfo(isMultiCurrency: boolean): string {
  const values: Readonly<Record<string, string>> = {
    accessibilityMode: 'false',
    chatterExternal: 'false',
    orgAttachmentFileSizeLimit: '26214400',
    orgDefaultCurrencyIsoCode: CORPORATE_CURRENCY,
    orgDisallowHtmlAttachments: 'false',
    orgHasPersonAccounts: 'false',
    organizationId: '00D000000000001AAA',
    organizationMultiCurrency: String(isMultiCurrency),
    organizationName: ORGANISATION_NAME,
    profileId: '00e000000000001AAA',
    sessionSecondsValid: '7200',
    userEmail: 'ada@kestrel.example',
    userFullName: 'Ada Owner',
    userId: '005000000000002AAA',
    userLanguage: 'en_US',
    userLocale: 'de_DE',
    userName: 'ada@kestrel.example',
    userTimeZone: 'Europe/Berlin',
    userType: 'Standard',
    userUiSkin: 'Theme3',
  };
  const inner = Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
  return envelope(`<getUserInfoResponse><result>${inner}</result></getUserInfoResponse>`);
}
