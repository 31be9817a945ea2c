/** `vario metrics --by`: recurring revenue and what was billed and paid, by the values of a dimension. */
import type { RevenueByPart, RevenuePart } from '../../../../shared/contract/revenue.ts';
import type { BreakdownRow, Dimension, Slice } from '../../../../shared/contract/slice.ts';
import { firstDayOf, lastDayOf, monthOf, type PlainDay, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { countText, moneyText } from '../../figure-text.ts';
import type { Client } from '../headless.ts';
import { csv, textTable, type Cell } from '../text-table.ts';

export interface ByPartQuestion {
  readonly by: Dimension;
  readonly month?: PlainMonth | undefined;
  readonly asOf?: PlainDay | undefined;
  readonly slice?: Slice | undefined;
}

interface PartRow extends RevenuePart {
  readonly mrr: number;
  readonly arr: number;
  readonly customers: number;
}

interface Answer {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly by: Dimension;
  readonly currency: RevenueByPart['currency'];
  readonly rows: readonly PartRow[];
  readonly total: PartRow;
  /** Currencies without a rate on a day of the period. */
  readonly missing: readonly string[];
}

const PAGE = 1_000;

/** A whole month, or the days of a day's month up to it. Every value that has recurring revenue, or was billed or paid. */
export async function metricsByPart(client: Client, { by, month, asOf, slice }: ByPartQuestion): Promise<Answer> {
  const { today } = await client.metrics.freshness();
  const lastDay = asOf ?? (month === undefined ? today : lastDayOf(month));
  const to = lastDay < today ? lastDay : today;
  const input = { by, from: firstDayOf(month ?? monthOf(to)), to, ...(slice && { slice }) };
  const recurring = await pages((offset) => client.metrics.breakdown({ ...input, offset, limit: PAGE }));
  const billed = await pages((offset) => client.revenue.byPart({ ...input, offset, limit: PAGE }));
  const nothing = nothingOf(billed.total);
  const known = new Map(billed.rows.map((row) => [row.value, row]));
  const rows = [
    ...recurring.rows.map((row) => partRow(row, known.get(row.value) ?? nothing)),
    ...billed.rows
      .filter(({ value }) => !recurring.rows.some((row) => row.value === value))
      .map((row): PartRow => ({ mrr: 0, arr: 0, customers: 0, ...row })),
  ];
  return {
    from: input.from,
    to,
    by,
    currency: billed.currency,
    rows,
    total: partRow(recurring.total, billed.total),
    missing: billed.missing,
  };
}

/** Of what was neither billed nor paid; what is not known of the company is not known of it either. */
function nothingOf(total: RevenuePart): RevenuePart {
  const amounts = Object.entries(total).map(([name, amount]) => [name, amount === null ? null : 0]);
  return Object.fromEntries(amounts) as RevenuePart;
}

function partRow({ value, label, movements, arr, customers }: BreakdownRow, billed: RevenuePart): PartRow {
  return { ...billed, value, label, mrr: movements.closing, arr, customers };
}

interface Page<Row> {
  readonly values: number;
  readonly rows: readonly Row[];
}

/** All pages as one, without the rows that stand for what is not on a page. */
async function pages<Row extends { readonly value: string | null }, Answered extends Page<Row>>(
  ask: (offset: number) => Promise<Answered & Page<Row>>,
): Promise<Answered & { readonly rows: readonly Row[] }> {
  const first = await ask(0);
  const rows = first.rows.filter(({ value }) => value !== null);
  while (rows.length < first.values) {
    const page = (await ask(rows.length)).rows.filter(({ value }) => value !== null);
    if (page.length === 0) break;
    rows.push(...page);
  }
  return { ...first, rows };
}

/** The same for spreadsheets: amounts in minor units, what is not known empty; the last row is the whole. */
export function byPartCsv({ currency, rows, total }: Answer): string {
  const { value: _value, label: _label, ...amounts } = total;
  const names = Object.keys(amounts) as (keyof typeof amounts)[];
  return csv(
    ['value', 'label', ...names, 'currency'],
    [...rows, total].map((row) => [row.value, row.label, ...names.map((name) => row[name]), currency]),
  );
}

/** The same for people. */
export function byPartText({ by, from, to, currency, rows, total, missing }: Answer): string {
  const money = (amount: number | null) => moneyText(amount, currency);
  const columns = [
    ['MRR', (row: PartRow) => money(row.mrr)],
    ['Customers', (row: PartRow) => countText(row.customers)],
    ['Net revenue', (row: PartRow) => money(row.netRevenue)],
    ['Tax', (row: PartRow) => money(row.taxCollected)],
    ['Discounts', (row: PartRow) => money(row.discountGiven)],
    ['Charged', (row: PartRow) => money(row.grossCash)],
    ['Refunds', (row: PartRow) => money(row.refunds)],
    ['Fees', (row: PartRow) => money(row.fees)],
    ['Disputed', (row: PartRow) => money(row.disputesOpenedAmount)],
    ['Net cash', (row: PartRow) => money(row.netCash)],
    ['Failed', (row: PartRow) => countText(row.failedPayments)],
  ] as const;
  const table = textTable(
    [{ title: by }, ...columns.map(([title]) => ({ title, align: 'right' as const }))],
    [...rows, total].map((row): Cell[] => [row.label, ...columns.map(([, cell]) => cell(row))]),
  );
  const note = missing.length === 0 ? '' : `\n\nWithout a rate, and in no amount: ${missing.join(', ')}`;
  return `${from} to ${to} · ${currency} · by ${by}\n\n${table}${note}`;
}
