/** The records that sources of product analytics make of what they read: rolled up, never single events. */
import { z } from 'zod';
import { plainDay, type PlainDay } from '../../../../shared/kernel/day.ts';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { instant } from '../../../../shared/kernel/instant.ts';
import type { ProductAccount } from '../../domain/index.ts';
import { Misfit, objectType, type SourceRecord } from '../kit/index.ts';

const Day = z.string().transform((text, context): PlainDay => {
  try {
    return plainDay(text);
  } catch (error) {
    if (!isAppError(error)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});
const Count = z.int().min(0);
const Moment = z
  .int()
  .min(0)
  .max(8.64e15)
  .transform((at) => instant(at));
const Text = z.string().max(2_000);

const AccountSchema = z.object({
  id: Text,
  name: Text.nullable(),
  domain: Text.nullable(),
  emails: z.array(Text).max(20),
  billingCustomerId: Text.nullable(),
  channel: Text.nullable(),
  firstSeenAt: Moment.nullable(),
  signedUpAt: Moment.nullable(),
  activatedAt: Moment.nullable(),
});

const CountSchema = z.object({ day: Day, account: Text, event: Text.nullable(), count: Count, users: Count });
export type UsageCountRecord = z.input<typeof CountSchema>;

const BatchSchema = z.object({
  /** The batch's name. */
  id: z.string(),
  firstOn: Day,
  lastOn: Day,
  events: Count,
  counts: z.array(CountSchema),
  visitors: z.array(z.object({ visitor: z.int(), seenAt: Moment, channel: Text })),
  accounts: z.array(AccountSchema),
  sketches: z.array(z.object({ day: Day, users: z.string(), accounts: z.string() })),
  begins: z.boolean(),
});
export type UsageBatchRecord = z.input<typeof BatchSchema>;

export const usageBatchType = objectType({
  type: 'usage_batch',
  version: 1,
  schema: BatchSchema,
  id: ({ id }) => id,
  normalise: ({ id, ...batch }) => [{ kind: 'usage_batch', value: { name: id, ...batch } }],
});

/** Rows of a batch that do not fit; nothing is made of them, and reading the batch again lets them go. */
export function unreadableRows(row: z.ZodType) {
  return objectType({
    type: 'usage_rows',
    version: 1,
    schema: z.object({ id: z.string(), rows: z.array(row), more: Count }),
    id: ({ id }) => id,
    normalise: ({ id }) => {
      throw new Misfit('rows', `“rows”: read again after ${id} was stored; sync everything again to count them`);
    },
  });
}

/** So many rows of a batch are kept to be looked at. */
export const SHOWN_ROWS = 20;

export interface UnreadableRows {
  readonly shown: unknown[];
  count: number;
}

/** @returns no record where every row fits. */
export function unreadableRecord(batch: string, rows: UnreadableRows | undefined): SourceRecord[] {
  if (rows === undefined || rows.count === 0) return [];
  const { count } = rows;
  const shown = rows.shown.slice(0, SHOWN_ROWS);
  return [{ kind: 'object', type: 'usage_rows', value: { id: batch, rows: shown, more: count - shown.length } }];
}

/** An account as its source tells it at once; kept, so that one that is gone can be told. */
export const productAccountType = objectType({
  type: 'product_account',
  version: 1,
  schema: AccountSchema,
  id: ({ id }) => id,
  normalise: (value) => [{ kind: 'product_account', value: value satisfies ProductAccount }],
});

export const activeUsersType = objectType({
  type: 'active_users',
  version: 1,
  schema: z.object({ period: z.enum(['day', 'week', 'month']), startsOn: Day, users: Count, accounts: Count }),
  id: ({ period, startsOn }) => `${period} ${startsOn}`,
  normalise: (value) => [{ kind: 'active_users', value }],
});

export const firstVisitsType = objectType({
  type: 'first_visits',
  version: 1,
  schema: z.object({
    firstOn: Day,
    lastOn: Day,
    visits: z.array(z.object({ day: Day, channel: Text, visitors: Count })),
  }),
  id: ({ firstOn }) => firstOn,
  normalise: (value) => [{ kind: 'first_visits', value }],
});

export const eventPropertyType = objectType({
  type: 'event_property',
  version: 1,
  schema: z.object({ name: Text.min(1), seen: Count }),
  id: ({ name }) => name,
  normalise: (value) => [{ kind: 'event_property', value }],
});

/** An address without what nobody can write to, in lower case; null for what is none. */
export function addressOf(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 254) return null;
  const address = text.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? address : null;
}
