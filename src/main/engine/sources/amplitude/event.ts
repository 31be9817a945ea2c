/** An event of Amplitude's export (https://amplitude.com/docs/apis/analytics/export), and what it means here. */
import { z } from 'zod';
import { dayAt, UTC, type PlainDay } from '../../../../shared/kernel/day.ts';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { instantOfIso } from '../../../../shared/kernel/instant.ts';
import {
  companyFields,
  emailOf,
  orNull,
  textOf,
  type Fields,
  type SeenEvent,
  type UsageMapping,
} from '../usage/index.ts';

/** `2026-11-20 09:41:07.123000`, in UTC. */
const Moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/, 'is not a moment')
  .transform((text, context) => {
    try {
      return instantOfIso(`${text.slice(0, 10)}T${text.slice(11, 23)}Z`);
    } catch (error) {
      if (!isAppError(error)) throw error;
      context.addIssue({ code: 'custom', message: 'is not a moment' });
      return z.NEVER;
    }
  });

const Properties = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value): Fields => value ?? {});

export const EventSchema = z.object({
  event_type: z.string().min(1).max(500),
  event_time: Moment,
  server_upload_time: Moment,
  uuid: z.string().min(1).max(200),
  amplitude_id: z.union([z.string(), z.number()]).nullish(),
  user_id: z.string().max(500).nullish(),
  device_id: z.string().max(500).nullish(),
  event_properties: Properties,
  user_properties: Properties,
  groups: Properties,
  group_properties: Properties,
});
export type AmplitudeEvent = z.output<typeof EventSchema>;

/** The day on which it was uploaded: what the export goes by. */
export function uploadDay({ server_upload_time: at }: AmplitudeEvent): PlainDay {
  return dayAt(at, UTC);
}

export function seenEvent(event: AmplitudeEvent, mapping: UsageMapping): SeenEvent {
  const person = textOf(event.amplitude_id) || textOf(event.user_id) || textOf(event.device_id);
  const about = [event.event_properties, event.user_properties, ...groupFields(event)];
  return {
    identity: event.uuid,
    name: event.event_type,
    day: dayAt(event.event_time, UTC),
    at: event.event_time,
    person,
    account: valueAt(event, mapping.customerProperty),
    ...companyFields(groupFields(event).concat(event.event_properties)),
    email: emailOf([event.user_properties, event.event_properties], textOf(event.user_id)),
    billingCustomerId: orNull(firstOf(about, mapping.billingIdProperty)),
    channel: orNull(valueAt(event, mapping.channelProperty)),
  };
}

export function propertyNames(event: AmplitudeEvent): string[] {
  return [
    ...Object.keys(event.groups).map((name) => `group.${name}`),
    ...Object.keys(event.user_properties).map((name) => `user.${name}`),
    ...Object.keys(event.event_properties),
  ];
}

/** `group.NAME`, `user.NAME`, `user_id`, or an event's own property. */
function valueAt(event: AmplitudeEvent, path: string): string {
  if (path === 'user_id') return textOf(event.user_id);
  if (path.startsWith('group.')) return textOf(event.groups[path.slice(6)]);
  if (path.startsWith('user.')) return textOf(event.user_properties[path.slice(5)]);
  return textOf(event.event_properties[path]);
}

/** Properties of groups stand by kind and by name: `{ company: { Acme: { … } } }`. */
function groupFields({ group_properties: kinds }: AmplitudeEvent): Fields[] {
  return Object.values(kinds).flatMap((kind) => Object.values(fieldsOf(kind)).map(fieldsOf));
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function firstOf(about: readonly Fields[], name: string): string {
  for (const fields of about) {
    const text = textOf(fields[name]);
    if (text !== '') return text;
  }
  return '';
}
