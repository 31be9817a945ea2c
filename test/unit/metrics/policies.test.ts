/** Policies: each switch in force, and the bridge between two, on customers worked out by hand. */
import { afterEach, describe, expect, test } from 'vitest';
import { policyBridge, policyOf, snapshot, verify } from '../../../src/main/engine/metrics/index.ts';
import { OwnPolicySchema, POLICIES, POLICY_SWITCHES, type PolicyInput } from '../../../src/shared/contract/policy.ts';
import { plainDay, plainMonth } from '../../../src/shared/kernel/day.ts';
import { at, company, coupon, discount, item, price, subscription, type Company } from './support/company.ts';
import { ledger } from './support/figures.ts';

let opened: Company[] = [];
const open = () => {
  const c = company();
  opened.push(c);
  return c;
};
afterEach(() => {
  for (const c of opened) c.close();
  opened = [];
});

function sell(c: Company, customerId: string, start: string, items: ReturnType<typeof item>[], over = {}) {
  const body = subscription(at(start), { customerId, items, ...over });
  c.see(body, at(start));
  return body;
}

const under = (c: Company, policy: PolicyInput, day = '2026-06-30') => {
  c.recompute();
  return snapshot(c.db, { asOf: plainDay(day), policy }, c.context);
};
const vario = (over: object): PolicyInput => ({ base: 'vario', ...over });
const pausedSince = { behavior: 'void', since: null, resumesAt: null } as const;

/** The ledger's rows were the policy the workspace's own; what is computed on demand must count the same. */
function ledgerUnder(c: Company, policy: PolicyInput): string[] {
  const context = { ...c.context, policy: policyOf(policy) };
  const rows = ledger(c, context);
  expect(verify(c.db, context).differences).toEqual([]);
  return rows;
}

describe('intervals', () => {
  test.each([
    ['week', vario({}), 4_333],
    ['week', 'baremetrics', 4_330],
    ['week', vario({ week: '4.345' }), 4_345],
    ['week', vario({ week: '4' }), 4_000],
    ['day', vario({}), 30_417],
    ['day', vario({ day: '30' }), 30_000],
    ['day', vario({ day: '30.437' }), 30_437],
  ] as const)('$10 per %s under %j is %i a month', (interval, policy, cents) => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price({ unitAmount: '1000', interval }))]);
    expect(under(c, policy).mrr).toBe(cents);
  });
});

describe('discounts: $100 a month at 50 % off', () => {
  test.each([
    ['forever', 'vario', 5_000],
    ['forever', vario({ discounts: 'none' }), 10_000],
    ['repeating', 'vario', 5_000],
    ['repeating', 'stripe', 5_000],
    ['repeating', vario({ discounts: 'forever' }), 10_000],
    ['once', 'vario', 10_000],
    ['once', 'stripe', 10_000],
    ['once', 'chartmogul', 5_000],
    ['once', 'profitwell', 5_000],
    ['once', 'baremetrics', 5_000],
  ] as const)('%s, under %j, is %i', (duration, policy, cents) => {
    const c = open();
    const half = coupon({ percentOff: '50', duration, durationInMonths: duration === 'repeating' ? 3 : null });
    sell(c, 'cus', '2026-06-10', [item(price(), { currentPeriodStart: at('2026-06-10') })], {
      discounts: [discount(half, at('2026-06-10'))],
    });
    expect(under(c, policy).mrr).toBe(cents);
  });
});

describe('metered prices', () => {
  const metering = () => {
    const c = open();
    const metered = price({ metered: true, unitAmount: '1' });
    const body = sell(c, 'cus', '2026-01-01', [item(price()), item(metered, { id: 'si_usage' })]);
    const bill = (from: string, to: string, amountMinor: number) =>
      c.invoice({
        customerId: 'cus',
        subscriptionId: body.id,
        createdAt: at(to),
        lines: [
          { price: metered, subscriptionItemId: 'si_usage', amountMinor, periodStart: at(from), periodEnd: at(to) },
        ],
      });
    bill('2026-01-01', '2026-02-01', 9_000);
    bill('2026-02-01', '2026-03-01', 3_000);
    return { c, body };
  };

  test('count in MRR under profitwell, by their run rate', () => {
    const { c } = metering();
    expect(under(c, 'vario').mrr).toBe(10_000);
    expect(under(c, 'profitwell').mrr).toBe(16_000);
    expect(under(c, 'profitwell', '2026-02-10').mrr).toBe(19_000);
  });

  test('move MRR when a period closes, and leave it with the subscription', () => {
    const { c, body } = metering();
    c.see({ ...body, status: 'canceled', canceledAt: at('2026-05-10'), endedAt: at('2026-05-10') }, at('2026-05-10'));
    expect(ledgerUnder(c, vario({ metered: true }))).toEqual([
      '2026-01-01 new 120000',
      '2026-02-01 expansion 108000',
      '2026-03-01 contraction -36000',
      '2026-05-10 churn -192000',
    ]);
  });
});

