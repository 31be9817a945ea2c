import { Command } from 'commander';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseCurrency, parseDay, parseMonth } from '../parse-options.ts';
import { readPolicy } from '../read-policy.ts';
import { snapshotText } from './snapshot-text.ts';

interface MetricsOptions {
  readonly asOf?: ReturnType<typeof parseDay>;
  readonly month?: ReturnType<typeof parseMonth>;
  readonly policy?: string;
  readonly currency?: ReturnType<typeof parseCurrency>;
}

/** `vario metrics`: every metric of a day or a month. */
export function metricsCommand(run: Process): Command {
  return new Command('metrics')
    .description('all metrics of a day or a month')
    .option('--as-of <day>', 'the state at the end of this day; default: today', parseDay)
    .option('--month <month>', 'a whole month, YYYY-MM', parseMonth)
    .option('--policy <policy>', 'the counting rules: a name of vario policies, or a JSON file with an own policy')
    .option('--currency <code>', 'the reporting currency', parseCurrency)
    .addHelpText(
      'after',
      '\nExamples:\n  vario metrics\n  vario metrics --month 2026-10 --json\n  vario metrics --as-of 2026-10-31 --currency EUR\n  vario metrics --policy chartmogul --json',
    )
    .action(async (options: MetricsOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { policy, ...period } = options;
      const input = { ...period, ...(policy !== undefined && { policy: readPolicy(policy) }) };
      await withWorkspace(invocation, { program: 'metrics' }, async (client) => {
        const snapshot = await client.metrics.snapshot(input);
        const locale = (await client.workspace.get()).locale;
        invocation.terminal.result(snapshot, snapshotText(snapshot, locale));
      });
    });
}
