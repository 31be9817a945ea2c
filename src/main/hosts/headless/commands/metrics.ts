import { Command } from 'commander';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import { monthOf } from '../../../../shared/kernel/day.ts';
import { minuteText } from '../../../../shared/kernel/instant.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseCurrency, parseDay, parseMonth } from '../parse-options.ts';
import { readPolicy } from '../read-policy.ts';
import { parseDimension, sliceOf, withSliceOptions, type SliceOptions } from '../slice-options.ts';
import { byPartCsv, byPartText, metricsByPart } from './metrics-by-part.ts';
import { snapshotCsv, snapshotText } from './snapshot-text.ts';

interface MetricsOptions extends SliceOptions {
  /** A day, or true for the day before the period. */
  readonly constantCurrency?: ReturnType<typeof parseDay> | true;
  readonly asOf?: ReturnType<typeof parseDay>;
  readonly month?: ReturnType<typeof parseMonth>;
  readonly policy?: PolicyInput;
  readonly currency?: ReturnType<typeof parseCurrency>;
  readonly asReported?: boolean;
  readonly csv?: boolean;
  readonly by?: ReturnType<typeof parseDimension>;
}

/** `vario metrics`: every metric of a day or a month. */
export function metricsCommand(run: Process): Command {
  return withSliceOptions(new Command('metrics'))
    .description('all metrics of a day or a month')
    .option('--as-of <day>', 'the state at the end of this day; default: today', parseDay)
    .option('--month <month>', 'a whole month, YYYY-MM; with --as-of up to that day', parseMonth)
    .option(
      '--policy <policy>',
      'the counting rules: a name of vario policies, or a JSON file with an own policy',
      readPolicy,
    )
    .option('--currency <code>', 'the reporting currency', parseCurrency)
    .option('--constant-currency [day]', 'all at one day’s rates; default: those of the period’s opening', parseDay)
    .option(
      '--by <dimension>',
      'MRR, net revenue, cash, fees, refunds, disputes, tax and discounts by its values, which add up',
      parseDimension,
    )
    .option('--csv', 'one row per figure, as CSV')
    .option('--as-reported', 'with --month: what was frozen when the month was closed')
    .addHelpText(
      'after',
      '\nExamples:\n  vario metrics\n  vario metrics --month 2026-10 --json\n  vario metrics --as-of 2026-10-31 --currency EUR\n  vario metrics --policy chartmogul --json\n  vario metrics --where plan=Pro --where country=DE --month 2026-10\n  vario metrics --month 2026-10 --constant-currency\n  vario metrics --month 2026-10 --by plan --json\n  vario metrics --month 2026-10 --as-reported\n  vario metrics --month 2026-10 --csv > october.csv',
    )
    .action(async (options: MetricsOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { policy, constantCurrency, where, segment, by, asReported = false, csv = false, ...period } = options;
      const textOf = csv ? snapshotCsv : snapshotText;
      const slice = sliceOf({ ...(where && { where }), ...(segment && { segment }) });
      const isCut = policy !== undefined || slice !== undefined || constantCurrency !== undefined || by !== undefined;
      if (by !== undefined && (policy !== undefined || constantCurrency !== undefined || period.currency !== undefined))
        command.error('error: give --by with a period, --where and --segment alone: revenue and cash know no policy');
      if (asReported && (period.month === undefined || Object.keys(period).length > 1 || isCut))
        command.error('error: give --as-reported with --month alone: the rest was frozen with it');
      if (period.month !== undefined && period.asOf !== undefined && monthOf(period.asOf) !== period.month)
        command.error(`error: ${period.asOf} (--as-of) is no day of ${period.month} (--month)`);
      const input = {
        ...period,
        ...(policy !== undefined && { policy }),
        ...(slice && { slice }),
        ...(constantCurrency !== undefined && {
          constantCurrency: constantCurrency === true ? {} : { at: constantCurrency },
        }),
      };
      await withWorkspace(invocation, { program: 'metrics' }, async (client) => {
        if (by !== undefined) {
          const parts = await metricsByPart(client, { by, ...period, ...(slice && { slice }) });
          invocation.terminal.result(parts, csv ? byPartCsv(parts) : byPartText(parts));
          return;
        }
        if (asReported && period.month !== undefined) {
          const { stamp, snapshot } = await client.closing.reported({ month: period.month });
          const title = `As reported at the close of ${minuteText(stamp.closedAt)}, version ${stamp.version}`;
          if (csv) invocation.terminal.note(title);
          invocation.terminal.result({ ...snapshot, close: stamp }, `${csv ? '' : `${title}\n`}${textOf(snapshot)}`);
          return;
        }
        const snapshot = await client.metrics.snapshot(input);
        const { history } = await client.metrics.freshness();
        if (history.complete) {
          invocation.terminal.result(snapshot, textOf(snapshot));
          return;
        }
        const before = history.from === null ? '' : ` before ${history.from}`;
        const provisional = `Provisional${before}: the first sync is not through.`;
        if (csv) invocation.terminal.note(provisional);
        invocation.terminal.result(
          { ...snapshot, provisional: { before: history.from } },
          `${csv ? '' : `${provisional}\n`}${textOf(snapshot)}`,
        );
      });
    });
}
