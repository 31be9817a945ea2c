/** Usage as the screens ask for it, over the demo company: held against what its customers really did. */
import { expect, it } from 'vitest';
import type { Use } from '../../../src/main/demo/posthog/usage-story.ts';
import { matchAccounts } from '../../../src/main/engine/identity/index.ts';
import { recompute, VARIO } from '../../../src/main/engine/metrics/index.ts';
import { syncSource } from '../../../src/main/engine/sync/index.ts';
import {
  activeUsers,
  daysOfUse,
  featureUse,
  funnel,
  limitUse,
  previewMapping,
  saveFeature,
  saveLimit,
  usageMapping,
  usageOfCustomer,
  usageSources,
  useBehind,
} from '../../../src/main/engine/usage/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { dayNumber, plainDay, UTC, type PlainDay } from '../../../src/shared/kernel/day.ts';
import type { CustomerId, SourceId } from '../../../src/shared/kernel/ids.ts';
import { connectPostHog } from '../../support/analytics.ts';
import { failureOf } from '../../support/store.ts';
import { NOW, testCompany } from '../../support/synced-company.ts';

const TODAY = plainDay('2026-11-20');

/** Billing and PostHog, synced and matched, the ledger computed. */
async function company(scale = 0.05) {
  const made = await testCompany({ scale });
  const sourceId = (await connectPostHog(made)) as SourceId;
  await made.sync();
  await syncSource(made.deps, sourceId);
  matchAccounts(made.db, NOW);
  recompute(made.db, {
    now: NOW,
    today: TODAY,
    zone: UTC,
    currency: currencyCode('USD'),
    policy: VARIO,
    weekStartsOn: 1,
    fiscalYearStartMonth: 1,
    growthTarget: null,
    milestoneMinor: null,
  });
  const uses = made.servers.control.posthog.uses();
  return { ...made, sourceId, uses };
}

function between(uses: readonly Use[], from: PlainDay, to: PlainDay): Use[] {
  return uses.filter(({ day }) => day >= dayNumber(from) && day <= dayNumber(to));
}

function people(uses: readonly Use[]): number {
  return new Set(uses.map(({ person }) => person.id)).size;
}

it('counts active people by day, week and month, those who only visited left out', async () => {
  const { db, uses } = await company();
  const active = uses.filter(({ event }) => event !== '$pageview');
  const at = (period: 'day' | 'week' | 'month', from: string) => {
    const { points } = activeUsers(db, { period, from: plainDay(from), to: plainDay(from) });
    return points.map(({ users, isExact }) => [users, isExact]);
  };
  expect(at('day', '2026-11-18')).toEqual([
    [people(between(active, plainDay('2026-11-18'), plainDay('2026-11-18'))), true],
  ]);
  expect(at('week', '2026-11-09')).toEqual([
    [people(between(active, plainDay('2026-11-09'), plainDay('2026-11-15'))), true],
  ]);
  expect(at('month', '2026-10-01')).toEqual([
    [people(between(active, plainDay('2026-10-01'), plainDay('2026-10-31'))), true],
  ]);
});

it('lists features with their use in a span and in the span before', async () => {
  const { db, sourceId, uses } = await company();
  const [from, to] = [plainDay('2026-10-01'), plainDay('2026-10-30')];
  const { rows, daysBeforeKnown } = featureUse(db, { from, to });
  const reports = between(uses, from, to).filter(({ event }) => event === 'report made');
  const before = between(uses, plainDay('2026-09-01'), plainDay('2026-09-30')).filter(
    ({ event }) => event === 'report made',
  );
  expect(daysBeforeKnown).toBe(true);
  expect(rows.find(({ event }) => event === 'report made')).toMatchObject({
    count: reports.reduce((sum, { count }) => sum + count, 0),
    countBefore: before.reduce((sum, { count }) => sum + count, 0),
  });
  // Neither visits nor signing up are features, until somebody says so.
  expect(rows.map(({ event }) => event)).not.toEqual(expect.arrayContaining(['$pageview', 'signed up']));
  saveFeature(db, { sourceId, event: '$pageview', isFeature: true });
  saveFeature(db, { sourceId, event: 'report made', isFeature: false });
  const told = featureUse(db, { from, to }).rows.map(({ event }) => event);
  expect(told).toContain('$pageview');
  expect(told).not.toContain('report made');
  expect(failureOf(() => saveFeature(db, { sourceId, event: 'never seen', isFeature: true })).code).toBe('not_found');
});

