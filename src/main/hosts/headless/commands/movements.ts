import { Command, Option } from 'commander';
import type { MovementRow } from '../../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseDay } from '../parse-options.ts';
import { csv } from '../text-table.ts';

interface MovementsOptions {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly by?: 'customer' | 'plan' | 'day';
}

const PAGE = 1_000;

/** `vario movements`: the ledger's rows of a period, or their sums. */
export function movementsCommand(run: Process): Command {
  return new Command('movements')
    .description('the ledger’s rows of a period, as CSV or JSON')
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD', parseDay)
    .requiredOption('--to <day>', 'last day, YYYY-MM-DD', parseDay)
    .addOption(new Option('--by <what>', 'add the rows up').choices(['customer', 'plan', 'day']))
    .addHelpText(
      'after',
      '\nAmounts are annual, in minor units; losses are negative.\n\nExamples:\n  vario movements --from 2026-10-01 --to 2026-10-31 > october.csv\n  vario movements --from 2026-10-01 --to 2026-10-31 --by plan --json',
    )
    .action(async (options: MovementsOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'movements' }, async (client) => {
        const rows = await allMovements(client, options.from, options.to);
        const currency = (await client.workspace.get()).reportingCurrency;
        if (options.by === undefined) {
          invocation.terminal.result({ currency, rows }, rowsCsv(rows));
          return;
        }
        const sums = sumsBy(rows, options.by);
        const text = csv(
          ['key', 'kind', 'rows', 'annual_minor', 'currency'],
          sums.map(({ key, kind, count, annualMinor }) => [key, kind, count, annualMinor, currency]),
        );
        invocation.terminal.result({ currency, by: options.by, rows: sums }, text);
      });
    });
}

async function allMovements(client: Client, from: PlainDay, to: PlainDay): Promise<MovementRow[]> {
  const rows: MovementRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await client.metrics.movements({ from, to, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.rows);
    cursor = page.cursor;
  }
  return rows;
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
function sumsBy(rows: readonly MovementRow[], by: 'customer' | 'plan' | 'day') {
  const sums = new Map<string, { key: string; kind: MovementRow['kind']; count: number; annualMinor: number }>();
  const add = (id: string | number, key: string, kind: MovementRow['kind'], annualMinor: number): void => {
    const sum = sums.get(`${id}\n${kind}`) ?? { key, kind, count: 0, annualMinor: 0 };
    sums.set(`${id}\n${kind}`, { ...sum, count: sum.count + 1, annualMinor: sum.annualMinor + annualMinor });
  };
  for (const row of rows) {
    if (by === 'customer') add(row.customerId, row.customerName, row.kind, row.annualMinor);
    else if (by === 'day') add(row.on, row.on, row.kind, row.annualMinor);
    else for (const part of row.parts) add(part.plan ?? '', part.plan ?? '', row.kind, part.annualMinor);
  }
  return [...sums.values()];
}
