/** Saved views of the cockpit. */
import { expect, test } from 'vitest';
import {
  listViews,
  moveView,
  openWith,
  removeView,
  restoreView,
  saveView,
} from '../../../src/main/engine/views/index.ts';
import { LayoutSchema, type Layout } from '../../../src/shared/contract/views.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';
import { failureOf, testStore } from '../../support/store.ts';

const NOW = instant(1_795_000_000_000);
const layout: Layout = { tiles: [{ tile: 'bridge', columns: 12 }], hidden: ['arr'] };

test('one view is there from the beginning, arranged by the program', () => {
  const { db } = testStore();
  expect(listViews(db)).toMatchObject([{ name: 'Overview', layout: null, filters: {}, opens: true }]);
});

test('a view keeps its arrangement and its filters, and each is changed without the others', () => {
  const { db } = testStore();
  const { viewId } = saveView(db, { name: 'Board', layout, filters: { period: '12' } }, NOW);
  saveView(db, { viewId, name: 'For the board' }, NOW);
  expect(listViews(db)[1]).toMatchObject({ name: 'For the board', layout, filters: { period: '12' }, opens: false });
  saveView(db, { viewId, layout: null }, NOW);
  expect(listViews(db)[1]).toMatchObject({ layout: null, filters: { period: '12' } });
});

test('names differ in more than case, and a new one needs a name', () => {
  const { db } = testStore();
  expect(failureOf(() => saveView(db, { name: 'overview' }, NOW))).toMatchObject({ code: 'conflict' });
  expect(failureOf(() => saveView(db, { layout }, NOW))).toMatchObject({ code: 'invalid_input' });
  expect(failureOf(() => saveView(db, { viewId: 99, name: 'X' }, NOW))).toMatchObject({ code: 'not_found' });
});

test('the cockpit opens with one view and no other', () => {
  const { db } = testStore();
  const { viewId } = saveView(db, { name: 'Board' }, NOW);
  openWith(db, viewId);
  expect(listViews(db).map(({ opens }) => opens)).toEqual([false, true]);
});

test('a view that is taken away comes back as it was, and hands over what the cockpit opens with', () => {
  const { db } = testStore();
  const { viewId } = saveView(db, { name: 'Board', layout }, NOW);
  openWith(db, viewId);
  removeView(db, viewId, NOW);
  expect(listViews(db)).toMatchObject([{ name: 'Overview', opens: true }]);
  expect(restoreView(db, viewId)).toMatchObject({ name: 'Board', layout, opens: false });
  removeView(db, viewId, NOW);
  saveView(db, { name: 'board' }, NOW);
  expect(
    failureOf(() => restoreView(db, viewId)),
    'its name was given again',
  ).toMatchObject({ code: 'conflict' });
});

test('views stand in the order that the founder gives them', () => {
  const { db } = testStore();
  const names = () => listViews(db).map(({ name }) => name);
  const board = saveView(db, { name: 'Board' }, NOW).viewId;
  const sales = saveView(db, { name: 'Sales' }, NOW).viewId;
  moveView(db, sales, 1);
  expect(names()).toEqual(['Sales', 'Overview', 'Board']);
  moveView(db, sales, null);
  expect(names()).toEqual(['Overview', 'Board', 'Sales']);
  moveView(db, board, board);
  expect(names(), 'before itself is where it stands').toEqual(['Overview', 'Board', 'Sales']);
  removeView(db, board, NOW);
  saveView(db, { name: 'Newest' }, NOW);
  restoreView(db, board);
  expect(names(), 'what comes back comes back to its place').toEqual(['Overview', 'Board', 'Sales', 'Newest']);
  expect(failureOf(() => moveView(db, board, 99))).toMatchObject({ code: 'not_found' });
});

test('the last view stays', () => {
  const { db } = testStore();
  expect(failureOf(() => removeView(db, 1, NOW))).toMatchObject({ code: 'conflict' });
});

test('an arrangement names no tile twice, and widths are columns of the grid', () => {
  expect(LayoutSchema.safeParse({ tiles: [{ tile: 'arr', columns: 4 }], hidden: ['arr'] }).success).toBe(false);
  expect(LayoutSchema.safeParse({ tiles: [{ tile: 'arr', columns: 25 }], hidden: [] }).success).toBe(false);
  expect(LayoutSchema.safeParse({ tiles: [{ tile: 'Arr; DROP', columns: 4 }], hidden: [] }).success).toBe(false);
});
