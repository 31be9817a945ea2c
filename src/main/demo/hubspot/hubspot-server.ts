/** HubSpot's server of the demo company on the loopback interface, and what a test can make happen in it. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { addMs, isoOfInstant, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Company } from '../scenario/life.ts';
import type { FaultBoard } from '../server/faults.ts';
import { sendAnswer, urlOf, type RequestLog } from '../server/http-server.ts';
import type { JsonObject } from '../stripe/json.ts';
import { crmObjects, type Crm, type CrmKind, type CrmObject } from './crm-objects.ts';
import { answerHubSpot, problem, type HubSpotAnswer } from './hubspot-api.ts';
import { salesStory, type Stage } from './sales-story.ts';

export interface HubSpotControl {
  /** What the portal holds at present. */
  crm(): Crm;
  moveDeal(id: string, stage: Stage): void;
  rename(kind: CrmKind, id: string, name: string): void;
  /** Links a deal to these contacts, and to no others. */
  linkContacts(dealId: string, contactIds: readonly string[]): void;
  /** Into the bin, where it is listed for 90 days. */
  archive(kind: CrmKind, id: string): void;
  restore(kind: CrmKind, id: string): void;
  /** Gone without a trace, as an object is that was merged into another. */
  vanish(kind: CrmKind, id: string): void;
}

export interface HubSpotSetting {
  readonly company: Company;
  readonly now: () => Instant;
  readonly accessToken: string;
  readonly faults: FaultBoard;
  readonly log: RequestLog[];
}

export function createHubSpot(setting: HubSpotSetting): { server: Server; control: HubSpotControl } {
  const crm = crmObjects(salesStory(setting.company, setting.now()), setting.company.foundedAt);
  const objects: Record<CrmKind, Map<string, CrmObject>> = {
    companies: new Map(crm.objects.companies),
    contacts: new Map(crm.objects.contacts),
    deals: new Map(crm.objects.deals),
    line_items: new Map(crm.objects.line_items),
  };
  const present: Crm = { ...crm, objects };
  let changes = 0;

  function change(kind: CrmKind, id: string, changed: (object: CrmObject, at: Instant) => CrmObject): void {
    const object = objects[kind].get(id);
    if (object === undefined) throw new AppError('not_found', `The demo portal has no ${kind} ${id}`);
    const at = addMs(setting.now(), ++changes * SECOND_MS);
    objects[kind].set(id, { ...changed(object, at), updatedAt: at });
  }

  const control: HubSpotControl = {
    crm: () => present,
    moveDeal: (id, stage) =>
      change('deals', id, (deal, at) => ({
        ...deal,
        properties: { ...deal.properties, dealstage: stage },
        history: {
          ...deal.history,
          dealstage: [{ value: stage, timestamp: isoOfInstant(at) }, ...(deal.history['dealstage'] ?? [])],
        },
      })),
    rename: (kind, id, name) =>
      change(kind, id, (object) => ({
        ...object,
        properties: {
          ...object.properties,
          [kind === 'deals' ? 'dealname' : kind === 'contacts' ? 'firstname' : 'name']: name,
        },
      })),
    linkContacts: (dealId, contacts) =>
      change('deals', dealId, (deal) => ({ ...deal, links: { ...deal.links, contacts: [...contacts] } })),
    archive: (kind, id) => change(kind, id, (object, at) => ({ ...object, archivedAt: at })),
    restore: (kind, id) => change(kind, id, (object) => ({ ...object, archivedAt: null })),
    vanish: (kind, id) => void objects[kind].delete(id),
  };
  return { server: serverOf(setting, present), control };
}

function serverOf(setting: HubSpotSetting, crm: Crm): Server {
  return createServer((request, response) => {
    const entry: RequestLog = { method: request.method ?? 'GET', url: request.url ?? '/', status: 0 };
    setting.log.push(entry);
    const url = urlOf(entry.url);
    const struck = setting.faults.strike(url.pathname);
    void bodyOf(request).then((text) => {
      const refused = struck.find(({ kind }) => kind in REFUSALS);
      const answer =
        refused !== undefined
          ? REFUSALS[refused.kind as keyof typeof REFUSALS]
          : request.headers.authorization !== `Bearer ${setting.accessToken}`
            ? problem(401, 'Authentication credentials not found.', 'INVALID_AUTHENTICATION')
            : answerOf(crm, entry, url, text);
      entry.status = answer.status;
      const limited = struck.find((fault) => fault.kind === 'rate_limited');
      const after = limited?.kind === 'rate_limited' ? limited.retryAfterSeconds : undefined;
      sendAnswer(
        response,
        {
          status: answer.status,
          body: JSON.stringify(answer.body),
          headers: {
            ...(after === undefined ? {} : { 'retry-after': String(after) }),
            ...(url.pathname.endsWith('/search') ? {} : dailyQuota(setting.log.length)),
          },
        },
        struck,
      );
    });
  });
}

/** A private app's quota; searches do not state it. */
const DAILY_REQUESTS = 250_000;

function dailyQuota(used: number): Record<string, string> {
  return {
    'x-hubspot-ratelimit-daily': String(DAILY_REQUESTS),
    'x-hubspot-ratelimit-daily-remaining': String(DAILY_REQUESTS - used),
  };
}

const REFUSALS = {
  rate_limited: problem(429, 'You have reached your ten_secondly_rolling limit.', 'RATE_LIMITS'),
  server_error: problem(502, 'Bad gateway', 'INTERNAL'),
  forbidden: problem(403, 'This app hasn’t been granted all required scopes to make this call.', 'MISSING_SCOPES'),
} as const;

function answerOf(crm: Crm, { method }: RequestLog, url: URL, text: string): HubSpotAnswer {
  const body = text === '' ? null : bodyJson(text);
  if (body === undefined) return problem(400, 'Invalid input JSON', 'VALIDATION_ERROR');
  return answerHubSpot(crm, { method, path: url.pathname.replace(/\/$/, ''), query: url.searchParams, body });
}

function bodyJson(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