describe('past due', () => {
  const owing = () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, status: 'past_due' }, at('2026-04-01'));
    return { c, body };
  };

  test('counts for 30 days under baremetrics, and always under the others', () => {
    const { c } = owing();
    expect(under(c, 'baremetrics', '2026-04-30').mrr).toBe(10_000);
    expect(under(c, 'baremetrics', '2026-05-01').mrr).toBe(0);
    for (const policy of ['vario', 'stripe', 'chartmogul', 'profitwell']) expect(under(c, policy).mrr).toBe(10_000);
  });

  test('“until unpaid” ends with the status unpaid, as every policy does', () => {
    const { c, body } = owing();
    c.see({ ...body, status: 'unpaid' }, at('2026-05-20'));
    expect(under(c, 'profitwell', '2026-05-19').mrr).toBe(10_000);
    for (const policy of Object.keys(POLICIES)) expect(under(c, policy, '2026-05-20').mrr).toBe(0);
  });
});

test('a pause is 0 under vario, profitwell and baremetrics, and keeps its amount under stripe and chartmogul', () => {
  const c = open();
  const body = sell(c, 'cus', '2026-01-01', [item(price())]);
  c.see({ ...body, pause: pausedSince }, at('2026-04-01'));
  for (const policy of ['vario', 'profitwell', 'baremetrics']) expect(under(c, policy).mrr).toBe(0);
  for (const policy of ['stripe', 'chartmogul']) expect(under(c, policy).mrr).toBe(10_000);
});

describe('a cancellation', () => {
  const paidTo = (end: string) => [item(price(), { currentPeriodStart: at('2026-06-01'), currentPeriodEnd: at(end) })];

  test('that is scheduled counts to its day, or to the day on which it was scheduled', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-06-01', paidTo('2026-07-01'));
    c.see({ ...body, cancelAtPeriodEnd: true, canceledAt: at('2026-06-15') }, at('2026-06-15'));
    expect(under(c, 'vario').mrr).toBe(10_000);
    expect(under(c, vario({ scheduledCancellation: 'at scheduling' }), '2026-06-14').mrr).toBe(10_000);
    expect(under(c, vario({ scheduledCancellation: 'at scheduling' })).mrr).toBe(0);
    expect(under(c, vario({ scheduledCancellation: 'at end of paid service' }), '2026-07-01').mrr).toBe(0);
  });

  const service = vario({ scheduledCancellation: 'at end of paid service' });

  test('at once counts to the end of the paid service, where the policy counts that', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-06-01', paidTo('2026-07-01'));
    c.see({ ...body, status: 'canceled', canceledAt: at('2026-06-15'), endedAt: at('2026-06-15') }, at('2026-06-15'));
    expect(under(c, 'vario').mrr).toBe(0);
    expect(under(c, service).mrr).toBe(10_000);
    expect(under(c, service, '2026-07-01').mrr).toBe(0);
    expect(ledgerUnder(c, service)).toEqual(['2026-06-01 new 120000', '2026-07-01 churn -120000']);
  });

  test('of a subscription that was past due ends at once: its service was not paid', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-06-01', paidTo('2026-07-01'));
    c.see({ ...body, status: 'past_due' }, at('2026-06-10'));
    c.see({ ...body, status: 'canceled', canceledAt: at('2026-06-15'), endedAt: at('2026-06-15') }, at('2026-06-15'));
    expect(under(c, service).mrr).toBe(0);
  });
});

