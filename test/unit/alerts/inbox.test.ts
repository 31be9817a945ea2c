import { describe, expect, it } from 'vitest';
import { actOnAlert, listAlerts, listRules, updateRule } from '../../../src/main/engine/alerts/index.ts';
import { addMs, DAY_MS, HOUR_MS } from '../../../src/shared/kernel/instant.ts';
import { failureOf } from '../../support/store.ts';
import { company } from './company.ts';

function withAlerts(count: number) {
  const world = company();
  world.source();
  world.evaluate();
  for (let index = 0; index < count; index++)
    world.churn(world.customer(`Customer ${index}`, 1_000 + index), world.daysAgo(0), 1_000 + index);
  world.evaluate();
  return world;
}

describe('the inbox', () => {
  it('lists what is open gravest first, all of it newest first, in pages, and counts what is open and unread', () => {
    const { clock, db } = withAlerts(5);
    const first = listAlerts(db, { state: 'open', limit: 2 }, clock.now());
    expect(first).toMatchObject({ open: 5, unread: 5 });
    const second = listAlerts(db, { state: 'open', limit: 2, cursor: first.cursor }, clock.now());
    const third = listAlerts(db, { state: 'open', limit: 2, cursor: second.cursor }, clock.now());
    const pages = [...first.rows, ...second.rows, ...third.rows];
    const graves = [...pages].sort((a, b) => (b.amountMinor ?? 0) - (a.amountMinor ?? 0));
    expect(new Set(pages.map(({ alertId }) => alertId)).size).toBe(5);
    expect(pages).toEqual(graves);
    const all = listAlerts(db, { state: 'all', limit: 9 }, clock.now()).rows.map(({ alertId }) => alertId);
    expect(all).toEqual([5, 4, 3, 2, 1]);
    expect(third.cursor).toBeNull();
    expect(failureOf(() => listAlerts(db, { state: 'open', limit: 2, cursor: 'x' }, clock.now())).code).toBe(
      'invalid_input',
    );
  });

  it('marks as read once, and keeps the moment', async () => {
    const { clock, db } = withAlerts(1);
    const readAt = clock.now();
    expect(actOnAlert(db, { alertId: 1, action: 'read' }, clock.now())).toMatchObject({ readAt, state: 'open' });
    await clock.advance(HOUR_MS);
    expect(actOnAlert(db, { alertId: 1, action: 'read' }, clock.now()).readAt).toBe(readAt);
    expect(listAlerts(db, { state: 'open', limit: 9 }, clock.now())).toMatchObject({ open: 1, unread: 0 });
  });

  it('snoozes until a moment, after which the alert is open by itself', async () => {
    const { clock, db, inbox } = withAlerts(1);
    const until = addMs(clock.now(), DAY_MS);
    expect(actOnAlert(db, { alertId: 1, action: 'snooze', until }, clock.now())).toMatchObject({
      state: 'snoozed',
      snoozedUntil: until,
    });
    expect([inbox('open').length, inbox('snoozed').length]).toEqual([0, 1]);
    await clock.advance(DAY_MS);
    expect(inbox('open')).toMatchObject([{ alertId: 1, state: 'open', snoozedUntil: null }]);
    expect(inbox('snoozed')).toEqual([]);
    for (const wrong of [undefined, clock.now()])
      expect(failureOf(() => actOnAlert(db, { alertId: 1, action: 'snooze', until: wrong }, clock.now())).code).toBe(
        'invalid_input',
      );
  });

  it('settles and takes back; a settled alert is not raised again', () => {
    const { clock, db, evaluate, inbox } = withAlerts(1);
    expect(actOnAlert(db, { alertId: 1, action: 'done' }, clock.now()).state).toBe('done');
    expect(evaluate().raised).toBe(0);
    expect(inbox('open')).toEqual([]);
    expect(actOnAlert(db, { alertId: 1, action: 'reopen' }, clock.now()).state).toBe('open');
  });

  it('says so when there is no such alert', () => {
    const { clock, db } = withAlerts(0);
    expect(failureOf(() => actOnAlert(db, { alertId: 7, action: 'done' }, clock.now())).code).toBe('not_found');
  });
});

describe('the rules', () => {
  it('are on, notify, and have their thresholds, until changed; a change leaves the rest', () => {
    const { db } = company();
    const preset = Object.fromEntries(listRules(db).map((rule) => [rule.rule, rule]));
    expect(Object.values(preset).every(({ enabled, notify }) => enabled && notify)).toBe(true);
    expect(preset['payment_failed']).toMatchObject({ threshold: 0.01, thresholdUnit: 'fraction' });
    expect(preset['sync_stale']).toMatchObject({ threshold: 1_440, thresholdUnit: 'minutes' });
    updateRule(db, { rule: 'payment_failed', notify: false });
    updateRule(db, { rule: 'payment_failed', threshold: 0.05 });
    const changed = listRules(db).find(({ rule }) => rule === 'payment_failed');
    expect(changed).toEqual({ ...preset['payment_failed'], notify: false, threshold: 0.05 });
  });

  it('refuse a threshold where there is none, or outside its range', () => {
    const { db } = company();
    expect(failureOf(() => updateRule(db, { rule: 'sync_failing', threshold: 1 })).code).toBe('invalid_input');
    for (const threshold of [-0.1, 1.1, Number.NaN])
      expect(failureOf(() => updateRule(db, { rule: 'payment_failed', threshold })).code).toBe('invalid_input');
  });
});
