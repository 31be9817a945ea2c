import { Command, InvalidArgumentError, Option } from 'commander';
import {
  COHORT_KINDS,
  COHORT_SPLITS,
  COHORT_UNITS,
  CohortSplitSchema,
  type CohortKind,
  type CohortMatrix,
  type CohortSplit,
  type CohortUnit,
  type TrialCohorts,
} from '../../../../shared/contract/retention.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { ratioText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseDay, parseWhole } from '../parse-options.ts';
import { readPolicy } from '../read-policy.ts';
import { sliceOf, withSliceOptions, type SliceOptions } from '../slice-options.ts';
import { csv, textTable } from '../text-table.ts';
import { comebacks, lifetimes } from './cohort-lifetimes.ts';

interface CohortsOptions extends SliceOptions {
  readonly kind: CohortKind | 'trial' | 'survival' | 'returned';
  readonly unit: CohortUnit;
  readonly by?: CohortSplit;
  readonly group?: string;
  readonly policy?: PolicyInput;
  readonly csv?: boolean;
  readonly last?: number;
  readonly asOf?: PlainDay;
}

/** `vario cohorts`: who stays, by the period of the first payment. */
export function cohortsCommand(run: Process): Command {
  return withSliceOptions(new Command('cohorts'))
    .description('retention by cohort: the share of customers, or of their MRR, that is left')
    .addOption(
      new Option(
        '--kind <kind>',
        'customers, MRR without (gross) or with (net) expansion, trials that converted, how long customers stay, or who came back',
      )
        .choices([...COHORT_KINDS, 'trial', 'survival', 'returned'])
        .default('logo'),
    )
    .addOption(new Option('--unit <unit>', 'length of a period').choices([...COHORT_UNITS]).default('month'))
    .option(
      '--by <what>',
      `also the mean of each of these groups: ${COHORT_SPLITS.join(', ')}, or metadata:KEY of the customers`,
      parseSplit,
    )
    .option('--group <name>', 'only this group’s customers; needs --by')
    .option('--last <n>', 'only the last so many periods; default: all', parseWhole(1, 1200))
    .option('--policy <policy>', 'a named policy, or a JSON file with an own one; default: the company’s', readPolicy)
    .option('--csv', 'one row per cohort, as CSV')
    .option('--as-of <day>', 'the state at the end of this day; default: today', parseDay)
    .addHelpText(
      'after',
      '\nColumn 0 is the end of the first period. A value of a period that is still running has a star.\nFiscal units follow the company’s fiscal year (vario config set fiscalYearStartMonth 4), named after its last year.\n\nExamples:\n  vario cohorts\n  vario cohorts --kind net --unit quarter --json\n  vario cohorts --by plan --group Team\n  vario cohorts --unit fiscal_quarter --by metadata:segment --csv > cohorts.csv\n  vario cohorts --kind gross --policy chartmogul\n  vario cohorts --kind trial --unit quarter\n  vario cohorts --kind survival --where plan=Pro --json\n  vario cohorts --kind returned --csv > returned.csv\n  vario cohorts --where country=DE --where channel=ads',
    )
    .action(async (options: CohortsOptions, command: Command) => {
      if (options.group !== undefined && options.by === undefined)
        command.error('error: --group names a group of --by, which is missing');
      const { csv: asCsv, kind, policy, where, segment, ...asked } = options;
      if (kind === 'trial' && [asked.by, policy].some((option) => option !== undefined))
        command.error('error: --kind trial takes neither --by nor --policy');
      const isLifetimes = kind === 'survival' || kind === 'returned';
      if (isLifetimes && (asked.last !== undefined || command.getOptionValueSource('unit') === 'cli'))
        command.error(`error: --kind ${kind} takes neither --unit nor --last: it is of all days`);
      if (isLifetimes && asked.by !== undefined && asked.group === undefined)
        command.error(`error: --kind ${kind} is of one group: --by needs --group`);
      const slice = sliceOf({ ...(where && { where }), ...(segment && { segment }) });
      const under = policy === undefined ? {} : { policy };
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'cohorts' }, async (client) => {
        if (kind === 'trial') {
          const { rows, ...rest } = await client.retention.trials({ ...asked, ...(slice && { slice }) });
          const shown = rows.map((row) => ({ ...row, size: row.started, values: [row.rate.value] }));
          invocation.terminal.result({ kind, ...rest, rows: shown }, trialsText(rows, asCsv === true));
          return;
        }
        if (isLifetimes) {
          const { unit: _unit, last: _last, ...chosen } = asked;
          const tell = kind === 'survival' ? lifetimes : comebacks;
          const { document, text } = await tell(
            client,
            { ...chosen, ...under, ...(slice && { slice }) },
            asCsv === true,
          );
          invocation.terminal.result(document, text);
          return;
        }
        const matrix = await client.retention.cohorts({ ...asked, ...under, kind, ...(slice && { slice }) });
        invocation.terminal.result(matrix, asCsv ? matrixCsv(matrix) : matrixText(matrix));
      });
    });
}

function trialsText(rows: TrialCohorts['rows'], asCsv: boolean): string {
  const counts = ({ cohort, started, converted, lost, open }: TrialCohorts['rows'][number]) =>
    [cohort, started, converted, lost, open] as const;
  if (asCsv)
    return csv(
      ['cohort', 'started', 'converted', 'lost', 'open', 'open_until', 'rate'],
      rows.map((row) => [...counts(row), row.openUntil, row.rate.value]),
    );
  const titles = ['Started', 'Converted', 'Lost', 'Open', 'Open until', 'Rate'].map((title) => ({
    title,
    align: 'right' as const,
  }));
  return textTable(
    [{ title: 'Cohort' }, ...titles],
    rows.map((row) => [...counts(row), row.openUntil ?? '', row.rate.value === null ? '—' : ratioText(row.rate.value)]),
  );
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

/** Fractions as they are; an age that is not reached, or not defined, is empty. */
function matrixCsv({ rows, average, groups }: CohortMatrix): string {
  const ages = average.map((_, age) => `age_${age}`);
  return csv(
    ['group', 'cohort', 'size', 'base', ...ages],
    [
      ...rows.map(({ cohort, size, base, values }) => ['', cohort, size, base, ...values]),
      ['', 'mean', null, null, ...average],
      ...groups.map((group) => [group.group, 'mean', group.customers, null, ...group.average]),
    ],
  );
}

function parseSplit(text: string): CohortSplit {
  const parsed = CohortSplitSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`Give ${COHORT_SPLITS.join(', ')}, or metadata:KEY.`);
}
