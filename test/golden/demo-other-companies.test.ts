/**
 * Other companies than the documented one: other seeds and presents, objects in
 * old shapes, pages that come twice, refusals on the way. Whatever the weather,
 * the ledger must show the movements that the lives had, and no other.
 */
import { describe, expect, it } from 'vitest';
import { demoTruth, type DemoServersOptions } from '../../src/main/demo/index.ts';
import { recompute, VARIO, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { dayAt, UTC } from '../../src/shared/kernel/day.ts';
import { DAY_MS, instantOfIso } from '../../src/shared/kernel/instant.ts';
import { testCompany, type TestCompany } from '../support/synced-company.ts';

type Weather = Omit<DemoServersOptions, 'now'>;

function moved({ db, servers }: TestCompany): {
  readonly ledger: readonly string[];
  readonly lives: readonly string[];
} {
  const now = servers.control.now();
  const context: MetricsContext = {
    now,
    today: dayAt(now, UTC),
    zone: UTC,
    currency: currencyCode('USD'),
    policy: VARIO,
    weekStartsOn: 1,
    fiscalYearStartMonth: 1,
    growthTarget: null,
    milestoneMinor: null,
  };
  recompute(db, context);
  const rows = db
    .prepare<[string], { moved_on: string; kind: string; currency: string; annual: number }>(
      `SELECT moved_on, kind, currency, sum(annual_minor) AS annual FROM movement
       WHERE moved_on <= ? AND kind <> 'transfer' GROUP BY customer_id, moved_on, kind, currency HAVING annual <> 0`,
    )
    .all(context.today);
  const { movements } = demoTruth(servers.control.company());
  return {
    ledger: rows.map(({ moved_on, kind, currency, annual }) => `${moved_on} ${kind} ${currency} ${annual}`).toSorted(),
    lives: movements.map(({ day, kind, currency, annual }) => `${day} ${kind} ${currency} ${annual}`).toSorted(),
  };
}

describe('the movements of the lives are the movements of the ledger', () => {
  it.each<[string, string, Weather]>([
    ['another seed', '2026-11-20T12:00:00Z', { seed: 'other', scale: 0.3 }],
    ['the last second of a year', '2026-12-31T23:59:59Z', { seed: 'fourth', scale: 0.2 }],
    ['a leap day', '2028-02-29T13:00:00Z', { seed: 'fifth', scale: 0.2 }],
    [
      'half of the invoices and subscriptions in the shape before «basil»',
      '2026-11-20T12:00:00Z',
      {
        seed: 'sixth',
        scale: 0.3,
        faults: ['/v1/invoices', '/v1/subscriptions'].map((route) => ({
          route,
          fault: { kind: 'pre_basil', share: 0.5 },
        })),
      },
    ],
    [
      'refusals, failures, cut connections and pages that come twice',
      '2026-11-20T12:00:00Z',
      {
        seed: 'seventh',
        scale: 0.2,
        faults: [
          { route: '/v1/customers', fault: { kind: 'rate_limited' }, times: 2 },
          { route: '/v1/subscriptions', fault: { kind: 'server_error' }, after: 1, times: 2 },
          { route: '/v1/invoices', fault: { kind: 'cut' }, after: 2, times: 2 },
          { route: '/v1/invoices', fault: { kind: 'duplicate_page' } },
          { route: '/v1/charges', fault: { kind: 'duplicate_page' } },
        ],
      },
    ],
  ])('%s', { timeout: 180_000 }, async (_, now, weather) => {
    const company = await testCompany({ now: instantOfIso(now), ...weather });
    await company.sync();
    const { ledger, lives } = moved(company);
    expect(lives.length).toBeGreaterThan(150);
    expect(ledger).toEqual(lives);
  });
});

describe('the story goes on', () => {
  it('what happens after the first sync is in the ledger after the second', { timeout: 180_000 }, async () => {
    const company = await testCompany({ scale: 0.1 });
    const { control } = company.servers;
    await company.sync();
    const before = moved(company);
    expect(before.ledger).toEqual(before.lives);
    control.cancelSubscription(control.subscriptionId('nordfjell-1'), { immediately: true });
    control.upgrade(control.subscriptionId('kitsune-1'), { quantity: 30 });
    control.pause(control.subscriptionId('verdant-1'));
    control.cancelSubscription(control.subscriptionId('loire-1'), { immediately: false });
    control.failPayment(control.subscriptionId('solano-1'));
    await company.sync();
    const soon = moved(company);
    expect(soon.ledger).toEqual(soon.lives);
    control.advance(28 * DAY_MS);
    control.resume(control.subscriptionId('verdant-1'));
    await company.sync();
    const later = moved(company);
    expect(later.lives.length).toBeGreaterThan(soon.lives.length);
    expect(later.ledger).toEqual(later.lives);
  });
});
