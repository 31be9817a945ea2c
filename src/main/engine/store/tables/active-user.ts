/** Writes how many people were there in a day, a week, a month: as a source counts them, or merged from sketches. */
import { addDays, firstDayOf, lastDayOf, monthOf, plainDay, type PlainDay } from '../../../../shared/kernel/day.ts';
import { distinctSketch, mondayOf, type ActiveSketch, type ActiveUsers } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';

export interface ActiveUserWriter {
  /** @returns whether it was new or different. */
  counted(active: ActiveUsers): boolean;
  /** Replaces a batch's sketches, and counts the periods that they touch anew. */
  sketches(
    batchId: number,
    former: { readonly first_on: string; readonly last_on: string } | null,
    sketches: readonly ActiveSketch[],
  ): void;
}

export function activeUserWriter(db: WriteDb, sourceId: number): ActiveUserWriter {
  const put = db.prepareWrite<[number, string, string, number, number, number]>(
    `INSERT INTO active_user (source_id, period, starts_on, users, accounts, is_exact) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (source_id, period, starts_on) DO UPDATE SET users = excluded.users, accounts = excluded.accounts,
       is_exact = excluded.is_exact
     WHERE users <> excluded.users OR accounts <> excluded.accounts OR is_exact <> excluded.is_exact`,
  );
  const addSketch = db.prepareWrite<[number, string, number, Uint8Array, Uint8Array]>(
    'INSERT INTO active_sketch (source_id, day_on, usage_batch_id, users, accounts) VALUES (?, ?, ?, ?, ?)',
  );
  const former = db.prepare<[number, string, string, number], { day: string }>(
    'SELECT day_on AS day FROM active_sketch WHERE source_id = ? AND day_on BETWEEN ? AND ? AND usage_batch_id = ?',
  );
  const clear = db.prepareWrite<[number, string, string, number]>(
    'DELETE FROM active_sketch WHERE source_id = ? AND day_on BETWEEN ? AND ? AND usage_batch_id = ?',
  );
  const within = db.prepare<[number, string, string], { users: Uint8Array; accounts: Uint8Array }>(
    'SELECT users, accounts FROM active_sketch WHERE source_id = ? AND day_on BETWEEN ? AND ? ORDER BY day_on, usage_batch_id',
  );

  function count(period: ActiveUsers['period'], from: PlainDay, to: PlainDay): void {
    const users = distinctSketch();
    const accounts = distinctSketch();
    for (const row of within.all(sourceId, from, to)) {
      users.merge(Buffer.from(row.users).toString('base64'));
      accounts.merge(Buffer.from(row.accounts).toString('base64'));
    }
    put.run(sourceId, period, from, users.estimate(), accounts.estimate(), 0);
  }

  return {
    counted: ({ period, startsOn, users, accounts }) =>
      put.run(sourceId, period, startsOn, users, accounts, 1).changes > 0,
    sketches(batchId, known, sketches) {
      const days = new Set(sketches.map(({ day }) => day));
      if (known) {
        for (const { day } of former.all(sourceId, known.first_on, known.last_on, batchId)) days.add(plainDay(day));
        clear.run(sourceId, known.first_on, known.last_on, batchId);
      }
      for (const { day, users, accounts } of sketches)
        addSketch.run(sourceId, day, batchId, Buffer.from(users, 'base64'), Buffer.from(accounts, 'base64'));
      for (const day of days) count('day', day, day);
      for (const monday of new Set([...days].map((day) => mondayOf(day)))) count('week', monday, addDays(monday, 6));
      for (const month of new Set([...days].map((day) => monthOf(day))))
        count('month', firstDayOf(month), lastDayOf(month));
    },
  };
}