test('a payer who comes to owe nothing is lost, under chartmogul a contraction', () => {
  const c = open();
  const body = sell(c, 'cus', '2026-01-01', [item(price())]);
  c.see({ ...body, discounts: [discount(coupon({ percentOff: '100' }), at('2026-04-01'))] }, at('2026-04-01'));
  c.recompute();
  const april = (policy: PolicyInput) => snapshot(c.db, { month: plainMonth('2026-04'), policy }, c.context).movements;
  for (const policy of ['vario', 'stripe', 'profitwell', 'baremetrics'])
    expect(april(policy)).toMatchObject({ churn: -10_000, contraction: 0 });
  expect(april('chartmogul')).toMatchObject({ churn: 0, contraction: -10_000 });
});

test('a return within the gap is no reactivation, one day later it is', () => {
  const c = open();
  const first = sell(c, 'cus', '2026-01-01', [item(price())]);
  c.see({ ...first, status: 'canceled', canceledAt: at('2026-03-01'), endedAt: at('2026-03-01') }, at('2026-03-01'));
  sell(c, 'cus', '2026-03-31', [item(price({ unitAmount: '12000' }))]);
  expect(ledgerUnder(c, vario({ reactivationGapDays: 30 }))).toEqual([
    '2026-01-01 new 120000',
    '2026-03-01 contraction -120000',
    '2026-03-31 expansion 144000',
  ]);
  expect(ledgerUnder(c, vario({ reactivationGapDays: 29 })).slice(1)).toEqual([
    '2026-03-01 churn -120000',
    '2026-03-31 reactivation 144000',
  ]);
});

describe('netting', () => {
  const moved = (canceledAt: string, startedAt: string) => {
    const c = open();
    const first = sell(c, 'cus', '2026-01-01', [item(price())]);
    const end = at(canceledAt);
    c.see({ ...first, status: 'canceled', canceledAt: end, endedAt: end }, end);
    sell(c, 'cus', startedAt, [item(price({ unitAmount: '15000' }))]);
    return c;
  };

  test('by day, cancel and recreate is one expansion; without, a loss and a return', () => {
    const c = moved('2026-03-10T09:00:00Z', '2026-03-10T10:00:00Z');
    expect(ledger(c).slice(1)).toEqual(['2026-03-10 expansion 60000']);
    expect(ledgerUnder(c, vario({ netting: 'none' })).slice(1)).toEqual([
      '2026-03-10 churn -120000',
      '2026-03-10 reactivation 180000',
    ]);
  });

  test('without netting, the new one first is an expansion and a contraction', () => {
    const c = moved('2026-03-10T10:00:00Z', '2026-03-10T10:00:00Z');
    expect(ledgerUnder(c, vario({ netting: 'none' })).slice(1)).toEqual([
      '2026-03-10 expansion 180000',
      '2026-03-10 contraction -120000',
    ]);
  });
});

test('logo churn under stripe is a share of the customers of the start and the new ones', () => {
  const c = open();
  const leaver = sell(c, 'leaver', '2026-01-01', [item(price())]);
  for (const id of ['a', 'b', 'c']) sell(c, id, '2026-01-01', [item(price())]);
  sell(c, 'new', '2026-04-05', [item(price())]);
  c.see({ ...leaver, status: 'canceled', canceledAt: at('2026-04-10'), endedAt: at('2026-04-10') }, at('2026-04-10'));
  c.recompute();
  const april = (policy: PolicyInput) => snapshot(c.db, { month: plainMonth('2026-04'), policy }, c.context).logoChurn;
  expect(april('vario')).toBe(1 / 4);
  expect(april('stripe')).toBe(1 / 5);
});

