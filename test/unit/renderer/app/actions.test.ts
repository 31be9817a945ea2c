import { describe, expect, it } from 'vitest';
import { ACTIONS, available, type ActionContext } from '../../../../src/renderer/app/actions/action-list.ts';
import { matchStrokes, strokeText } from '../../../../src/renderer/app/actions/shortcut.ts';
import { isSingleKey, keysOf } from '../../../../src/shared/contract/actions.ts';
import { ROOMS } from '../../../../src/renderer/app/rooms.ts';

const nothing = (): void => undefined;
const CONTEXT: ActionContext = {
  go: nothing,
  back: nothing,
  forward: nothing,
  sync: nothing,
  openWindow: nothing,
  copyLink: nothing,
  focusFilters: nothing,
  openJobs: nothing,
  openNotes: nothing,
  arrange: nothing,
  openKiosk: nothing,
  onCockpit: true,
  openHelp: nothing,
  showChecklist: nothing,
  resetFilters: nothing,
  filtered: true,
  setTheme: nothing,
  printBoard: nothing,
  lock: nothing,
  askForNotifications: nothing,
  importFile: nothing,
  openPalette: nothing,
  openShortcuts: nothing,
  syncing: false,
  hasSources: true,
  canLock: true,
  canAskForNotifications: true,
  singleKeys: true,
  desktop: false,
};

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe('the list of actions', () => {
  it('gives every action a label and an id of its own', () => {
    expect(ACTIONS.filter(({ label }) => label.trim() === '')).toEqual([]);
    expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
  });

  it('gives no shortcut twice, and none that begins another', () => {
    const keys = ACTIONS.flatMap((action) => action.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of keys) expect(keys.filter((other) => other.startsWith(`${one} `))).toEqual([]);
  });

  it('leads to every room', () => {
    const went: string[] = [];
    for (const action of ACTIONS.filter(({ id }) => id.startsWith('go-')))
      action.run({ ...CONTEXT, go: (path) => went.push(path) });
    expect(went).toEqual(ROOMS.map(({ path }) => path));
  });

  it('keeps only keys with Ctrl or ⌘ where single keys are switched off', () => {
    const keys = (singleKeys: boolean) => ACTIONS.flatMap((action) => keysOf(action, { singleKeys, desktop: false }));
    expect(keys(true)).toEqual(expect.arrayContaining(['g c', 'shift+s', '?', 'mod+k']));
    expect(keys(false)).toEqual(expect.arrayContaining(['mod+shift+l', 'mod+k', 'mod+b']));
    expect(keys(false).filter(isSingleKey)).toEqual([]);
  });

  it('shows the keys of the desktop’s menu in the desktop app only', () => {
    const cockpit = ACTIONS.find(({ id }) => id === 'go-cockpit');
    if (cockpit === undefined) throw new Error('there is a cockpit');
    expect(keysOf(cockpit, { singleKeys: true, desktop: true })).toEqual(['mod+1', 'g c']);
    expect(keysOf(cockpit, { singleKeys: true, desktop: false })).toEqual(['g c']);
  });

  it('offers what makes sense now only', () => {
    const ids = (context: ActionContext): string[] => available(ACTIONS, context).map(({ id }) => id);
    expect(ids(CONTEXT)).toContain('sync');
    expect(ids({ ...CONTEXT, syncing: true })).not.toContain('sync');
    expect(ids({ ...CONTEXT, hasSources: false })).not.toContain('print-board');
    expect(ids({ ...CONTEXT, canLock: false })).not.toContain('lock');
  });
});

describe('strokes', () => {
  it('are written as shortcuts are', () => {
    expect(strokeText({ ...plain, key: 'k', metaKey: true })).toBe('mod+k');
    expect(strokeText({ ...plain, key: 'K', ctrlKey: true, shiftKey: true })).toBe('mod+shift+k');
    expect(strokeText({ ...plain, key: '?', shiftKey: true })).toBe('?');
  });

  it('begin a sequence, complete it, or mean nothing', () => {
    const known = ['g c', 'g u', '?'];
    expect(matchStrokes(known, null, 'g')).toEqual({ kind: 'begun' });
    expect(matchStrokes(known, 'g', 'u')).toEqual({ kind: 'found', keys: 'g u' });
    expect(matchStrokes(known, 'g', '?')).toEqual({ kind: 'found', keys: '?' });
    expect(matchStrokes(known, null, 'u')).toEqual({ kind: 'none' });
  });
});
