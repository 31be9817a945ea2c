/** The grid of costs without its components: rows, gaps, what is typed and what is pasted. */
import { describe, expect, test } from 'vitest';
import { gaps, gridGroups, monthsUpTo, pastedChanges } from '../../../../src/renderer/features/costs/grid-model.ts';
import { costsTemplate, EXPORT_COLUMNS, exportedCosts } from '../../../../src/renderer/features/costs/template.ts';
import { toCsv } from '../../../../src/renderer/lib/delimited.ts';
import { amountFromText, textOfAmount } from '../../../../src/renderer/features/costs/typed-amount.ts';
import { readCostFile } from '../../../../src/main/engine/costs/read-file.ts';
import type { Cost, CostKind, CostSheet } from '../../../../src/shared/contract/costs.ts';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { plainMonth } from '../../../../src/shared/kernel/day.ts';
import { instant } from '../../../../src/shared/kernel/instant.ts';
import { minor } from '../../../../src/shared/kernel/money.ts';

const [USD, EUR, JPY] = [currencyCode('USD'), currencyCode('EUR'), currencyCode('JPY')];
const JUNE = plainMonth('2026-06');

function cost(kind: CostKind, channel: string | null, currency = USD): Cost {
  const at = instant(0);
  return {
    month: JUNE,
    kind,
    channel,
    currency,
    amount: minor(1),
    reporting: minor(1),
    note: null,
    file: null,
    enteredAt: at,
    changedAt: at,
  };
}

function sheet(
  costs: readonly Cost[],
  months: readonly (readonly [string, number | null, string | null])[] = [],
): CostSheet {
  const nothing = { marketing: null, sales: null, cogs: null, rnd: null, ga: null, other: null };
  return {
    from: JUNE,
    to: JUNE,
    currency: USD,
    any: costs.length > 0,
    costs: [...costs],
    months: months.map(([month, total, reason]) => ({
      month: plainMonth(month),
      kinds: nothing,
      total: total === null ? null : minor(total),
      reason,
    })),
  };
}

describe('what is typed', () => {
  test.each([
    ['1234.50', 'USD', 123_450],
    ['1,234.50', 'USD', 123_450],
    ['1.234,50', 'EUR', 123_450],
    ['$1,234', 'USD', 123_400],
    ['1 234,5 €', 'EUR', 123_450],
    ['1\u00a0234\u202f567', 'USD', 123_456_700],
    ["12'345.00", 'USD', 1_234_500],
    ['(12.00)', 'USD', -1_200],
    ['−12', 'USD', -1_200],
    ['12,5', 'USD', 1_250],
    ['1,234,567', 'USD', 123_456_700],
    ['1.234.567', 'EUR', 123_456_700],
    ['USD 5', 'USD', 500],
    ['¥1,000', 'JPY', 1_000],
  ])('%s is understood', (text, currency, amount) => {
    expect(amountFromText(text, currencyCode(currency))).toEqual({ amount });
  });

  test.each([
    ['1.234', USD, /more decimals than USD/],
    ['10.5', JPY, /more decimals than JPY/],
    ['abc', USD, /is not an amount/],
    ['', USD, /is not an amount/],
    ['1..2', USD, /is not an amount/],
  ])('%s is not, and it says why', (text, currency, problem) => {
    expect(amountFromText(text, currency)).toEqual({ problem: expect.stringMatching(problem) });
  });

  test('an amount is edited as it is read back', () => {
    for (const [amount, currency, text] of [
      [123_450, USD, '1234.50'],
      [100_000, USD, '1000'],
      [-5, USD, '-0.05'],
      [1_000, JPY, '1000'],
    ] as const) {
      expect(textOfAmount(minor(amount), currency)).toBe(text);
      expect(amountFromText(text, currency)).toEqual({ amount });
    }
  });
});

