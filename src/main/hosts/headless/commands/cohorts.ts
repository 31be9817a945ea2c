import { Command, Option } from 'commander';
import {
  COHORT_KINDS,
  COHORT_SPLITS,
  COHORT_UNITS,
  type CohortKind,
  type CohortMatrix,
  type CohortSplit,
  type CohortUnit,
} from '../../../../shared/contract/retention.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { ratioText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseDay, parseWhole } from '../parse-options.ts';
import { textTable } from '../text-table.ts';

interface CohortsOptions {
  readonly kind: CohortKind;
  readonly unit: CohortUnit;
  readonly by?: CohortSplit;
  readonly group?: string;
  readonly last?: number;
  readonly asOf?: PlainDay;
}

/** `vario cohorts`: who stays, by the period of the first payment. */
export function cohortsCommand(run: Process): Command {
  return new Command('cohorts')
    .description('retention by cohort: the share of customers, or of their MRR, that is left')
    .addOption(
      new Option('--kind <kind>', 'customers, or MRR without (gross) or with (net) expansion')
        .choices([...COHORT_KINDS])
        .default('logo'),
    )
    .addOption(new Option('--unit <unit>', 'length of a period').choices([...COHORT_UNITS]).default('month'))
    .addOption(new Option('--by <what>', 'also the mean of each of these groups').choices([...COHORT_SPLITS]))
    .option('--group <name>', 'only this group’s customers; needs --by')
    .option('--last <n>', 'only the last so many periods; default: all', parseWhole(1, 1200))
    .option('--as-of <day>', 'the state at the end of this day; default: today', parseDay)
    .addHelpText(
      'after',
      '\nColumn 0 is the end of the first period. A value of a period that is still running has a star.\n\nExamples:\n  vario cohorts\n  vario cohorts --kind net --unit quarter --json\n  vario cohorts --by plan --group Team',
    )
    .action(async (options: CohortsOptions, command: Command) => {
      if (options.group !== undefined && options.by === undefined)
        command.error('error: --group names a group of --by, which is missing');
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'cohorts' }, async (client) => {
        const matrix = await client.retention.cohorts(options);
        invocation.terminal.result(matrix, matrixText(matrix));
      });
    });
}

function matrixText({ rows, average, groups, running }: CohortMatrix): string {
  const ages = average.map((_, age) => ({ title: String(age), align: 'right' as const }));
  const cells = (values: readonly (number | null)[], star: boolean) => {
    const last = star ? values.findLastIndex((value) => value !== null) : -1;
    return values.map((value, age) => (value === null ? '' : `${ratioText(value)}${age === last ? '*' : ''}`));
  };
  const columns = [{ title: 'Cohort' }, { title: 'Size', align: 'right' as const }, ...ages];
  return textTable(columns, [
    ...rows.map((row) => [row.cohort, String(row.size), ...cells(row.values, running)]),
    ['Mean', '', ...cells(average, false)],
    ...groups.map((group) => [group.group, String(group.customers), ...cells(group.average, false)]),
  ]);
}
