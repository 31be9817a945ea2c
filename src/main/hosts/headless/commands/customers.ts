import { Command, Option } from 'commander';
import { CUSTOMER_STATES } from '../../../../shared/contract/customer-state.ts';
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { moneyText } from '../../figure-text.ts';
import { parseWhole } from '../parse-options.ts';
import { textTable } from '../text-table.ts';

interface CustomersOptions {
  readonly segment?: CustomerRow['state'];
  readonly search?: string;
  readonly limit?: number;
}

const PAGE = 500;

/** `vario customers`: the customers by MRR. */
export function customersCommand(run: Process): Command {
  return new Command('customers')
    .description('the customers, largest first')
    .addOption(new Option('--segment <state>', 'only those in this state').choices([...CUSTOMER_STATES]))
    .option('--search <text>', 'only those whose name or e-mail contains this')
    .option('--limit <n>', 'at most so many; default: all', parseWhole(1, 1_000_000))
    .addHelpText('after', '\nExamples:\n  vario customers --limit 20\n  vario customers --segment past_due --json')
    .action(async ({ segment, search, limit = Number.POSITIVE_INFINITY }: CustomersOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'customers' }, async (client) => {
        const rows: CustomerRow[] = [];
        for (;;) {
          const page = await client.customers.list({
            ...(segment && { state: segment }),
            ...(search !== undefined && { search }),
            offset: rows.length,
            limit: Math.min(PAGE, limit - rows.length),
          });
          rows.push(...page.rows);
          if (page.rows.length > 0 && rows.length < Math.min(limit, page.total)) continue;
          const { locale } = await client.workspace.get();
          const table = textTable(
            [
              { title: 'Customer' },
              { title: 'State' },
              { title: 'MRR', align: 'right' },
              { title: 'Plan' },
              { title: 'Since' },
            ],
            rows.map((row) => [
              row.name,
              row.state,
              moneyText(row.mrr, page.currency, locale),
              row.plan,
              row.customerSince,
            ]),
          );
          invocation.terminal.result({ currency: page.currency, total: page.total, rows }, table);
          return;
        }
      });
    });
}