describe('the rows', () => {
  const rows = (...args: Parameters<typeof gridGroups>) =>
    gridGroups(...args).map(
      ({ title, summed, rows: own }) =>
        `${title}${summed ? '+' : ''}: ${own.map((row) => `${row.label} ${row.currency}`).join(', ')}`,
    );

  test('are there for every kind, also without a cost', () => {
    expect(rows(sheet([]), [])).toEqual([
      'Marketing: Marketing USD',
      'Sales: Sales USD',
      'Cost of revenue: Cost of revenue USD',
      'Research and development: Research and development USD',
      'General and administrative: General and administrative USD',
      'Other: Other USD',
    ]);
  });

  test('of a kind with channels or currencies stand below its sums, the reporting currency first', () => {
    const costs = [
      cost('marketing', 'ads'),
      cost('marketing', null, EUR),
      cost('marketing', null),
      cost('sales', 'partners'),
    ];
    expect(rows(sheet(costs), [{ kind: 'marketing', channel: 'ADS', currency: USD }]).slice(0, 2)).toEqual([
      'Marketing+: No channel USD, No channel EUR, ads USD',
      'Sales+: partners USD',
    ]);
  });

  test('of tens of thousands of channels are in order', () => {
    const costs = Array.from({ length: 50_000 }, (_, n) => cost('marketing', `channel ${(n * 7_919) % 50_000}`));
    const [marketing] = gridGroups(sheet(costs), []);
    expect(marketing?.rows).toHaveLength(50_000);
    expect(marketing?.rows[0]?.label).toBe('channel 0');
  });

  test('a row just added is there before it has a cost', () => {
    expect(rows(sheet([]), [{ kind: 'marketing', channel: 'radio', currency: JPY }])[0]).toBe('Marketing+: radio JPY');
  });
});

test('gaps are whole months without any cost since the first that has one', () => {
  const none = (month: string) => [month, null, `No cost is recorded for ${month}`] as const;
  const months = [
    none('2026-01'),
    ['2026-02', 5, null],
    none('2026-03'),
    ['2026-04', null, 'No rate from KWD to USD on 2026-04-30 or the seven days before'],
    none('2026-05'),
    none('2026-06'),
  ] as const;
  expect(gaps(sheet([cost('ga', null)], months), plainMonth('2026-05'))).toEqual(['2026-03', '2026-05']);
  expect(gaps(sheet([], [none('2026-01'), none('2026-02')]), JUNE)).toEqual([]);
});

describe('a block from a spreadsheet', () => {
  const rows = gridGroups(sheet([]), []).flatMap((group) => group.rows);
  const months = monthsUpTo(JUNE, 3);
  const pasted = (text: string, row = 0, column = 0) => pastedChanges(text, rows, months, { row, column });

  test('is laid on the grid from the cell on; empty cells leave what stands there', () => {
    expect(pasted('1\t\t3\r\n\t"x"', 0, 0).problem).toMatch(/Nothing was pasted/);
    expect(pasted('1\t\t3\r\n\t5\r\n', 0, 0).changes.map(({ kind, month, amount }) => [kind, month, amount])).toEqual([
      ['marketing', '2026-04', 100],
      ['marketing', '2026-06', 300],
      ['sales', '2026-05', 500],
    ]);
  });

  test('says how much of it lies outside', () => {
    expect(pasted('1\t2\n3\t4', 5, 2)).toMatchObject({ outside: 3, changes: [{ kind: 'other', amount: 100 }] });
  });
});

test('recorded costs are exported as the import reads them', () => {
  const costs = [
    { ...cost('marketing', 'Ads, search'), amount: minor(-1_250), note: 'credit' },
    cost('cogs', null, JPY),
  ];
  const { entries, rejected } = readCostFile('costs.csv', toCsv(EXPORT_COLUMNS, exportedCosts(costs)));
  expect(rejected).toEqual([]);
  expect(entries).toEqual(
    costs.map(({ month, kind, channel, amount, currency, note }) => ({ month, kind, channel, amount, currency, note })),
  );
});

test('the template is a file that the import reads', () => {
  const { entries, rejected } = readCostFile('template.csv', costsTemplate(JUNE, JPY));
  expect(rejected).toEqual([]);
  expect(entries).toHaveLength(7);
  expect(new Set(entries.map(({ kind }) => kind)).size).toBe(6);
});
