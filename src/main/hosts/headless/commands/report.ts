import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { ReportFileSchema } from '../../../../shared/contract/reports.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { provideBrowser } from '../browser/provide.ts';
import { followJob } from '../follow-job.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseMonth } from '../parse-options.ts';
import { reportDigestCommand } from './report-digest.ts';

interface BoardOptions {
  readonly month: PlainMonth;
  readonly out?: string;
  readonly format?: 'A4' | 'Letter';
  readonly install: boolean;
  readonly asReported: boolean;
  readonly notes: boolean;
}

/** `vario report board`: the month's board pack as a PDF; beside it the digests of the day and the week. */
export function reportCommand(run: Process): Command {
  const board = new Command('board')
    .description('the month’s board pack as a PDF')
    .requiredOption('--month <month>', 'YYYY-MM', parseMonth)
    .option('--out <file>', 'the PDF; default: into the documents folder')
    .addOption(
      new Option('--format <paper>', 'paper; default: the setting paperSize, else the locale’s').choices([
        'A4',
        'Letter',
      ]),
    )
    .option('--as-reported', 'the figures that were frozen when the month was closed; default: as known today', false)
    .option('--notes', 'with the workspace’s notes and releases on the charts', false)
    .option('--no-install', 'do not get a browser where none is found')
    .addHelpText(
      'after',
      '\nExamples:\n  vario report board --month 2026-10 --out board.pdf\n  vario report board --month 2026-10 --format Letter\n  vario report board --month 2026-10 --as-reported\n  vario report board --month 2026-10 --notes',
    )
    .action(async (options: BoardOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { terminal } = invocation;
      await withWorkspace(invocation, { program: 'report' }, async (client) => {
        await provideBrowser({ install: options.install, say: (line) => terminal.note(line) });
        const file = options.out === undefined ? null : resolve(options.out);
        const { jobId } = await client.reports.printBoard({
          month: options.month,
          ...(options.format !== undefined && { format: options.format }),
          shows: options.asReported ? 'reported' : 'known',
          notes: options.notes,
          file,
        });
        const job = await followJob(client, jobId, terminal, run.stop);
        const report = ReportFileSchema.parse(job.result);
        if (file !== null && report.file !== file) copyFileSync(report.file, file);
        terminal.result({ ...report, file: file ?? report.file }, file ?? report.file);
      });
    });
  return new Command('report')
    .description('reports as files')
    .addCommand(board)
    .addCommand(reportDigestCommand('daily', run))
    .addCommand(reportDigestCommand('weekly', run));
}
