import { Command, Option } from 'commander';
import { CUSTOMER_STATES, type CustomerState } from '../../../../shared/contract/customer-state.ts';
import type { CustomerFilter, FilterCondition, Segment } from '../../../../shared/contract/segments.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseDay, parseWhole } from '../parse-options.ts';
import { withSliceOptions } from '../slice-options.ts';
import { textTable } from '../text-table.ts';

interface AddOptions {
  readonly where?: Slice['where'];
  readonly state?: CustomerState[];
  readonly search?: string;
  readonly mrrFrom?: number;
  readonly mrrTo?: number;
  readonly firstPaidFrom?: PlainDay;
  readonly firstPaidTo?: PlainDay;
  readonly churnedFrom?: PlainDay;
  readonly churnedTo?: PlainDay;
}

const MOST = Number.MAX_SAFE_INTEGER;

/** `vario segments`: saved filters over customers. */
export function segmentsCommand(run: Process): Command {
  return new Command('segments')
    .description('saved filters over customers, to be used wherever --segment is')
    .addHelpText(
      'after',
      '\nExamples:\n  vario segments\n  vario segments add "Large in Germany" --where country=DE --mrr-from 50000\n  vario segments rename "Large in Germany" "DACH enterprise"\n  vario segments remove "DACH enterprise"\n  vario metrics --segment "Large in Germany" --json',
    )
    .action(async (_options: object, command: Command) => {
      await list(command, run);
    })
    .addCommand(
      new Command('list')
        .description('all of them, with their customers today')
        .addHelpText('after', '\nExamples:\n  vario segments list --json')
        .action(async (_options: object, command: Command) => {
          await list(command, run);
        }),
    )
    .addCommand(addCommand(run))
    .addCommand(
      new Command('rename')
        .description('gives one another name')
        .argument('<name>')
        .argument('<new name>')
        .addHelpText('after', '\nExamples:\n  vario segments rename Loyal "Loyal since 2024"')
        .action(async (name: string, next: string, _options: object, command: Command) => {
          await change(command, run, async (client) => {
            const { segmentId } = await find(client, name);
            return client.segments.save({ segmentId, name: next });
          });
        }),
    )
    .addCommand(
      new Command('remove')
        .description('takes one away; its id brings it back: vario segments restore ID')
        .argument('<name>')
        .addHelpText('after', '\nExamples:\n  vario segments remove Loyal')
        .action(async (name: string, _options: object, command: Command) => {
          await change(command, run, async (client) => client.segments.remove(await find(client, name)));
        }),
    )
    .addCommand(
      new Command('restore')
        .description('brings one back that was taken away')
        .argument('<id>', 'its id', parseWhole(1, MOST))
        .addHelpText('after', '\nExamples:\n  vario segments restore 3')
        .action(async (segmentId: number, _options: object, command: Command) => {
          await change(command, run, (client) => client.segments.restore({ segmentId }));
        }),
    );
}

function addCommand(run: Process): Command {
  return withSliceOptions(new Command('add'))
    .description('saves a filter under a name; all of what is given must hold')
    .argument('<name>')
    .addOption(new Option('--state <state...>', 'only these states').choices([...CUSTOMER_STATES]))
    .option('--search <text>', 'part of the name or e-mail')
    .option('--mrr-from <minor>', 'monthly, in minor units of the reporting currency', parseWhole(0, MOST))
    .option('--mrr-to <minor>', 'monthly, in minor units of the reporting currency', parseWhole(0, MOST))
    .option('--first-paid-from <day>', 'first paid on this day or later', parseDay)
    .option('--first-paid-to <day>', 'first paid on this day or earlier', parseDay)
    .option('--churned-from <day>', 'left on this day or later', parseDay)
    .option('--churned-to <day>', 'left on this day or earlier', parseDay)
    .addHelpText(
      'after',
      '\nExamples:\n  vario segments add Loyal --first-paid-to 2024-12-31 --state paying\n  vario segments add "Pro by ads" --where plan=Pro --where channel=ads --json',
    )
    .action(async (name: string, options: AddOptions, command: Command) => {
      await change(command, run, (client) => client.segments.save({ name, filter: filterOf(options) }));
    });
}

function filterOf(options: AddOptions): CustomerFilter {
  const { where = [], state, search, mrrFrom, mrrTo, firstPaidFrom, firstPaidTo, churnedFrom, churnedTo } = options;
  const conditions = where.filter((condition): condition is FilterCondition => condition.dimension !== 'segment');
  const mrr = {
    ...(mrrFrom !== undefined && { min: minor(mrrFrom) }),
    ...(mrrTo !== undefined && { max: minor(mrrTo) }),
  };
  const firstPaid = { ...(firstPaidFrom && { from: firstPaidFrom }), ...(firstPaidTo && { to: firstPaidTo }) };
  const churned = { ...(churnedFrom && { from: churnedFrom }), ...(churnedTo && { to: churnedTo }) };
  const isGiven = (part: object) => Object.keys(part).length > 0;
  return {
    ...(search !== undefined && { search }),
    ...(state && { states: state }),
    ...(conditions.length > 0 && { where: conditions }),
    ...(isGiven(mrr) && { mrr }),
    ...(isGiven(firstPaid) && { firstPaid }),
    ...(isGiven(churned) && { churned }),
  };
}

/** @throws AppError `not_found`, naming those there are. */
async function find(client: Client, name: string): Promise<{ segmentId: number }> {
  const all = await client.segments.list();
  const found = all.find((segment) => segment.name.toLowerCase() === name.toLowerCase());
  if (found) return { segmentId: found.segmentId };
  const known = all.length === 0 ? 'none is saved yet' : `known: ${all.map((segment) => segment.name).join(', ')}`;
  throw new AppError('not_found', `There is no segment “${name}”; ${known}`);
}

async function list(command: Command, run: Process): Promise<void> {
  const invocation = invocationOf(command, run);
  await withWorkspace(invocation, { program: 'segments' }, async (client) => {
    const segments = await client.segments.list();
    const table = textTable(
      [{ title: 'Id', align: 'right' }, { title: 'Segment' }, { title: 'Customers', align: 'right' }],
      segments.map(({ segmentId, name, customers }) => [segmentId, name, customers]),
    );
    invocation.terminal.result({ segments }, segments.length === 0 ? 'No segment is saved.' : table);
  });
}

async function change(command: Command, run: Process, work: (client: Client) => Promise<Segment>): Promise<void> {
  const invocation = invocationOf(command, run);
  await withWorkspace(invocation, { program: 'segments' }, async (client) => {
    const segment = await work(client);
    invocation.terminal.result(segment, `${segment.name} (${segment.segmentId})`);
  });
}
