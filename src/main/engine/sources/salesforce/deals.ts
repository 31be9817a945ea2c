/** Opportunities with what other objects know of them: who is spoken to, and what is due. */
import { z } from 'zod';
import { gapOf } from '../kit/index.ts';
import type { ObjectType } from '../kit/index.ts';
import type { Facts } from './organisation.ts';
import { IDS_A_QUESTION, type Asking, type ObjectStreamSpec } from './object-stream.ts';
import { OPPORTUNITY_FIELDS } from './objects/opportunity.ts';
import { SYSTEM_FIELDS } from './objects/values.ts';
import { chunks, idOf, type FlatRecord } from './records.ts';
import { isOneOf, type Question } from './soql.ts';

/** Each page takes three more questions for every 200 opportunities: small pages lose little when they are torn off. */
const PAGE_SIZE = 400;

export function dealSpec(type: ObjectType, named: readonly string[], asking: Asking): ObjectStreamSpec {
  const { org } = asking;
  return {
    id: 'opportunities',
    title: 'Opportunities',
    scope: 'Opportunity',
    phase: 2,
    object: 'Opportunity',
    type,
    pageSize: PAGE_SIZE,
    fields: async () => await org.selectable('Opportunity', [...SYSTEM_FIELDS, ...OPPORTUNITY_FIELDS, ...named]),
    changes: async () => ({ object: 'Opportunity', timeField: 'SystemModstamp', idField: 'Id', where: [] }),
    values: async (records) => await dealValues(records, asking),
    logsDeletions: true,
  };
}

async function dealValues(records: readonly FlatRecord[], asking: Asking): Promise<unknown[]> {
  const facts = await asking.org.facts();
  const values: unknown[] = [];
  for (const batch of chunks(records, IDS_A_QUESTION)) {
    const ids = batch.map(idOf);
    const roles = await contactRoles(ids, asking);
    const due = await dueDays(ids, asking);
    for (const record of batch) {
      const id = idOf(record);
      values.push({ ...valueOf(record, facts), contactIds: roles.get(id) ?? [], dueOn: due.get(id) ?? [] });
    }
  }
  return values;
}

/** The frame in which every record is kept. */
export function valueOf(record: FlatRecord, { currency, timeZone }: Facts): Readonly<Record<string, unknown>> {
  const { Id, ...fields } = record;
  return { id: Id, fields, org: { currency, timeZone } };
}

const RoleSchema = z.object({ OpportunityId: z.string(), ContactId: z.string(), IsPrimary: z.boolean() });
const DueSchema = z.object({ WhatId: z.string(), ActivityDate: z.string() });

async function contactRoles(ids: readonly string[], asking: Asking): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await ifShown(asking, RoleSchema, {
    fields: ['OpportunityId', 'ContactId', 'IsPrimary'],
    from: 'OpportunityContactRole',
    where: [isOneOf('OpportunityId', ids)],
  });
  // The primary contact first, then by id, so that the same roles come to the same text.
  const sorted = found.toSorted(
    (a, b) => Number(b.IsPrimary) - Number(a.IsPrimary) || (a.ContactId < b.ContactId ? -1 : 1),
  );
  return grouped(sorted.map(({ OpportunityId, ContactId }) => [OpportunityId, ContactId]));
}

async function dueDays(ids: readonly string[], asking: Asking): Promise<ReadonlyMap<string, readonly string[]>> {
  const to = [isOneOf('WhatId', ids), 'ActivityDate >= TODAY'];
  const fields = ['WhatId', 'ActivityDate'];
  const tasks = await ifShown(asking, DueSchema, { fields, from: 'Task', where: [...to, 'IsClosed = false'] });
  const events = await ifShown(asking, DueSchema, { fields, from: 'Event', where: to });
  const days = [...tasks, ...events].toSorted((a, b) => (a.ActivityDate < b.ActivityDate ? -1 : 1));
  return grouped(days.map(({ WhatId, ActivityDate }) => [WhatId, ActivityDate]));
}

/** What is hidden is missing here without a word: the stream of activities, which asks for the same objects, says so. */
async function ifShown<Schema extends z.ZodType>(
  { client, org }: Asking,
  schema: Schema,
  question: Question,
): Promise<z.output<Schema>[]> {
  if (!(await org.has(question.from))) return [];
  try {
    const records = await client.all(question);
    return records.flatMap((record) => {
      const parsed = schema.safeParse(record);
      return parsed.success ? [parsed.data] : [];
    });
  } catch (error) {
    if (gapOf(error) === null) throw error;
    return [];
  }
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const held = map.get(key) ?? [];
    if (!held.includes(value)) held.push(value);
    map.set(key, held);
  }
  return map;
}