it('counts the days on which customers came, and leaves out those without an account', async () => {
  const { db } = await company();
  const linked = db
    .prepare<[], { id: CustomerId; days: number }>(
      `SELECT l.customer_id AS id, (SELECT count(DISTINCT d.day_on) FROM usage_day d
         JOIN product_account a ON a.product_account_id = d.product_account_id
         JOIN identity_link m ON m.source_id = a.source_id AND m.account_id = a.id
         WHERE m.customer_id = l.customer_id AND d.product_event_id = 0
           AND d.day_on BETWEEN date('${TODAY}', '-29 days') AND '${TODAY}') AS days
       FROM identity_link l JOIN product_account p ON p.source_id = l.source_id AND p.id = l.account_id
       GROUP BY l.customer_id`,
    )
    .all();
  const found = daysOfUse(db, { customerIds: [...linked.map(({ id }) => id), 999_999 as CustomerId] }, TODAY);
  const byId = new Map(found.rows.map(({ customerId, activeDays }) => [customerId, activeDays]));
  expect(linked.length).toBeGreaterThan(0);
  expect(byId.has(999_999 as CustomerId)).toBe(false);
  expect(linked.map(({ id }) => byId.get(id))).toEqual(linked.map(({ days }) => days));
  expect(Math.max(...byId.values())).toBeGreaterThan(1);
});

it('counts everybody in the funnel once, with the day of the first sight', async () => {
  const { db, uses } = await company(0.1);
  const [from, to] = [plainDay('2026-07-01'), plainDay('2026-08-31')];
  const { rows, total, openFrom } = funnel(db, { from, to, by: 'channel', withinDays: 30 }, TODAY);
  const visits = new Map<string, Use>();
  for (const use of uses) if (use.event === '$pageview' && !visits.has(use.person.id)) visits.set(use.person.id, use);
  const first = between([...visits.values()], from, to);
  expect(total.visited).toBe(first.length);
  for (const { channel, visited } of rows)
    expect(visited).toBe(first.filter(({ person }) => person.source === channel).length);
  const accounts = new Map<string, Use[]>();
  for (const use of uses) {
    const id = use.person.account?.id;
    if (id !== undefined) accounts.set(id, [...(accounts.get(id) ?? []), use]);
  }
  const cohort = [...accounts.values()].filter((of) => between(of, from, to).includes(earliest(of)));
  const reached = (event: string) =>
    cohort.filter((of) => {
      const start = earliest(of).day;
      const within = of.filter(({ day }) => day - start <= 30);
      return within.some((use) => use.event === 'signed up') && within.some((use) => use.event === event);
    }).length;
  expect(total.signedUp).toBe(reached('signed up'));
  expect(total.activated).toBe(reached('first report made'));
  expect(total.signedUp).toBeGreaterThan(0);
  expect(total.paid).toBeGreaterThan(0);
  // Every later step is one of those who signed up.
  for (const row of rows) expect(Math.max(row.activated, row.trial, row.paid)).toBeLessThanOrEqual(row.signedUp);
  expect(openFrom).toBeNull();
  expect(funnel(db, { from, to: TODAY, by: 'channel', withinDays: 30 }, TODAY).openFrom).toBe('2026-10-22');
  const byDay = funnel(db, { from, to, by: 'day', withinDays: 30 }, TODAY);
  expect(byDay.total).toEqual(total);
  // A shorter time for the steps never finds more.
  const hasty = funnel(db, { from, to, by: 'channel', withinDays: 1 }, TODAY).total;
  expect(hasty.visited).toBe(total.visited);
  expect(hasty.activated).toBeLessThanOrEqual(total.activated);
});

function earliest(uses: readonly Use[]): Use {
  return uses.reduce((first, use) => (use.at < first.at ? use : first));
}

it('holds use against what a plan includes, or what one customer agreed', async () => {
  const { db, sourceId, uses } = await company(0.1);
  expect(limitUse(db, { atLeast: 0, limit: 500 }, TODAY)).toEqual({ rows: [], total: 0, hasLimits: false });
  const limit = { sourceId, event: 'report made', measure: 'count', customerId: null } as const;
  for (const [plan, amount] of [
    ['Starter', 60],
    ['Growth', 250],
    ['Pro', 800],
    ['Scale', 2_500],
  ] as const)
    saveLimit(db, { ...limit, plan, amount });
  const { rows } = limitUse(db, { atLeast: 0, limit: 500 }, TODAY);
  expect(rows.length).toBeGreaterThan(5);
  const nearness = rows.map(({ share, shareBefore }) => Math.max(share, shareBefore));
  expect(nearness).toEqual(nearness.toSorted((a, b) => b - a));
  const [nearest = 0] = nearness;
  expect(limitUse(db, { atLeast: nearest, limit: 500 }, TODAY).total).toBe(
    nearness.filter((one) => one === nearest).length,
  );
  const row = rows.find(({ used }) => used > 0);
  const month = between(uses, plainDay('2026-11-01'), plainDay('2026-11-30'));
  expect(row?.used).toBe(
    month
      .filter(({ event, person }) => event === 'report made' && person.account?.name === row?.customerName)
      .reduce((sum, { count }) => sum + count, 0),
  );
  const customerId = row?.customerId as CustomerId;
  saveLimit(db, { ...limit, plan: null, customerId, amount: 7 });
  const own = limitUse(db, { atLeast: 0, limit: 500 }, TODAY).rows.find((one) => one.customerId === customerId);
  expect(own).toMatchObject({ limit: 7, isOwn: true });
  saveLimit(db, { ...limit, plan: null, customerId, amount: null });
  expect(limitUse(db, { atLeast: 0, limit: 500 }, TODAY).rows).toEqual(rows);
  expect(failureOf(() => saveLimit(db, { ...limit, plan: null, amount: 1 })).code).toBe('invalid_input');
});

