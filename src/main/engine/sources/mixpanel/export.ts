/** Mixpanel's raw export (https://developer.mixpanel.com/reference/raw-event-export): JSON lines of whole days. */
import { z } from 'zod';
import { dayAt, UTC, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError, isAppError } from '../../../../shared/kernel/errors.ts';
import { instant, MINUTE_MS } from '../../../../shared/kernel/instant.ts';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/ports.ts';
import { gapError, gapOf, type SourceReport, jsonOrNull } from '../kit/index.ts';
import {
  clampedDay,
  companyFields,
  emailOf,
  lineSplitter,
  type LineSplitter,
  orNull,
  textOf,
  type EventSink,
  type SeenEvent,
  type UsageMapping,
} from '../usage/index.ts';

/** An event as it stands on a line; further properties stay. */
export const EventSchema = z.object({
  event: z.string().min(1).max(500),
  properties: z.looseObject({
    /** Milliseconds, as asked for, in the project's own time zone where the project is older than 2023. */
    time: z.int().min(0).max(8.64e15),
    distinct_id: z.union([z.string().max(500), z.number()]).transform(String),
    $insert_id: z.string().max(500).optional(),
  }),
});
type MixpanelEvent = z.output<typeof EventSchema>;

export interface MixpanelOptions {
  readonly apiBase: string;
  readonly projectId: string;
  readonly serviceAccount: string;
  readonly secret: string;
  readonly mapping: UsageMapping;
  readonly http: Http;
  readonly today: PlainDay;
}

const MOST_BYTES = 64 * 1024 ** 3;
const PATIENCE_MS = 60 * MINUTE_MS;

export function mixpanelExport(options: MixpanelOptions) {
  const { apiBase, projectId, serviceAccount, secret, mapping, http, today } = options;
  const request = (from: PlainDay, to: PlainDay): HttpRequest & { url: string } => {
    const query = new URLSearchParams({ project_id: projectId, from_date: from, to_date: to, time_in_ms: 'true' });
    return {
      method: 'GET',
      url: `${apiBase.replace(/\/+$/, '')}/api/2.0/export?${query.toString()}`,
      headers: { authorization: `Basic ${Buffer.from(`${serviceAccount}:${secret}`).toString('base64')}` },
      maxBytes: MOST_BYTES,
      timeoutMs: PATIENCE_MS,
    };
  };

  async function ask(sent: HttpRequest): Promise<HttpResponse> {
    const response = await http(sent);
    if (response.status >= 400) throw refusalOf(response, secret);
    return response;
  }

  return {
    async read(from: PlainDay, until: PlainDay, sink: EventSink): Promise<void> {
      const last = clampedDay(until, from, until);
      // The export refuses days that have not begun in the project's time zone.
      const to = last > today ? today : last;
      let lines = splitterOf(sink, from, until, mapping);
      await ask({
        ...request(from, to),
        receive: () => {
          sink.clear();
          lines = splitterOf(sink, from, until, mapping);
          return (chunk) => lines.write(chunk);
        },
      });
      lines.end();
    },
    async check(day: PlainDay): Promise<SourceReport> {
      const report = { accountId: projectId, accountName: `Project ${projectId}`, liveMode: null, missingScopes: [] };
      const { url, ...rest } = request(day, day);
      try {
        await ask({ ...rest, url: `${url}&limit=1` });
        return { ...report, ok: true, warnings: [], problem: null };
      } catch (error) {
        if (!isAppError(error)) throw error;
        if (!isAppError(error, 'auth_failed') && gapOf(error) === null) throw error;
        return { ...report, ok: false, accountName: null, warnings: [], problem: error.message };
      }
    },
  };
}

function splitterOf(sink: EventSink, from: PlainDay, until: PlainDay, mapping: UsageMapping): LineSplitter {
  let readable = 0;
  let endsGarbled = false;
  const lines = lineSplitter((line) => {
    // Mixpanel's word for an export that broke off on its side, after an answer of 200.
    if (line.trim() === 'terminated early')
      throw new AppError('source_failed', 'Mixpanel ended the export early; sync again to read these days');
    const raw = jsonOrNull(line);
    endsGarbled = raw === null;
    const parsed = EventSchema.safeParse(raw);
    if (!parsed.success) {
      sink.unreadable(from, raw ?? line.slice(0, 2_000));
      return;
    }
    readable += 1;
    const day = dayAt(instant(parsed.data.properties.time), UTC);
    sink.event(clampedDay(day, from, until), seenEvent(parsed.data, day, mapping), Object.keys(parsed.data.properties));
  });
  return {
    write: (chunk) => lines.write(chunk),
    end() {
      lines.end();
      // A page of the network in between, or half a line: then the days are not whole, and are read again.
      if (endsGarbled)
        throw new AppError(
          'unavailable',
          readable === 0
            ? 'Something else came in place of Mixpanel’s export; sync again'
            : 'Mixpanel’s export was cut off in the middle of a line; sync again',
        );
    },
  };
}

function seenEvent({ event, properties }: MixpanelEvent, day: PlainDay, mapping: UsageMapping): SeenEvent {
  const { time, distinct_id: person, $insert_id: insertId } = properties;
  return {
    // https://docs.mixpanel.com/docs/tracking-methods/integrations: these four tell events apart.
    identity: JSON.stringify([insertId ?? properties, event, person, time]),
    name: event,
    day,
    at: time,
    person,
    account: textOf(properties[mapping.customerProperty]),
    ...companyFields([properties]),
    email: emailOf([properties], person),
    billingCustomerId: orNull(textOf(properties[mapping.billingIdProperty])),
    channel: orNull(textOf(properties[mapping.channelProperty])),
  };
}

const RefusalSchema = z.object({ error: z.string() });

function refusalOf({ status, body }: HttpResponse, secret: string): AppError {
  const text = new TextDecoder().decode(body);
  const told = RefusalSchema.safeParse(jsonOrNull(text)).data?.error ?? text.trim();
  const said = (told === '' ? `the answer is ${status}, without a reason.` : told)
    .replaceAll(secret, '•••')
    .slice(0, 500);
  switch (status) {
    case 401:
      return new AppError(
        'auth_failed',
        `Mixpanel does not accept the service account: ${said} Connect Mixpanel again with a valid one, at the address of its region.`,
      );
    case 402:
    case 403:
      return gapError('permission', `The service account may not export this project: ${said}`);
    case 404:
      return gapError('not_found', `Mixpanel knows no such project: ${said}`);
    default:
      return gapError('refused', `Mixpanel refuses the export: ${said}`);
  }
}
