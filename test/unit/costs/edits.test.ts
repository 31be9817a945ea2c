/** Costs entered by hand, their history, and taking acts back. */
import { describe, expect, test } from 'vitest';
import {
  costEdits,
  costSheet,
  enterCosts,
  importCosts,
  rejectedRows,
  undoEdit,
} from '../../../src/main/engine/costs/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay, plainMonth } from '../../../src/shared/kernel/day.ts';
import { addMs, HOUR_MS, instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { minor } from '../../../src/shared/kernel/money.ts';
import type { CostKind } from '../../../src/shared/contract/costs.ts';
import { failureOf, testStore } from '../../support/store.ts';

const START = instantOfIso('2026-11-20T12:00:00Z');

function costs() {
  const { db } = testStore();
  let now = START;
  const sheet = (currency = 'USD') =>
    costSheet(
      db,
      { from: plainMonth('2026-01'), to: plainMonth('2026-03') },
      { currency: currencyCode(currency), today: plainDay('2026-11-20') },
    );
  return {
    db,
    sheet,
    set: (month: string, kind: CostKind, amount: number | null, over: { channel?: string; currency?: string } = {}) => {
      now = addMs(now, HOUR_MS);
      const wish = {
        month: plainMonth(month),
        kind,
        channel: over.channel ?? null,
        currency: currencyCode(over.currency ?? 'USD'),
        amount: amount === null ? null : minor(amount),
      };
      return enterCosts(db, [wish], now).editId ?? -1;
    },
    import: (text: string) => {
      now = addMs(now, HOUR_MS);
      return importCosts(db, { file: 'costs.csv', text, dryRun: false }, now).editId ?? -1;
    },
    undo: (editId: number) => {
      now = addMs(now, HOUR_MS);
      return undoEdit(db, editId, now).editId;
    },
    stored: () =>
      sheet().costs.map(({ month, kind, amount, file }) => `${month} ${kind} ${amount} ${file ?? 'entered'}`),
  };
}

const FILE = 'month,kind,channel,amount,currency\n2026-01,sales,,5,USD\n2026-02,sales,,6,USD\nbroken,sales,,6,USD';

describe('an act', () => {
  test('says when a cost was entered and when it was changed', () => {
    const c = costs();
    c.set('2026-01', 'sales', 100);
    c.set('2026-01', 'sales', 200);
    expect(c.sheet().costs).toEqual([
      expect.objectContaining({ amount: 200, enteredAt: addMs(START, HOUR_MS), changedAt: addMs(START, 2 * HOUR_MS) }),
    ]);
    expect(costEdits(c.db, { limit: 5 })).toEqual([
      expect.objectContaining({ act: 'entry', added: 0, changed: 1, removed: 0 }),
      expect.objectContaining({ act: 'entry', added: 1, changed: 0, removed: 0 }),
    ]);
  });

  test('that changes nothing is none', () => {
    const c = costs();
    c.set('2026-01', 'sales', 100);
    expect(c.set('2026-01', 'sales', 100)).toBe(-1);
    expect(c.set('2026-02', 'sales', null)).toBe(-1);
    expect(costEdits(c.db, { limit: 5 })).toHaveLength(1);
  });

  test('leaves the note of a cost as it is, unless it brings one', () => {
    const c = costs();
    c.import('month,kind,channel,amount,currency,note\n2026-01,sales,,5,USD,dinner');
    c.set('2026-01', 'sales', 700);
    c.import('month,kind,channel,amount,currency\n2026-01,sales,,8,USD');
    expect(c.sheet().costs).toEqual([expect.objectContaining({ amount: 800, note: 'dinner' })]);
    c.import('month,kind,channel,amount,currency,note\n2026-01,sales,,8,USD,lunch');
    expect(c.sheet().costs).toEqual([expect.objectContaining({ amount: 800, note: 'lunch' })]);
  });

  test('cannot name one cost twice', () => {
    const { db } = costs();
    const wish = (channel: string) => ({
      month: plainMonth('2026-01'),
      kind: 'sales' as const,
      channel,
      currency: currencyCode('USD'),
      amount: minor(1),
    });
    expect(failureOf(() => enterCosts(db, [wish('Ads'), wish('ads')], START))).toMatchObject({ code: 'invalid_input' });
  });

  test('is taken back: an entry, a change, a deletion, an import', () => {
    const c = costs();
    const entry = c.set('2026-01', 'sales', 100);
    const change = c.set('2026-01', 'sales', 200);
    const deletion = c.set('2026-01', 'sales', null);
    const file = c.import(FILE);
    expect(c.stored()).toEqual(['2026-01 sales 500 costs.csv', '2026-02 sales 600 costs.csv']);
    c.undo(file);
    expect(c.stored()).toEqual([]);
    expect(rejectedRows(c.db)).toEqual([]);
    c.undo(deletion);
    expect(c.stored()).toEqual(['2026-01 sales 200 entered']);
    c.undo(change);
    expect(c.stored()).toEqual(['2026-01 sales 100 entered']);
    c.undo(entry);
    expect(c.stored()).toEqual([]);
  });

  test('taken back and repeated stands as the first time, with its origin and times', () => {
    const c = costs();
    c.set('2026-01', 'sales', 100);
    const file = c.import(FILE);
    const before = c.sheet().costs;
    const undo = c.undo(file);
    const redo = c.undo(undo);
    expect(c.sheet().costs).toEqual(before);
    expect(costEdits(c.db, { limit: 9 }).find(({ editId }) => editId === file)?.undoneAt).toBeNull();
    c.undo(redo);
    expect(c.stored()).toEqual(['2026-01 sales 100 entered']);
  });

  test('is not taken back over a later one, nor twice', () => {
    const c = costs();
    const first = c.set('2026-01', 'sales', 100);
    const second = c.set('2026-01', 'sales', 200);
    expect(failureOf(() => c.undo(first))).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/changed since/),
    });
    c.undo(second);
    expect(failureOf(() => c.undo(second))).toMatchObject({ code: 'conflict' });
    expect(failureOf(() => c.undo(999))).toMatchObject({ code: 'not_found' });
    expect(c.stored()).toEqual(['2026-01 sales 100 entered']);
  });
});

