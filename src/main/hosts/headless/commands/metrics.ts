import { Command } from 'commander';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { minuteText } from '../../../../shared/kernel/instant.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseCurrency, parseDay, parseMonth } from '../parse-options.ts';
import { readPolicy } from '../read-policy.ts';
import { snapshotText } from './snapshot-text.ts';

interface MetricsOptions {
  readonly asOf?: ReturnType<typeof parseDay>;
  readonly month?: ReturnType<typeof parseMonth>;
  readonly policy?: string;
  readonly currency?: ReturnType<typeof parseCurrency>;
  readonly asReported?: boolean;
}

/** `vario metrics`: every metric of a day or a month. */
export function metricsCommand(run: Process): Command {
  return new Command('metrics')
    .description('all metrics of a day or a month')
    .option('--as-of <day>', 'the state at the end of this day; default: today', parseDay)
    .option('--month <month>', 'a whole month, YYYY-MM', parseMonth)
    .option('--policy <policy>', 'the counting rules: a name of vario policies, or a JSON file with an own policy')
    .option('--currency <code>', 'the reporting currency', parseCurrency)
    .option('--as-reported', 'with --month: what was frozen when the month was closed')
    .addHelpText(
      'after',
      '\nExamples:\n  vario metrics\n  vario metrics --month 2026-10 --json\n  vario metrics --as-of 2026-10-31 --currency EUR\n  vario metrics --policy chartmogul --json\n  vario metrics --month 2026-10 --as-reported',
    )
    .action(async (options: MetricsOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { policy, asReported = false, ...period } = options;
      if (asReported && (period.month === undefined || Object.keys(period).length > 1 || policy !== undefined))
        throw new AppError('invalid_input', 'Give --as-reported with --month alone: the rest was frozen with it');
      const input = { ...period, ...(policy !== undefined && { policy: readPolicy(policy) }) };
      await withWorkspace(invocation, { program: 'metrics' }, async (client) => {
        const locale = (await client.workspace.get()).locale;
        if (asReported && period.month !== undefined) {
          const { stamp, snapshot } = await client.closing.reported({ month: period.month });
          const title = `As reported at the close of ${minuteText(stamp.closedAt)}, version ${stamp.version}`;
          invocation.terminal.result({ ...snapshot, close: stamp }, `${title}\n${snapshotText(snapshot, locale)}`);
          return;
        }
        const snapshot = await client.metrics.snapshot(input);
        invocation.terminal.result(snapshot, snapshotText(snapshot, locale));
      });
    });
}