it('tells what one customer’s people do, and that use falls before somebody leaves', async () => {
  const { db, uses } = await company(0.1);
  const linked = db
    .prepare<[], { customer_id: CustomerId; name: string }>(
      `SELECT l.customer_id, a.name FROM identity_link l JOIN product_account a ON a.source_id = l.source_id AND a.id = l.account_id
       JOIN usage_day d ON d.product_account_id = a.product_account_id AND d.day_on >= '2026-11-01' GROUP BY l.customer_id`,
    )
    .all();
  const [one] = linked;
  const told = usageOfCustomer(db, { customerId: one?.customer_id ?? (0 as CustomerId) }, TODAY);
  const done = uses.filter(({ person, event }) => person.account?.name === one?.name && event !== '$pageview');
  expect(told?.lastActiveOn).toBe(
    between(done, plainDay('2026-08-01'), TODAY).reduce((last, { day }) => Math.max(last, day), 0) === 0
      ? null
      : told?.series.findLast(({ count }) => count > 0)?.day,
  );
  expect(told?.count).toBe(between(done, plainDay('2026-10-22'), TODAY).reduce((sum, { count }) => sum + count, 0));
  expect(told?.series).toHaveLength(90);
  expect(told?.features.find(({ event }) => event === 'report made')?.count).toBe(
    between(done, plainDay('2026-10-22'), TODAY)
      .filter(({ event }) => event === 'report made')
      .reduce((sum, { count }) => sum + count, 0),
  );
  // Nobody is linked to it: nothing is told, not nothing done.
  expect(usageOfCustomer(db, { customerId: 999_999 as CustomerId }, TODAY)).toBeNull();
});

it('shows what was found in the events, and what another mapping would need', async () => {
  const { db, sourceId } = await company();
  const screen = usageMapping(db, { sourceId });
  expect(screen.mapping).toMatchObject({ signUpEvent: 'signed up', customerProperty: '$group_0' });
  expect(screen.events.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['report made', 'signed up', '$pageview']),
  );
  expect(screen.properties).toEqual(expect.arrayContaining(['$current_url', 'company']));
  expect(screen.plans).toEqual(expect.arrayContaining(['Growth', 'Pro']));
  expect(screen.linkedAccounts).toBeGreaterThan(0);
  expect(screen.unassigned).toBeGreaterThan(0);
  const same = previewMapping(db, { sourceId, mapping: screen.mapping });
  expect(same).toMatchObject({ changed: [], daysToRead: 0 });
  const other = previewMapping(db, {
    sourceId,
    mapping: { ...screen.mapping, activationEvent: 'never sent', customerProperty: 'nowhere' },
  });
  expect(other.changed).toEqual(['customerProperty', 'activationEvent']);
  expect(other.daysToRead).toBe(screen.daysHeld);
  expect(other.customerProperty).toBe('not_seen');
  expect(other.steps.find(({ step }) => step === 'activated')).toMatchObject({ count: null });
  expect(usageSources(db)).toMatchObject([
    { sourceId, vendor: 'posthog', kind: 'events' },
    { vendor: 'stripe', kind: 'meters' },
  ]);
});

it('takes a feature’s use apart by account, and any use: rows, others and nobody’s add up to the figure', async () => {
  const { db, uses } = await company();
  const span = { from: plainDay('2026-11-01'), to: plainDay('2026-11-15') };
  const within = between(uses, span.from, span.to).filter(({ event }) => event !== '$pageview');
  const [feature] = featureUse(db, span).rows;
  if (!feature) throw new Error('no feature was used');
  for (const event of [feature.event, null]) {
    const { total, rows, others, ofNobody } = useBehind(db, { ...span, event });
    const done = within.filter((use) => event === null || use.event === event);
    if (event !== null) expect(total).toBe(feature.count);
    expect(rows.reduce((sum, { count }) => sum + count, others.count + ofNobody)).toBe(total);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.some(({ customerId }) => customerId !== null)).toBe(true);
    for (const { account, days, peakPeople } of rows.slice(0, 5)) {
      const own = done.filter(({ person }) => person.account?.name === account);
      expect(days).toBe(new Set(own.map(({ day }) => day)).size);
      expect(peakPeople).toBeGreaterThan(0);
    }
  }
  expect(useBehind(db, { ...span, event: 'never seen' })).toMatchObject({ total: 0, rows: [], ofNobody: 0 });
});