describe('the bridge', () => {
  const worked = () => {
    const c = open();
    sell(c, 'weekly', '2026-01-01', [item(price({ unitAmount: '1000', interval: 'week' }))]);
    sell(c, 'plain', '2026-01-01', [item(price())]);
    sell(c, 'once', '2026-06-10', [item(price(), { currentPeriodStart: at('2026-06-10') })], {
      discounts: [discount(coupon({ percentOff: '50', duration: 'once' }), at('2026-06-10'))],
    });
    const owing = sell(c, 'owing', '2026-01-01', [item(price({ unitAmount: '3000' }))]);
    c.see({ ...owing, status: 'past_due' }, at('2026-05-01'));
    const paused = sell(c, 'paused', '2026-01-01', [item(price({ unitAmount: '7000' }))]);
    c.see({ ...paused, pause: pausedSince }, at('2026-05-01'));
    c.recompute();
    return c;
  };
  const between = (c: Company, from: PolicyInput, to: PolicyInput) =>
    policyBridge(c.db, { asOf: plainDay('2026-06-30'), from, to }, c.context);
  const lines = (c: Company, from: PolicyInput, to: PolicyInput) =>
    between(c, from, to).rules.map(({ rule, arr, mrr, customers }) => [
      rule,
      arr,
      mrr,
      customers.map(({ name }) => name),
    ]);

  test('from vario to baremetrics: weeks, discounts and days past due', () => {
    const c = worked();
    expect(between(c, 'vario', 'baremetrics')).toMatchObject({
      asOf: '2026-06-30',
      currency: 'USD',
      from: { policy: 'vario', arr: 52_000 + 120_000 + 120_000 + 36_000, mrr: 27_333 },
      to: { policy: 'baremetrics', arr: 51_960 + 120_000 + 60_000, mrr: 19_330 },
      withoutRate: [],
    });
    expect(lines(c, 'vario', 'baremetrics')).toEqual([
      ['week', -40, -3, ['weekly']],
      ['discounts', -60_000, -5_000, ['once']],
      ['pastDueDays', -36_000, -3_000, ['owing']],
    ]);
  });

  test('from vario to chartmogul: discounts and pauses', () => {
    expect(lines(worked(), 'vario', 'chartmogul')).toEqual([
      ['discounts', -60_000, -5_000, ['once']],
      ['pause', 84_000, 7_000, ['paused']],
    ]);
  });

  test('from the workspace’s policy where none is named, and back again with the signs turned', () => {
    const c = worked();
    const there = policyBridge(c.db, { to: 'stripe' }, c.context);
    expect(there.from.policy).toBe('vario');
    expect(there.rules.map(({ rule, arr }) => [rule, arr])).toEqual([['pause', 84_000]]);
    expect(lines(c, 'stripe', 'vario')).toEqual([['pause', -84_000, -7_000, ['paused']]]);
  });

  test('from a policy to itself is empty', () => {
    expect(between(worked(), 'profitwell', 'profitwell').rules).toEqual([]);
  });

  test('a switch counts what those before it left: a later one sees their amounts', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price({ unitAmount: '1000', interval: 'week' }))]);
    c.see({ ...body, pause: pausedSince }, at('2026-05-01'));
    c.recompute();
    // The week changes nothing while the pause still counts 0; the pause then brings the amount by the new week.
    expect(lines(c, 'vario', vario({ week: '4', pause: 'keep' }))).toEqual([['pause', 48_000, 4_000, ['cus']]]);
  });

  test('an empty company has an empty bridge', () => {
    expect(policyBridge(open().db, { to: 'stripe' }, open().context)).toMatchObject({
      from: { arr: 0 },
      to: { arr: 0 },
      rules: [],
    });
  });
});

describe('an own policy', () => {
  test('takes what it does not say from its base', () => {
    expect(policyOf(OwnPolicySchema.parse({ base: 'stripe', week: 4.33, name: 'Ours' }))).toEqual({
      ...POLICIES['stripe'],
      name: 'Ours',
      week: '4.33',
    });
    expect(policyOf({ base: 'vario' }).name).toBe('own (vario)');
  });

  test.each([
    [{ week: '4.33' }, 'base'],
    [{ base: 'acme' }, 'base'],
    [{ base: 'vario', weeks: '4' }, 'weeks'],
    [{ base: 'vario', week: '0' }, 'week'],
    [{ base: 'vario', week: '52/0' }, 'week'],
    [{ base: 'vario', day: 'thirty' }, 'day'],
    [{ base: 'vario', discounts: 'some' }, 'discounts'],
    [{ base: 'vario', pastDueDays: -1 }, 'pastDueDays'],
    [{ base: 'vario', metered: 'yes' }, 'metered'],
  ])('%j is refused, naming %s', (own, place) => {
    const { error } = OwnPolicySchema.safeParse(own);
    expect(JSON.stringify(error?.issues)).toContain(place);
  });

  test('a name that is none is refused with those that are', () => {
    expect(() => under(open(), 'acme')).toThrow(/acme.*vario, stripe, chartmogul, profitwell, baremetrics/);
  });
});

test('every switch of a policy is described', () => {
  const { name: _name, ...switches } = policyOf('vario');
  expect(POLICY_SWITCHES.map(({ name }) => name).toSorted()).toEqual(Object.keys(switches).toSorted());
});
