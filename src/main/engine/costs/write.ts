/** Writes acts: what was entered together, imported or taken back, with what stood there before. */
import type { CostKey } from '../../../shared/contract/costs.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Minor } from '../../../shared/kernel/money.ts';
import type { WriteDb } from '../store/handles.ts';
import { costFinder, keyText, storedKey, type CostStep, type StoredBody } from './stored-cost.ts';

/** A cost as it is to stand; `amount` null takes it away, without a `note` the one that stands there stays. */
export interface CostWish extends CostKey {
  readonly amount: Minor | null;
  readonly note?: string | null | undefined;
}

export interface Act {
  readonly act: 'entry' | 'import' | 'undo';
  readonly file: string | null;
  readonly undoes: number | null;
}

/**
 * `costs.enter`: sets and takes away costs as one act that can be undone.
 * @throws AppError `invalid_input` where one cost is named twice.
 */
export function enterCosts(
  db: WriteDb,
  wishes: readonly CostWish[],
  now: Instant,
): { editId: number | null; changed: number } {
  const names = new Set(wishes.map((wish) => keyText(storedKey(wish))));
  if (names.size < wishes.length)
    throw new AppError('invalid_input', 'A month, kind, channel and currency is named twice; nothing was entered');
  return db.transaction(() => {
    const steps = stepsOf(db, wishes);
    if (steps.length === 0) return { editId: null, changed: 0 };
    return { editId: writeAct(db, { act: 'entry', file: null, undoes: null }, steps, now), changed: steps.length };
  });
}

type NewBody = Pick<StoredBody, 'channel' | 'amount_minor' | 'note'>;

/** What is to stand: a body as it stood before, or a new one, whose act and times are filled in when it is written. */
export type Step = Omit<CostStep, 'after'> & { readonly after: StoredBody | NewBody | null };

/** The changes that the wishes come to; what stands so already is left out. */
export function stepsOf(db: WriteDb, wishes: readonly CostWish[]): Step[] {
  const find = costFinder(db);
  const steps: Step[] = [];
  for (const wish of wishes) {
    const key = storedKey(wish);
    const before = find(key);
    if (wish.amount === null) {
      if (before) steps.push({ key, before, after: null });
      continue;
    }
    const note = wish.note === undefined ? (before?.note ?? null) : wish.note;
    if (before && before.amount_minor === wish.amount && before.note === note) continue;
    steps.push({ key, before, after: { channel: wish.channel, amount_minor: wish.amount, note } });
  }
  return steps;
}

/** Stores an act and carries its steps out. @returns the act's id. */
export function writeAct(db: WriteDb, act: Act, steps: readonly Step[], now: Instant): number {
  const editId = db.run(
    db.build
      .insertInto('cost_edit')
      .values({ act: act.act, file: act.file, undoes_id: act.undoes, made_at: now, undone_at: null }),
  ).lastId;
  const put = putter(db);
  for (const { key, before, after } of steps) {
    const times = { cost_edit_id: editId, entered_at: before?.entered_at ?? now, changed_at: now };
    put({ editId, key, before, after: after && { ...times, ...after } });
  }
  return editId;
}

function putter(db: WriteDb): (step: CostStep & { readonly editId: number }) => void {
  const log = db.prepareWrite<[number, string, string, string, string, string | null, string | null]>(
    `INSERT INTO cost_change (cost_edit_id, month, kind, channel_key, currency, before, after)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const put = db.prepareWrite<
    [string, string, string, string, string | null, number, string | null, number, number, number]
  >(
    `INSERT OR REPLACE INTO cost (month, kind, channel_key, currency, channel, amount_minor, note, cost_edit_id,
       entered_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const drop = db.prepareWrite<[string, string, string, string]>(
    `DELETE FROM cost WHERE month = ? AND kind = ? AND channel_key = ? AND currency = ?`,
  );
  return ({ editId, key: { month, kind, channel_key, currency }, before, after }) => {
    const text = (body: StoredBody | null) => body && JSON.stringify(body);
    log.run(editId, month, kind, channel_key, currency, text(before), text(after));
    if (after === null) {
      drop.run(month, kind, channel_key, currency);
      return;
    }
    const { channel, amount_minor, note, cost_edit_id, entered_at, changed_at } = after;
    put.run(month, kind, channel_key, currency, channel, amount_minor, note, cost_edit_id, entered_at, changed_at);
  };
}
