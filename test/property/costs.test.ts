/**
 * Random acts on costs (entries, deletions, files, undos, redos) against a
 * model that keeps a copy of everything after every act.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costEdits, costSheet, enterCosts, importCosts, undoEdit } from '../../src/main/engine/costs/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { plainDay, plainMonth } from '../../src/shared/kernel/day.ts';
import { instant } from '../../src/shared/kernel/instant.ts';
import { minor } from '../../src/shared/kernel/money.ts';
import { testStore } from '../support/store.ts';

const MONTHS = ['2026-01', '2026-02'].map(plainMonth);
const KINDS = ['marketing', 'cogs'] as const;
const CHANNELS = [null, 'Ads', 'ads'] as const;
const USD = currencyCode('USD');

const wish = fc.record({
  month: fc.constantFrom(...MONTHS),
  kind: fc.constantFrom(...KINDS),
  channel: fc.constantFrom(...CHANNELS),
  amount: fc.option(fc.integer({ min: -500, max: 500 }), { freq: 5 }),
});
type Wish = typeof wish extends fc.Arbitrary<infer Value> ? Value : never;
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('enter' as const), wish }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('import' as const), rows: fc.array(wish, { maxLength: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('redo' as const) }) },
);

/** What stands, by key, as cents. */
type State = ReadonlyMap<string, number>;
const keyOf = ({ month, kind, channel }: Wish) => `${month} ${kind} ${channel?.toLowerCase() ?? ''}`;

function stored(db: WriteDb): State {
  const { costs } = costSheet(
    db,
    { from: MONTHS[0]!, to: MONTHS[1]! },
    { currency: USD, today: plainDay('2026-11-20') },
  );
  return new Map(
    costs.map(({ month, kind, channel, amount }) => [`${month} ${kind} ${channel?.toLowerCase() ?? ''}`, amount]),
  );
}

function entered(state: State, { amount, ...key }: Wish): State {
  const next = new Map(state);
  if (amount === null) next.delete(keyOf({ ...key, amount }));
  else next.set(keyOf({ ...key, amount }), amount);
  return next;
}

/** Rows of one key add up, then take the place of what stands there. */
function imported(state: State, rows: readonly Wish[]): State {
  const sums = new Map<string, number>();
  for (const row of rows) if (row.amount !== null) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.amount);
  return new Map([...state, ...sums]);
}

function csvOf(rows: readonly Wish[]): string {
  const lines = rows.map(
    ({ month, kind, channel, amount }) =>
      `${month},${kind},${channel ?? ''},${amount === null ? 'nothing' : (amount / 100).toFixed(2)},USD`,
  );
  return ['month,kind,channel,amount,currency', ...lines].join('\n');
}

test('what stands is what the acts say, taken back and repeated in any order', () => {
  const { db } = testStore();
  let now = 1_000;
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      for (const table of ['cost', 'cost_edit'] as const) db.run(db.build.deleteFrom(table));
      let state: State = new Map();
      const done: { editId: number; before: State }[] = [];
      const undone: { editId: number; after: State }[] = [];
      const did = (editId: number | null, next: State) => {
        // An act that changes nothing is none, and cannot be taken back.
        if (editId !== null) {
          done.push({ editId, before: state });
          undone.length = 0;
        }
        state = next;
      };
      for (const step of acts) {
        now += 1;
        if (step.do === 'enter') {
          const { amount, ...key } = step.wish;
          const cost = { ...key, currency: USD, amount: amount === null ? null : minor(amount) };
          did(enterCosts(db, [cost], instant(now)).editId, entered(state, step.wish));
        } else if (step.do === 'import') {
          const input = { file: 'costs.csv', text: csvOf(step.rows), dryRun: false };
          const dry = importCosts(db, { ...input, dryRun: true }, instant(now));
          expect(stored(db)).toEqual(state);
          const real = importCosts(db, input, instant(now));
          expect([real.imported, real.replaced, real.unchanged]).toEqual([dry.imported, dry.replaced, dry.unchanged]);
          expect(real.quarantined).toHaveLength(step.rows.filter(({ amount }) => amount === null).length);
          did(real.editId, imported(state, step.rows));
        } else if (step.do === 'undo') {
          const last = done.pop();
          if (!last) continue;
          undone.push({ editId: undoEdit(db, last.editId, instant(now)).editId, after: state });
          state = last.before;
        } else {
          const last = undone.pop();
          if (!last) continue;
          done.push({ editId: undoEdit(db, last.editId, instant(now)).editId, before: state });
          state = last.after;
        }
        expect(stored(db)).toEqual(state);
      }
      // Every act is in the history; none is lost by taking another back.
      const edits = costEdits(db, { limit: 200 });
      expect(edits.length).toBeLessThanOrEqual(acts.length);
      for (const { editId } of done) expect(edits.find((edit) => edit.editId === editId)?.undoneAt).toBeNull();
    }),
    { numRuns: 150 },
  );
});
