import { Command } from 'commander';
import type { DeferredRevenue } from '../../../../shared/contract/revops.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { moneyText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseMonth } from '../parse-options.ts';
import { textTable, type Column } from '../text-table.ts';

interface RevrecOptions {
  readonly from: PlainMonth;
  readonly to: PlainMonth;
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
    .addHelpText(
      'after',
      '\nCorrections are positive amounts, “recognised” is before them. With --json, what a correction took from\ndeferred revenue stands beside it (refundsDeferred …), so that every month adds up.\n\nExamples:\n  vario revrec --from 2026-01 --to 2026-12\n  vario revrec --from 2026-10 --to 2026-10 --json',
    )
    .action(async (options: RevrecOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'revrec' }, async (client) => {
        const result = await client.revops.deferredRevenue({ from: options.from, to: options.to });
        invocation.terminal.result(result, waterfallText(result));
      });
    });
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
