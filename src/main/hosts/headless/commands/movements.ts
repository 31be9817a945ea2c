import { Command, InvalidArgumentError } from 'commander';
import { MOVEMENT_KINDS, type MovementRow } from '../../../../shared/contract/metrics.ts';
import type { BreakdownRow, Dimension } from '../../../../shared/contract/slice.ts';
import { NAMED_DIMENSIONS, type Slice } from '../../../../shared/contract/slice.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseDay } from '../parse-options.ts';
import { parseDimension, sliceOf, withSliceOptions, type SliceOptions } from '../slice-options.ts';
import { csv } from '../text-table.ts';

type By = 'customer' | 'day' | Dimension;

interface MovementsOptions extends SliceOptions {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly by?: By;
}

const PAGE = 1_000;

/** `vario movements`: the ledger's rows of a period, or their sums. */
export function movementsCommand(run: Process): Command {
  return withSliceOptions(new Command('movements'))
    .description('the ledger’s rows of a period, as CSV or JSON')
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD', parseDay)
    .requiredOption('--to <day>', 'last day, YYYY-MM-DD', parseDay)
    .option('--by <what>', `add the rows up by customer, day, ${NAMED_DIMENSIONS.join(', ')} or metadata:KEY`, parseBy)
    .option('--csv', 'as CSV, which it is without --json')
    .addHelpText(
      'after',
      '\nAmounts are annual, in minor units; losses are negative. By a dimension, what customers who stay moved from one\nvalue to another is movedOut and movedIn; opening and movements are closing, and the rows add up to the company.\n\nExamples:\n  vario movements --from 2026-10-01 --to 2026-10-31 > october.csv\n  vario movements --from 2026-10-01 --to 2026-10-31 --by plan --json\n  vario movements --from 2026-10-01 --to 2026-10-31 --where country=DE --by day',
    )
    .action(async (options: MovementsOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { from, to, by } = options;
      if (to < from) command.error(`error: the last day, ${to} (--to), is before the first, ${from} (--from)`);
      const slice = sliceOf(options);
      await withWorkspace(invocation, { program: 'movements' }, async (client) => {
        const currency = (await client.workspace.get()).reportingCurrency;
        if (by !== undefined && by !== 'customer' && by !== 'day') {
          const rows = await allParts(client, { from, to, by, ...(slice && { slice }) });
          invocation.terminal.result({ currency, by, rows: sumsOf(rows), breakdown: rows }, partsCsv(rows, currency));
          return;
        }
        const rows = await allMovements(client, from, to, slice);
        if (by === undefined) {
          invocation.terminal.result({ currency, rows }, rowsCsv(rows));
          return;
        }
        const sums = sumsBy(rows, by);
        const text = csv(
          ['key', 'kind', 'rows', 'annual_minor', 'currency'],
          sums.map(({ key, kind, count, annualMinor }) => [key, kind, count, annualMinor, currency]),
        );
        invocation.terminal.result({ currency, by, rows: sums }, text);
      });
    });
}

function parseBy(text: string): By {
  if (text === 'customer' || text === 'day') return text;
  try {
    return parseDimension(text);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new InvalidArgumentError(`Give customer, day, ${NAMED_DIMENSIONS.join(', ')} or metadata:KEY.`);
  }
}

async function allMovements(
  client: Client,
  from: PlainDay,
  to: PlainDay,
  slice: Slice | undefined,
): Promise<MovementRow[]> {
  const rows: MovementRow[] = [];
  const period = { from, to, limit: PAGE, ...(slice && { slice }) };
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await client.metrics.movements({ ...period, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.rows);
    cursor = page.cursor;
  }
  return rows;
}

async function allParts(
  client: Client,
  question: { readonly from: PlainDay; readonly to: PlainDay; readonly by: Dimension; readonly slice?: Slice },
): Promise<BreakdownRow[]> {
  const rows: BreakdownRow[] = [];
  for (;;) {
    const page = await client.metrics.breakdown({ ...question, offset: rows.length, limit: PAGE });
    rows.push(...page.rows.filter(({ value }) => value !== null));
    if (rows.length >= page.values) return rows;
  }
}

const PART_KINDS = [...MOVEMENT_KINDS, 'movedIn', 'movedOut'] as const;

/** Sums by value and kind, as the other sums are listed. */
function sumsOf(rows: readonly BreakdownRow[]) {
  return rows.flatMap(({ value, label, annual }) =>
    PART_KINDS.filter((kind) => annual[kind] !== 0).map((kind) => ({
      key: label,
      value,
      kind,
      annualMinor: annual[kind],
    })),
  );
}

function partsCsv(rows: readonly BreakdownRow[], currency: string): string {
  return csv(
    ['value', 'label', 'opening', ...PART_KINDS, 'closing', 'customers', 'share', 'currency'],
    rows.map(({ value, label, annual, customers, share }) => [
      value,
      label,
      annual.opening,
      ...PART_KINDS.map((kind) => annual[kind]),
      annual.closing,
      customers,
      share,
      currency,
    ]),
  );
}

function rowsCsv(rows: readonly MovementRow[]): string {
  return csv(
    [
      'day',
      'customer_id',
      'customer',
      'kind',
      'subscription',
      'plan',
      'native_annual_minor',
      'native_currency',
      'annual_minor',
      'evidence',
    ],
    rows.map((row) => [
      row.on,
      row.customerId,
      row.customerName,
      row.kind,
      row.subscriptionId,
      row.plan,
      row.nativeAnnualMinor,
      row.nativeCurrency,
      row.annualMinor,
      row.evidence,
    ]),
  );
}

/** Sums per key and kind, in the order in which the keys first appear. */
function sumsBy(rows: readonly MovementRow[], by: 'customer' | 'day') {
  const sums = new Map<string, { key: string; kind: MovementRow['kind']; count: number; annualMinor: number }>();
  for (const row of rows) {
    const key = by === 'customer' ? row.customerName : row.on;
    const id = `${by === 'customer' ? row.customerId : key}\n${row.kind}`;
    const sum = sums.get(id) ?? { key, kind: row.kind, count: 0, annualMinor: 0 };
    sums.set(id, { ...sum, count: sum.count + 1, annualMinor: sum.annualMinor + row.annualMinor });
  }
  return [...sums.values()];
}
