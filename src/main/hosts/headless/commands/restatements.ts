import { Command, Option } from 'commander';
import { RESTATEMENT_CAUSES, type Restatement, type RestatementCause } from '../../../../shared/contract/closing.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { moneyText } from '../../figure-text.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseMonth } from '../parse-options.ts';
import { textTable } from '../text-table.ts';

interface RestatementOptions {
  readonly month?: PlainMonth;
  readonly cause?: RestatementCause;
}

const PAGE = 1_000;

/** `vario restatements`: what became known of closed months after they were reported. */
export function restatementsCommand(run: Process): Command {
  return new Command('restatements')
    .description('what became known of closed months later, entry by entry with its cause')
    .option('--month <month>', 'of one closed month, YYYY-MM', parseMonth)
    .addOption(new Option('--cause <cause>', 'of one cause').choices([...RESTATEMENT_CAUSES]))
    .addHelpText(
      'after',
      '\nAmounts of bridge lines are annual. As reported plus all entries of a line is what is known today, exactly.\n\nExamples:\n  vario restatements\n  vario restatements --month 2026-10 --json\n  vario restatements --cause late',
    )
    .action(async (options: RestatementOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'restatements' }, async (client) => {
        const rows = await allRows(client, options);
        invocation.terminal.result({ rows }, rows.length === 0 ? 'Nothing was restated' : rowsText(rows));
      });
    });
}

async function allRows(client: Client, options: RestatementOptions): Promise<Restatement[]> {
  const rows: Restatement[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Client['closing']['restatements']>> = await client.closing.restatements({
      ...options,
      limit: PAGE,
      cursor,
    });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return rows;
}

function rowsText(rows: readonly Restatement[]): string {
  return textTable(
    [
      { title: 'Month' },
      { title: 'Line' },
      { title: 'Customer' },
      { title: 'Before', align: 'right' },
      { title: 'After', align: 'right' },
      { title: 'Cause' },
      { title: 'Why' },
    ],
    rows.map((row) => [
      row.month,
      row.annual ? `${row.line} (ARR)` : row.line,
      row.customerName,
      moneyText(row.before, row.currency),
      moneyText(row.after, row.currency),
      row.cause,
      row.detail,
    ]),
  );
}
