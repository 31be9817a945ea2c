import { Command, Option } from 'commander';
import type { Alert } from '../../../../shared/contract/alerts.ts';
import { isoOfInstant, type Instant } from '../../../../shared/kernel/instant.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { textTable } from '../text-table.ts';

const PAGE = 200;

/** `vario alerts`: the inbox. */
export function alertsCommand(run: Process): Command {
  return new Command('alerts')
    .description('what needs attention, newest first')
    .addOption(new Option('--state <state>', 'which ones').choices(['open', 'snoozed', 'done', 'all']).default('open'))
    .addHelpText('after', '\nExamples:\n  vario alerts\n  vario alerts --state all --json')
    .action(async ({ state }: { state: Alert['state'] | 'all' }, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'alerts' }, async (client) => {
        const rows: Alert[] = [];
        let open = 0;
        for (let cursor: string | null | undefined; cursor !== null;) {
          const page = await client.alerts.list({ state, limit: PAGE, ...(cursor !== undefined && { cursor }) });
          rows.push(...page.rows);
          ({ open, cursor } = page);
        }
        const table = textTable(
          [{ title: 'Day' }, { title: 'Severity' }, { title: 'Alert' }, { title: 'Next' }],
          rows.map((row) => [row.on, row.severity, row.title, row.nextAction]),
        );
        const quiet = await client.alerts.quiet();
        const text = rows.length === 0 ? 'Nothing needs attention' : table;
        invocation.terminal.result({ open, rows, quiet }, [text, ...quietText(quiet)].join('\n\n'));
      });
    });
}

function quietText({ until, held }: { readonly until: Instant | null; readonly held: number }): string[] {
  if (until === null) return [];
  const waiting = held === 1 ? '1 notification waits' : `${held} notifications wait`;
  return [`Quiet hours until ${isoOfInstant(until)}: ${waiting} for their end`];
}
