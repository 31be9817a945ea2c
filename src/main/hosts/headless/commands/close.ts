import { Argument, Command } from 'commander';
import { z } from 'zod';
import type { ClosingList } from '../../../../shared/contract/closing.ts';
import { MonthSchema } from '../../../../shared/contract/scalars.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { minuteText } from '../../../../shared/kernel/instant.ts';
import { moneyText } from '../../figure-text.ts';
import { followJob } from '../follow-job.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseMonth } from '../parse-options.ts';
import { textTable } from '../text-table.ts';

interface CloseOptions {
  readonly through?: PlainMonth;
  readonly reopen?: PlainMonth;
  readonly reason?: string;
  readonly acceptGaps: boolean;
}

const CloseResultSchema = z.object({ closed: z.array(MonthSchema), waiting: z.array(z.string()) });

/** `vario close`: freezes months as they are reported, opens one again, or says how months stand. */
export function closeCommand(run: Process): Command {
  return new Command('close')
    .description('freeze a month as it is reported; without a month: how the months stand')
    .addArgument(new Argument('[month]', 'YYYY-MM').argParser(parseMonth))
    .option('--through <month>', 'close every open month up to this one', parseMonth)
    .option('--accept-gaps', 'freeze what is known to be missing as well, instead of refusing', false)
    .option('--reopen <month>', 'open a closed month again; its close is kept', parseMonth)
    .option('--reason <text>', 'why it is opened again')
    .addHelpText(
      'after',
      '\nMonths are closed in order. What becomes known later is noted beside what was reported: vario restatements.\n\nExamples:\n  vario close\n  vario close 2026-10\n  vario close --through 2026-10 --json\n  vario close --reopen 2026-10 --reason "an invoice was booked late"',
    )
    .action(async (month: PlainMonth | undefined, options: CloseOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { terminal } = invocation;
      const { through, reopen, reason, acceptGaps } = options;
      if ([month, through, reopen].filter((given) => given !== undefined).length > 1)
        throw new AppError('invalid_input', 'Give one of MONTH, --through and --reopen');
      await withWorkspace(invocation, { program: 'close' }, async (client) => {
        if (reopen !== undefined) {
          if (reason === undefined)
            throw new AppError('invalid_input', 'Say with --reason why the month is opened again');
          await client.closing.reopen({ month: reopen, reason });
          terminal.result({ reopened: reopen, reason }, `${reopen} is open again; its close is kept`);
          return;
        }
        const last = month ?? through;
        if (last === undefined) {
          const list = await client.closing.list();
          terminal.result(list, listText(list));
          return;
        }
        const { jobId } = await client.closing.close({ month: last, through: through !== undefined, acceptGaps });
        const { closed } = CloseResultSchema.parse((await followJob(client, jobId, terminal, run.stop)).result);
        const { months } = await client.closing.list();
        const stamps = months.flatMap(({ month: one, close }) => (close && closed.includes(one) ? [close] : []));
        terminal.result(
          { closed: stamps.toReversed() },
          stamps
            .toReversed()
            .map((stamp) => `Closed ${stamp.month} (version ${stamp.version}, ${stamp.hash.slice(0, 12)})`)
            .join('\n'),
        );
      });
    });
}

function listText({ months, obstacles, automatic }: ClosingList): string {
  const table = textTable(
    [
      { title: 'Month' },
      { title: 'State' },
      { title: 'Closed' },
      { title: 'ARR as reported', align: 'right' },
      { title: 'ARR as known', align: 'right' },
      { title: 'Restatements', align: 'right' },
    ],
    months.map(({ month, state, close, currency, reportedArr, knownArr, restatements }) => [
      month,
      state,
      state === 'closed' && close ? minuteText(close.closedAt) : null,
      moneyText(reportedArr, currency),
      moneyText(knownArr, currency),
      restatements,
    ]),
  );
  const how =
    automatic.day === null
      ? 'Months are closed by hand (vario config set closeOnDay 5 closes them on the 5th).'
      : `Months are closed on day ${automatic.day} of the next one${automatic.due.length > 0 ? `; due: ${automatic.due.join(', ')}` : ''}.`;
  return [table, '', how, ...obstacles.map((sentence) => `Missing: ${sentence}`)].join('\n');
}
