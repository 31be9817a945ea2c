/** The ledger's movements by month and kind against those of dbt's playbook, for lives that both can express: README.md. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { movements } from '../../src/main/engine/metrics/index.ts';
import type { MovementKind } from '../../src/shared/contract/metrics.ts';
import { addToMonth, firstDayOf, plainDay, plainMonth, startOfDay, UTC } from '../../src/shared/kernel/day.ts';
import { company, item, price, subscription, type Company } from '../unit/metrics/support/company.ts';
import { openPlaybook, type Period, type Playbook, type PlaybookMovement } from './monthly-playbook.ts';

const FIRST = plainMonth('2024-01');
const MONTHS = 24;
const CUSTOMERS = 100;

const KINDS: Readonly<Record<PlaybookMovement['category'], MovementKind>> = {
  new: 'new',
  churn: 'churn',
  upgrade: 'expansion',
  downgrade: 'contraction',
  reactivation: 'reactivation',
};

let playbook: Playbook;
beforeAll(async () => {
  playbook = await openPlaybook();
});
afterAll(() => playbook.close());

const startOf = (month: number) => startOfDay(firstDayOf(addToMonth(FIRST, month)), UTC);

/** Each period a subscription by the month that starts and ends on a month's first day. */
function sell(c: Company, periods: readonly Period[]): void {
  c.db.transaction(() => {
    for (const [index, { customer, from, until, amount }] of periods.entries()) {
      const body = subscription(startOf(from), {
        id: `sub_${index}`,
        customerId: customer,
        items: [item(price({ id: `price_${amount}`, unitAmount: String(amount) }))],
      });
      c.see(body, startOf(from));
      if (until < MONTHS) {
        const ended = startOf(until);
        c.see({ ...body, status: 'canceled', canceledAt: ended, endedAt: ended }, ended);
      }
    }
  });
  c.recompute();
}

/** The ledger's movements by customer, month and kind, monthly, as lines of text. */
function ours(c: Company): string[] {
  const range = { from: plainDay('2024-01-01'), to: plainDay('2025-12-31'), limit: 1_000_000 };
  return movements(c.db, range, c.context)
    .rows.map(
      ({ customerName, on, kind, annualMinor }) => `${customerName} ${on.slice(0, 7)} ${kind} ${annualMinor / 12}`,
    )
    .toSorted();
}

async function theirs(periods: readonly Period[]): Promise<string[]> {
  // The playbook knows no «now»: an end after the last month has not come.
  const known = (await playbook.movements(periods)).filter(({ month }) => month < MONTHS);
  return known
    .map(
      ({ customer, month, category, change }) => `${customer} ${addToMonth(FIRST, month)} ${KINDS[category]} ${change}`,
    )
    .toSorted();
}

async function expectSame(periods: readonly Period[]): Promise<number> {
  const c = company('2025-12-31');
  try {
    sell(c, periods);
    const lines = ours(c);
    expect(lines).toEqual(await theirs(periods));
    return lines.length;
  } finally {
    c.close();
  }
}

const amountArb = fc.constantFrom(900, 1_000, 2_500, 9_900, 12_345);
/** One period after the other, with and without months in between. */
const lifeArb = fc
  .array(
    fc.record({ gap: fc.integer({ min: 0, max: 3 }), length: fc.integer({ min: 1, max: 8 }), amount: amountArb }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((parts) => {
    let month = 0;
    return parts.map(({ gap, length, amount }) => {
      const from = month + gap;
      month = from + length;
      return { from, until: month, amount };
    });
  });
/** Several at once, as they come. */
const bundleArb = fc.array(
  fc
    .record({
      from: fc.integer({ min: 0, max: MONTHS - 1 }),
      length: fc.integer({ min: 1, max: 12 }),
      amount: amountArb,
    })
    .map(({ from, length, amount }) => ({ from, until: from + length, amount })),
  { minLength: 1, maxLength: 4 },
);

const companyArb = (life: typeof lifeArb) =>
  fc
    .array(life, { minLength: CUSTOMERS, maxLength: CUSTOMERS })
    .map((lives) =>
      lives.flatMap((parts, index) =>
        parts.filter(({ from }) => from < MONTHS).map((part): Period => ({ customer: `cus_${index}`, ...part })),
      ),
    );

describe('by month and kind, the ledger says what the playbook says', () => {
  test.each([
    ['one period after another, as the playbook has them', lifeArb],
    ['several at once, added up', bundleArb],
  ])('%s', { timeout: 180_000 }, async (_, life) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(companyArb(life), async (periods) => {
        compared += await expectSame(periods);
      }),
      { numRuns: 10, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(1_000);
  });
});

describe('where the two differ, and why', () => {
  const both = async (periods: readonly Period[], change: (c: Company) => void) => {
    const c = company('2025-12-31');
    try {
      sell(c, periods);
      change(c);
      c.recompute();
      return { ours: ours(c), theirs: await theirs(periods) };
    } finally {
      c.close();
    }
  };

  test('what rises and falls within a month: the ledger has both days, the playbook the month', async () => {
    const periods: Period[] = [{ customer: 'cus_a', from: 0, until: 30, amount: 1_000 }];
    const found = await both(periods, (c) => {
      const body = subscription(startOf(3), { customerId: 'cus_a', items: [item(price({ unitAmount: '500' }))] });
      c.see(body, startOf(3));
      const ended = startOfDay(plainDay('2024-04-20'), UTC);
      c.see({ ...body, status: 'canceled', canceledAt: ended, endedAt: ended }, ended);
    });
    expect(found.theirs).toEqual(['cus_a 2024-01 new 1000']);
    expect(found.ours).toEqual([
      'cus_a 2024-01 new 1000',
      'cus_a 2024-04 contraction -500',
      'cus_a 2024-04 expansion 500',
    ]);
  });

  test('a pause: the ledger keeps it apart from churn', async () => {
    const found = await both([{ customer: 'cus_a', from: 0, until: 30, amount: 1_000 }], (c) => {
      const body = subscription(startOf(0), {
        id: 'sub_0',
        customerId: 'cus_a',
        items: [item(price({ unitAmount: '1000' }))],
        pause: { behavior: 'void', since: null, resumesAt: startOf(5) },
      });
      c.see(body, startOf(2));
    });
    expect(found.ours).toEqual(['cus_a 2024-01 new 1000', 'cus_a 2024-03 paused -1000', 'cus_a 2024-06 resumed 1000']);
  });
});
