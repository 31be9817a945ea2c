import { describe, expect, it, onTestFinished } from 'vitest';
import type { QuietHours } from '../../../src/shared/contract/workspace.ts';
import { timeZone } from '../../../src/shared/kernel/day.ts';
import { addMs, HOUR_MS, MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { timeOfDay } from '../../../src/shared/kernel/time-of-day.ts';
import { actOnAlert, listAlerts, quietNow, updateRule, watchTime } from '../../../src/main/engine/alerts/index.ts';
import type { NativeNotification } from '../../../src/main/engine/runtime/ports.ts';
import { fakeClock, recordingLogger } from '../../support/engine-ports.ts';
import { testStore } from '../../support/store.ts';

const BERLIN = timeZone('Europe/Berlin');
const NIGHT: QuietHours = { from: timeOfDay('22:00'), to: timeOfDay('07:00'), criticalThrough: false };

/** An inbox in Berlin whose time is moved by the test, with the program running all the while. */
function inbox(start: string, hours: QuietHours | null = NIGHT) {
  const clock = fakeClock(start);
  const { db } = testStore({ clock });
  const told: NativeNotification[] = [];
  const settings = { hours, zone: BERLIN };
  const stop = watchTime({
    db,
    clock,
    logger: recordingLogger(),
    notify: (notification) => told.push(notification),
    quiet: () => settings,
    within: (work) => work(),
    onWoken: () => undefined,
  });
  onTestFinished(stop);
  let raised = 0;
  return {
    db,
    clock,
    settings,
    /** Titles of what was shown so far, in order. */
    told: () => told.map(({ title }) => title),
    last: () => told.at(-1),
    quiet: () => quietNow(db, settings, clock.now()),
    rows: () => listAlerts(db, { state: 'all', limit: 200 }, clock.now()).rows,
    raise(title: string, severity: 'info' | 'warning' | 'critical' = 'warning'): number {
      raised += 1;
      return db.run(
        db.build.insertInto('alert').values({
          rule: 'customer_churned',
          dedupe_key: `key ${raised}`,
          severity,
          title,
          body: 'Body.',
          raised_at: clock.now(),
          happened_on: '2026-11-21',
          state: 'open',
          target: '/alerts',
          delivery: 'pending',
        }),
      ).lastId;
    },
  };
}

describe('quiet hours', () => {
  it('hold notifications back and tell them in one digest when they end', async () => {
    const { clock, last, quiet, raise, told } = inbox('2026-11-21T21:30:00Z');
    raise('Acme has left');
    raise('Beta has left', 'critical');
    raise('Gamma has left', 'info');
    await clock.advance(8 * HOUR_MS);
    expect(told()).toEqual([]);
    expect(quiet()).toEqual({ until: clock.now() + HOUR_MS / 2, held: 3 });
    await clock.advance(HOUR_MS / 2 + MINUTE_MS);
    expect(told()).toEqual(['3 alerts during quiet hours']);
    expect(last()).toMatchObject({ body: 'Beta has left, and 2 others.', target: '/alerts' });
    expect(quiet()).toEqual({ until: null, held: 0 });
    await clock.advance(24 * HOUR_MS);
    expect(told()).toHaveLength(1);
  });

  it('tell the one that was held back by itself', async () => {
    const { clock, raise, told } = inbox('2026-11-21T21:30:00Z');
    raise('Acme has left');
    await clock.advance(10 * HOUR_MS);
    expect(told()).toEqual(['Acme has left']);
  });

  it('let critical alerts through where the founder allows it, and only those', async () => {
    const { clock, raise, told } = inbox('2026-11-21T21:30:00Z', { ...NIGHT, criticalThrough: true });
    raise('Acme has left');
    raise('Beta has left', 'critical');
    await clock.advance(2 * MINUTE_MS);
    expect(told()).toEqual(['Beta has left']);
    await clock.advance(10 * HOUR_MS);
    expect(told()).toEqual(['Beta has left', 'Acme has left']);
  });

  it('keep what came after them out of the digest', async () => {
    const { clock, raise, told } = inbox('2026-11-22T05:58:30Z');
    raise('Acme has left');
    raise('Beta has left');
    await clock.advance(MINUTE_MS + 31_000);
    raise('Gamma has left');
    await clock.advance(2 * MINUTE_MS);
    expect([...told()].sort()).toEqual(['2 alerts during quiet hours', 'Gamma has left']);
  });

  it('may lie within a day', async () => {
    const { clock, raise, told } = inbox('2026-11-21T11:30:00Z', {
      from: timeOfDay('12:00'),
      to: timeOfDay('13:00'),
      criticalThrough: false,
    });
    raise('Acme has left');
    await clock.advance(29 * MINUTE_MS);
    expect(told()).toEqual([]);
    await clock.advance(2 * MINUTE_MS);
    expect(told()).toEqual(['Acme has left']);
  });

  it('end by the company’s wall clock in the night that is an hour shorter', async () => {
    // Clocks go from 02:00 to 03:00 on 29 March: 07:00 in Berlin is 05:00 UTC, the night before it was 06:00.
    const { clock, raise, told } = inbox('2026-03-28T21:30:00Z');
    raise('Acme has left');
    await clock.advance(7 * HOUR_MS + 29 * MINUTE_MS);
    expect(told()).toEqual([]);
    await clock.advance(2 * MINUTE_MS);
    expect(told()).toEqual(['Acme has left']);
  });

  it('and in the night that is an hour longer', async () => {
    const { clock, raise, told } = inbox('2026-10-24T20:30:00Z');
    raise('Acme has left');
    await clock.advance(9 * HOUR_MS + 29 * MINUTE_MS);
    expect(told()).toEqual([]);
    await clock.advance(2 * MINUTE_MS);
    expect(told()).toEqual(['Acme has left']);
  });

  it('let go of what they hold when they are switched off', async () => {
    const { clock, raise, settings, told } = inbox('2026-11-21T21:30:00Z');
    raise('Acme has left');
    await clock.advance(HOUR_MS);
    settings.hours = null;
    await clock.advance(2 * MINUTE_MS);
    expect(told()).toEqual(['Acme has left']);
  });
});

describe('a snooze', () => {
  it('ends with word of it: open, unread and notified, at the minute, across a change of the clocks', async () => {
    const { clock, db, raise, rows, told } = inbox('2026-03-28T12:00:00Z', null);
    const alertId = raise('Acme has left');
    await clock.advance(MINUTE_MS);
    actOnAlert(db, { alertId, action: 'snooze', until: addMs(clock.now(), 24 * HOUR_MS) }, clock.now());
    await clock.advance(23 * HOUR_MS);
    expect(rows()).toMatchObject([{ state: 'snoozed' }]);
    await clock.advance(HOUR_MS + MINUTE_MS);
    expect(rows()).toMatchObject([{ state: 'open', readAt: null, snoozedUntil: null }]);
    expect(told()).toEqual(['Acme has left', 'Acme has left']);
  });

  it('that ends in quiet hours is told after them', async () => {
    const { clock, db, raise, told } = inbox('2026-11-21T12:00:00Z');
    const alertId = raise('Acme has left');
    await clock.advance(MINUTE_MS);
    actOnAlert(db, { alertId, action: 'snooze', until: addMs(clock.now(), 12 * HOUR_MS) }, clock.now());
    await clock.advance(17 * HOUR_MS);
    expect(told()).toHaveLength(1);
    await clock.advance(2 * HOUR_MS);
    expect(told()).toHaveLength(2);
  });

  it('ends in silence where its rule does not notify', async () => {
    const { clock, db, raise, rows, told } = inbox('2026-11-21T12:00:00Z', null);
    const alertId = raise('Acme has left');
    await clock.advance(MINUTE_MS);
    updateRule(db, { rule: 'customer_churned', notify: false });
    actOnAlert(db, { alertId, action: 'snooze', until: addMs(clock.now(), HOUR_MS) }, clock.now());
    await clock.advance(2 * HOUR_MS);
    expect(rows()).toMatchObject([{ state: 'open' }]);
    expect(told()).toHaveLength(1);
  });
});
