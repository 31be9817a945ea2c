/** The demo company's help desks and its survey: Intercom and Zendesk tell the same cases, the answers are a file. */
import type { Server } from 'node:http';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Company } from '../scenario/life.ts';
import { createFaultBoard, type FaultBoard } from '../server/faults.ts';
import { listen, stop, type RequestLog } from '../server/http-server.ts';
import { createCaseBook, type CaseControl } from './case-book.ts';
import { createDeskServer, type DeskSetting } from './desk-server.ts';
import { intercomAnswers, intercomProblem } from './intercom-api.ts';
import { surveyCsv } from './survey-file.ts';
import { supportStory, type SupportStory } from './support-story.ts';
import { zendeskAnswers, zendeskProblem } from './zendesk-api.ts';

export interface DesksControl {
  readonly story: SupportStory;
  readonly cases: CaseControl;
  readonly intercomFaults: FaultBoard;
  readonly zendeskFaults: FaultBoard;
  requests(): readonly RequestLog[];
}

export interface Desks {
  readonly intercom: { readonly apiBase: string; readonly accessToken: string };
  readonly zendesk: { readonly apiBase: string; readonly email: string; readonly accessToken: string };
  /** What the survey tool lets one export, as CSV. */
  readonly survey: { readonly file: string; readonly text: string };
  readonly control: DesksControl;
  close(): Promise<void>;
}

const INTERCOM_TOKEN = ['dG9rOj', 'KestrelReadAll0000'].join('');
const ZENDESK_TOKEN = ['ZD', 'KestrelReadAll0000'].join('');
const ZENDESK_EMAIL = 'noor@kestrel.example';

/** Starts both on the loopback interface. */
export async function startDesks(company: Company, now: () => Instant): Promise<Desks> {
  const story = supportStory(company, now());
  const book = createCaseBook(story, now);
  const log: RequestLog[] = [];
  const intercomFaults = createFaultBoard();
  const zendeskFaults = createFaultBoard();
  const basic = Buffer.from(`${ZENDESK_EMAIL}/token:${ZENDESK_TOKEN}`).toString('base64');
  const intercom = await started({
    authorizations: [`Bearer ${INTERCOM_TOKEN}`],
    faults: intercomFaults,
    log,
    answer: intercomAnswers(company, book),
    problem: intercomProblem,
    quota: { 'x-ratelimit-limit': '1667', 'x-ratelimit-remaining': '1600' },
  });
  const zendesk = await started({
    authorizations: [`Basic ${basic}`, `Bearer ${ZENDESK_TOKEN}`],
    faults: zendeskFaults,
    log,
    answer: zendeskAnswers(book),
    problem: zendeskProblem,
    quota: { 'ratelimit-limit': '700', 'ratelimit-remaining': '690', 'ratelimit-reset': '31' },
  });
  return {
    intercom: { apiBase: intercom.apiBase, accessToken: INTERCOM_TOKEN },
    zendesk: { apiBase: zendesk.apiBase, email: ZENDESK_EMAIL, accessToken: ZENDESK_TOKEN },
    survey: { file: 'kestrel-nps.csv', text: surveyCsv(story) },
    control: { story, cases: book, intercomFaults, zendeskFaults, requests: () => log },
    close: async () => {
      await Promise.all([stop(intercom.server), stop(zendesk.server)]);
    },
  };
}

async function started(setting: DeskSetting): Promise<{ server: Server; apiBase: string }> {
  const server = createDeskServer(setting);
  const port = await listen(server, 0);
  return { server, apiBase: `http://127.0.0.1:${port}` };
}
