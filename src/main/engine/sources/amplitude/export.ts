/**
 * Amplitude's export (https://amplitude.com/docs/apis/analytics/export): a zip
 * of gzipped JSON lines by hours of upload, unpacked while it streams by.
 */
import { z } from 'zod';
import { addDays, dayAt, daysFromTo, UTC, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError, isAppError } from '../../../../shared/kernel/errors.ts';
import { isoOfInstant, MINUTE_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Http, HttpResponse } from '../../runtime/ports.ts';
import { gapError, gapOf, type SourceReport, jsonOrNull } from '../kit/index.ts';
import { clampedDay, lineSplitter, type EventSink, type UsageMapping } from '../usage/index.ts';
import { EventSchema, propertyNames, seenEvent, uploadDay } from './event.ts';

export interface AmplitudeOptions {
  readonly apiBase: string;
  readonly apiKey: string;
  readonly secretKey: string;
  readonly mapping: UsageMapping;
  readonly http: Http;
  /** Until when uploads can be had. */
  readonly ready: Instant;
}

/** A span of hours, both included: `20261120T00` to `20261120T23`. */
interface Hours {
  readonly day: PlainDay;
  readonly lastDay: PlainDay;
  readonly from: number;
  readonly to: number;
}

const MOST_BYTES = 8 * 1024 ** 3;
const PATIENCE_MS = 60 * MINUTE_MS;
/** More than 4 GB in one answer: https://amplitude.com/docs/apis/analytics/export#considerations */
const TOO_LARGE = 400;

export function amplitudeExport(options: AmplitudeOptions) {
  const { apiBase, apiKey, secretKey, mapping, http, ready } = options;
  const authorization = `Basic ${Buffer.from(`${apiKey}:${secretKey}`).toString('base64')}`;

  async function ask(
    { day, lastDay, from, to }: Hours,
    receive: (() => (chunk: Uint8Array) => void) | undefined,
  ): Promise<HttpResponse> {
    const query = new URLSearchParams({ start: hourText(day, from), end: hourText(lastDay, to) });
    return await http({
      method: 'GET',
      url: `${apiBase.replace(/\/+$/, '')}/api/2/export?${query.toString()}`,
      headers: { authorization },
      maxBytes: MOST_BYTES,
      timeoutMs: PATIENCE_MS,
      ...(receive && { receive }),
    });
  }

  /** @returns false where the answer would be too large. */
  async function readHours(hours: Hours, sink: EventSink, isFirst: boolean): Promise<boolean> {
    const { unpacker } = await import('./unpack.ts');
    let unpacked = 0;
    let current = unpacker(() => undefined);
    const response = await ask(hours, () => {
      if (unpacked > 0 && !isFirst)
        throw new AppError('source_failed', 'The export of a large day was cut; sync again to read it');
      if (isFirst) sink.clear();
      current = unpacker(() => {
        unpacked += 1;
        return linesOf(sink, hours, mapping);
      });
      return (chunk) => current.write(chunk);
    });
    // Nothing was uploaded in these hours.
    if (response.status === 404) return true;
    if (response.status === TOO_LARGE) return false;
    if (response.status >= 400) throw refusalOf(response, secretKey);
    current.end();
    return true;
  }

  async function readDay(hours: Hours, sink: EventSink, isFirst: boolean): Promise<void> {
    if (await readHours(hours, sink, isFirst)) return;
    const { day, lastDay, from, to } = hours;
    if (from === to)
      throw gapError(
        'refused',
        `Amplitude has more than 4 GB in one hour (${hourText(day, from)}): its export to S3 is the way to these`,
      );
    const middle = Math.floor((from + to) / 2);
    await readDay({ day, lastDay, from, to: middle }, sink, isFirst);
    await readDay({ day, lastDay, from: middle + 1, to }, sink, false);
  }

  /** Days of upload; the last one as far as it can be had. */
  async function read(from: PlainDay, until: PlainDay, sink: EventSink): Promise<void> {
    const lastDay = addDays(until, -1);
    const to = hourOf(lastDay, ready);
    if (to === null && from === lastDay) return;
    const whole = to === null ? { lastDay: addDays(lastDay, -1), to: 23 } : { lastDay, to };
    if (from !== whole.lastDay) {
      if (await readHours({ day: from, from: 0, ...whole }, sink, true)) return;
      const days = daysFromTo(from, whole.lastDay);
      for (const [index, day] of days.entries())
        await readDay({ day, lastDay: day, from: 0, to: day === whole.lastDay ? whole.to : 23 }, sink, index === 0);
    } else await readDay({ day: from, from: 0, ...whole }, sink, true);
  }

  return {
    read,
    async check(): Promise<SourceReport> {
      const day = addDays(dayAt(ready, UTC), -1);
      const report = { accountId: null, accountName: null, liveMode: null, missingScopes: [], warnings: [] };
      try {
        const response = await ask({ day, lastDay: day, from: 0, to: 0 }, () => () => undefined);
        if (response.status >= 400 && response.status !== 404 && response.status !== TOO_LARGE)
          throw refusalOf(response, secretKey);
        return { ...report, ok: true, problem: null };
      } catch (error) {
        if (!isAppError(error)) throw error;
        if (!isAppError(error, 'auth_failed') && gapOf(error) === null) throw error;
        return { ...report, ok: false, problem: error.message };
      }
    },
  };
}

/** The last hour of a day that can be had, or null for none. */
function hourOf(day: PlainDay, ready: Instant): number | null {
  const iso = isoOfInstant(ready);
  if (day < iso.slice(0, 10)) return 23;
  // The hour that `ready` lies in has not ended two hours ago.
  const hour = Number(iso.slice(11, 13)) - 1;
  return day > iso.slice(0, 10) || hour < 0 ? null : hour;
}

function hourText(day: PlainDay, hour: number): string {
  return `${day.replaceAll('-', '')}T${String(hour).padStart(2, '0')}`;
}

function linesOf(sink: EventSink, { day, lastDay }: Hours, mapping: UsageMapping) {
  return lineSplitter((line) => {
    const raw = jsonOrNull(line);
    const parsed = EventSchema.safeParse(raw);
    if (!parsed.success) {
      sink.unreadable(day, raw ?? line.slice(0, 2_000));
      return;
    }
    const batch = clampedDay(uploadDay(parsed.data), day, addDays(lastDay, 1));
    sink.event(batch, seenEvent(parsed.data, mapping), propertyNames(parsed.data));
  });
}

const RefusalSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

function refusalOf({ status, body }: HttpResponse, secret: string): AppError {
  const text = new TextDecoder().decode(body);
  const { error } = RefusalSchema.safeParse(jsonOrNull(text)).data ?? { error: text.trim() };
  const told = typeof error === 'string' ? error : error.message;
  const said = (told === '' ? `the answer is ${status}, without a reason.` : told)
    .replaceAll(secret, '•••')
    .slice(0, 500);
  switch (status) {
    case 401:
      return new AppError(
        'auth_failed',
        `Amplitude does not accept the keys: ${said} Connect Amplitude again with valid ones, at the address of its region.`,
      );
    case 403:
      return gapError('permission', `The keys may not export this project: ${said}`);
    default:
      return gapError('refused', `Amplitude refuses the export: ${said}`);
  }
}
