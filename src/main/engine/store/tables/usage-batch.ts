/** Writes rolled-up usage: a batch is replaced as a whole, in the transaction of its page. */
import { hash } from 'node:crypto';
import type { UsageBatch, UsageCount } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';
import { activeUserWriter } from './active-user.ts';
import type { ProductAccountWriter } from './product-account.ts';

/** The event that stands for anything that counts as use. */
const ANY_EVENT = 0;

/** @returns whether anything was written: a batch that equals the stored one is left alone. */
export function usageBatchWriter(
  db: WriteDb,
  sourceId: number,
  accounts: ProductAccountWriter,
): (batch: UsageBatch) => boolean {
  const known = db.prepare<[number, string], { id: number; digest: Uint8Array; first_on: string; last_on: string }>(
    'SELECT usage_batch_id AS id, digest, first_on, last_on FROM usage_batch WHERE source_id = ? AND name = ?',
  );
  const put = db.prepareWrite<[number, string, Uint8Array, string, string, number]>(
    `INSERT INTO usage_batch (source_id, name, digest, first_on, last_on, events) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (source_id, name) DO UPDATE SET digest = excluded.digest, first_on = excluded.first_on,
       last_on = excluded.last_on, events = excluded.events`,
  );
  const clearDays = db.prepareWrite<[number, string, string, number]>(
    `DELETE FROM usage_day WHERE product_account_id IN (SELECT product_account_id FROM product_account WHERE source_id = ?)
       AND day_on BETWEEN ? AND ? AND usage_batch_id = ?`,
  );
  const clearEvents = db.prepareWrite<[number, string, string, number]>(
    'DELETE FROM usage_event_day WHERE source_id = ? AND day_on BETWEEN ? AND ? AND usage_batch_id = ?',
  );
  const addDay = db.prepareWrite<[number, string, number, number, number, number]>(
    'INSERT INTO usage_day (product_account_id, day_on, product_event_id, usage_batch_id, count, users) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addEvent = db.prepareWrite<[number, string, number, number, number, number, number]>(
    `INSERT INTO usage_event_day (source_id, day_on, product_event_id, usage_batch_id, count, users, accounts)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const seeVisitor = db.prepareWrite<[number, number, number, string]>(
    `INSERT INTO visitor (source_id, visitor, seen_at, channel) VALUES (?, ?, ?, ?)
     ON CONFLICT (source_id, visitor) DO UPDATE SET seen_at = excluded.seen_at, channel = excluded.channel
     WHERE excluded.seen_at < seen_at`,
  );
  const forgetVisitors = db.prepareWrite<[number]>('DELETE FROM visitor WHERE source_id = ?');
  const eventId = eventIds(db, sourceId);
  const active = activeUserWriter(db, sourceId);

  return (batch) => {
    const { name, firstOn, lastOn, events } = batch;
    const digest = Buffer.from(hash('sha256', JSON.stringify(batch), 'hex').slice(0, 32), 'hex');
    const stored = known.first(sourceId, name);
    if (stored && digest.equals(stored.digest)) return false;
    if (batch.begins) {
      accounts.forgetSteps();
      forgetVisitors.run(sourceId);
    }
    const inserted = put.run(sourceId, name, digest, firstOn, lastOn, events).lastId;
    const id = stored?.id ?? inserted;
    if (stored) {
      clearDays.run(sourceId, stored.first_on, stored.last_on, id);
      clearEvents.run(sourceId, stored.first_on, stored.last_on, id);
    }
    for (const { day, account, event, count, users } of batch.counts)
      addDay.run(accounts.idOf(account), day, event === null ? ANY_EVENT : eventId(event), id, count, users);
    for (const { day, event, count, users, accounts: among } of overAccounts(batch.counts))
      addEvent.run(sourceId, day, event === null ? ANY_EVENT : eventId(event), id, count, users, among);
    for (const { visitor, seenAt, channel } of batch.visitors) seeVisitor.run(sourceId, visitor, seenAt, channel);
    for (const account of batch.accounts) accounts.see(account);
    active.sketches(id, stored ?? null, batch.sketches);
    return true;
  };
}

interface EventTotal {
  readonly day: string;
  readonly event: string | null;
  count: number;
  users: number;
  accounts: number;
}

/** A person who works for two accounts is counted with each. Nobody in particular is no account. */
function overAccounts(counts: readonly UsageCount[]): Iterable<EventTotal> {
  const totals = new Map<string, EventTotal>();
  for (const { day, account, event, count, users } of counts) {
    const key = `${day} ${event === null ? '' : `:${event}`}`;
    const total = totals.get(key) ?? { day, event, count: 0, users: 0, accounts: 0 };
    totals.set(key, total);
    total.count += count;
    total.users += users;
    total.accounts += account === '' ? 0 : 1;
  }
  return totals.values();
}

function eventIds(db: WriteDb, sourceId: number): (name: string) => number {
  const find = db.prepare<[number, string], { id: number }>(
    'SELECT product_event_id AS id FROM product_event WHERE source_id = ? AND name = ?',
  );
  const add = db.prepareWrite<[number, string]>('INSERT INTO product_event (source_id, name) VALUES (?, ?)');
  const ids = new Map<string, number>();
  return (name) => {
    const id = ids.get(name) ?? find.first(sourceId, name)?.id ?? add.run(sourceId, name).lastId;
    ids.set(name, id);
    return id;
  };
}
