/** Rows of PostHog's answers, checked one by one. */
import { z } from 'zod';
import { addressOf, type UsageCountRecord } from '../usage/index.ts';
import { gapError } from '../kit/index.ts';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day');
const Text = z.string().max(2_000, 'is longer than a name can be');
const Count = z.int().min(0);

/** A row of `usage`, named so that what is wrong with it can be told. */
export const UsageRowSchema = z.object({ day: Day, account: Text, event: Text.min(1), count: Count, users: Count });

export function usageRow([day, account, event, count, users]: readonly unknown[]): unknown {
  return { day, account, event, count, users };
}

const UseSchema = z.tuple([Day, Text, Count, Count]);
const CountedSchema = z.tuple([Day, Count]);
const ActiveSchema = z.tuple([Day, Count, Count]);
const VisitsSchema = z.tuple([Day, Text, Count]);
const PropertySchema = z.tuple([z.string(), Count]);
const FirstDaySchema = z.tuple([Day, Count]);

/** Aggregates over all events: one that does not fit is no record that could be set aside. */
function read<Row extends z.ZodType>(schema: Row, rows: readonly unknown[], what: string): z.output<Row>[] {
  const parsed = z.array(schema).safeParse(rows);
  if (!parsed.success) throw gapError('refused', `PostHog’s ${what} cannot be read; try again later`, parsed.error);
  return parsed.data;
}

export const useRows = (rows: readonly unknown[]): UsageCountRecord[] =>
  read(UseSchema, rows, 'use per account').map(([day, account, count, users]) => ({
    day,
    account,
    event: null,
    count,
    users,
  }));
export const countedRows = (rows: readonly unknown[]) => new Map(read(CountedSchema, rows, 'counts of events'));
export const activeRows = (rows: readonly unknown[]) => read(ActiveSchema, rows, 'active users');
export const visitRows = (rows: readonly unknown[]) => read(VisitsSchema, rows, 'first visits');
export const propertyRows = (rows: readonly unknown[]) => read(PropertySchema, rows, 'properties');
export const firstDayRows = (rows: readonly unknown[]) => read(FirstDaySchema, rows, 'first day');

/** An account as it is checked and kept; emails nobody can write to are left out. */
export function accountRow(row: readonly unknown[]): unknown {
  const [id, name, domain, billingId, emails, channel, firstAt, signedUpAt, activatedAt] = row;
  const addresses = Array.isArray(emails) ? emails.map(addressOf).filter((email) => email !== null) : [];
  return {
    id,
    name: orNull(name),
    domain: orNull(domain),
    emails: [...new Set(addresses)].toSorted().slice(0, 20),
    billingCustomerId: orNull(billingId),
    channel: orNull(channel),
    firstSeenAt: momentOf(firstAt),
    signedUpAt: momentOf(signedUpAt),
    activatedAt: momentOf(activatedAt),
  };
}

function orNull(value: unknown): unknown {
  return value === '' ? null : value;
}

/** Seconds, 0 for never. */
function momentOf(seconds: unknown): unknown {
  return typeof seconds === 'number' ? (seconds === 0 ? null : seconds * 1_000) : seconds;
}