describe('the sums of a month', () => {
  const rate = (c: ReturnType<typeof costs>, day: string, perEuro: string) => {
    const row = { provider: 'frankfurter', base: 'EUR', quote: 'USD', rate_on: day, rate: perEuro };
    c.db.run(c.db.build.insertInto('exchange_rate').values(row));
    c.db.run(c.db.build.updateTable('ledger_head').set({ value: perEuro.length }).where('name', '=', 'rates'));
  };

  test('value each cost at the rate of the month’s last day', () => {
    const c = costs();
    rate(c, '2026-01-30', '1.10');
    c.set('2026-01', 'marketing', 10_000, { currency: 'EUR' });
    c.set('2026-01', 'marketing', 500);
    const [january, february] = c.sheet().months;
    expect(january).toMatchObject({ kinds: { marketing: 11_500, sales: null }, total: 11_500, reason: null });
    expect(february).toMatchObject({ total: null, reason: 'No cost is recorded for 2026-02' });
  });

  test('are unknown without a rate, and never without the amount', () => {
    const c = costs();
    c.set('2026-01', 'marketing', 10_000, { currency: 'EUR' });
    c.set('2026-01', 'ga', 100);
    expect(c.sheet().months[0]).toMatchObject({
      kinds: { marketing: null, ga: 100 },
      total: null,
      reason: 'No rate from EUR to USD on 2026-01-31 or the seven days before',
    });
  });

  test('a recorded 0 is 0, nothing recorded is unknown', () => {
    const c = costs();
    c.set('2026-01', 'cogs', 0);
    expect(c.sheet().months[0]).toMatchObject({ kinds: { cogs: 0, sales: null }, total: 0 });
  });
});
