import { Command } from 'commander';
import type { DeferredRevenue } from '../../../../shared/contract/revops.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { moneyText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseMonth } from '../parse-options.ts';
import { csv, textTable, type Column } from '../text-table.ts';

interface RevrecOptions {
  readonly from: PlainMonth;
  readonly to: PlainMonth;
  readonly csv?: boolean;
}

const AMOUNTS = [
  ['opening', 'Opening'],
  ['billed', 'Billed'],
  ['recognised', 'Recognised'],
  ['refunds', 'Refunds'],
  ['creditNotes', 'Credit notes'],
  ['voids', 'Voids'],
  ['badDebt', 'Bad debt'],
  ['disputes', 'Disputes'],
  ['recoverables', 'Recoverables'],
  ['closing', 'Closing'],
] as const;

/** `vario revrec`: revenue earned, corrected and deferred, month by month. */
export function revrecCommand(run: Process): Command {
  return new Command('revrec')
    .description('the deferred-revenue waterfall: what was billed, earned, corrected and is still deferred')
    .requiredOption('--from <month>', 'first month, YYYY-MM', parseMonth)
    .requiredOption('--to <month>', 'last month, YYYY-MM', parseMonth)
    .option('--csv', 'one row per month, as CSV')
    .addHelpText(
      'after',
      '\nCorrections are positive amounts, “recognised” is before them. With --json, what a correction took from\ndeferred revenue stands beside it (refundsDeferred …), so that every month adds up.\n\nExamples:\n  vario revrec --from 2026-01 --to 2026-12\n  vario revrec --from 2026-10 --to 2026-10 --json\n  vario revrec --from 2026-01 --to 2026-12 --csv > deferred.csv',
    )
    .action(async (options: RevrecOptions, command: Command) => {
      if (options.to < options.from)
        command.error(`error: the last month, ${options.to} (--to), is before the first, ${options.from} (--from)`);
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'revrec' }, async (client) => {
        const result = await client.revops.deferredRevenue({ from: options.from, to: options.to });
        invocation.terminal.result(result, options.csv ? waterfallCsv(result) : waterfallText(result));
      });
    });
}

function waterfallCsv({ currency, months }: DeferredRevenue): string {
  return csv(
    ['month', ...AMOUNTS.map(([key]) => columnOf(key)), 'currency'],
    months.map((month) => [month.month, ...AMOUNTS.map(([key]) => month[key]), currency]),
  );
}

/** `creditNotes` is `credit_notes_minor`. */
function columnOf(key: string): string {
  return `${key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_minor`;
}

function waterfallText({ currency, months, unvalued }: DeferredRevenue): string {
  const columns: Column[] = [{ title: 'Month' }, ...AMOUNTS.map(([, title]): Column => ({ title, align: 'right' }))];
  const rows = months.map((month) => [month.month, ...AMOUNTS.map(([key]) => moneyText(month[key], currency))]);
  const gaps = unvalued.map(
    (gap) =>
      `Not in these figures: ${gap.billings} in ${gap.currency} (${moneyText(gap.billedMinor, gap.currency)}) without an exchange rate`,
  );
  return [textTable(columns, rows), ...gaps].join('\n');
}
