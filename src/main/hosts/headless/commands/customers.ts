import { Command } from 'commander';
import { CUSTOMER_STATES } from '../../../../shared/contract/customer-state.ts';
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { CustomerFilter, FilterCondition } from '../../../../shared/contract/segments.ts';
import type { Client } from '../headless.ts';
import { eraseCustomerCommand, exportCustomerCommand } from './customer-data.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { moneyText } from '../../figure-text.ts';
import { parseWhole } from '../parse-options.ts';
import { withSliceOptions, type SliceOptions } from '../slice-options.ts';
import { csv, textTable } from '../text-table.ts';

interface CustomersOptions extends SliceOptions {
  readonly search?: string;
  readonly limit?: number;
  readonly csv?: boolean;
}

const PAGE = 500;

/** `vario customers`: the customers by MRR. */
export function customersCommand(run: Process): Command {
  return withSliceOptions(new Command('customers'))
    .description('the customers, largest first')
    .option('--search <text>', 'only those whose name or e-mail contains this, or with this id at the vendor')
    .option('--limit <n>', 'at most so many; default: all', parseWhole(1, 1_000_000))
    .option('--csv', 'one row per customer, as CSV')
    .addCommand(exportCustomerCommand(run))
    .addCommand(eraseCustomerCommand(run))
    .addHelpText(
      'after',
      `\n--segment also takes a state: ${CUSTOMER_STATES.join(', ')}.\n\nExamples:\n  vario customers --limit 20\n  vario customers --segment past_due --json\n  vario customers --segment "Loyal in Germany" --search acme\n  vario customers --where plan=Pro --where country=DE --csv > pro.csv`,
    )
    .action(async ({ segment = [], where = [], search, limit, csv: asCsv }: CustomersOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'customers' }, async (client) => {
        const conditions = where.filter((condition): condition is FilterCondition => condition.dimension !== 'segment');
        const chosen = await chooseBy(client, segment);
        const filter: CustomerFilter = {
          ...chosen.filter,
          ...(conditions.length > 0 && { where: conditions }),
        };
        const page = await allCustomers(
          client,
          {
            ...(chosen.segment !== undefined && { segment: chosen.segment }),
            ...(search !== undefined && { search }),
            ...(Object.keys(filter).length > 0 && { filter }),
          },
          limit ?? Number.POSITIVE_INFINITY,
        );
        const text = asCsv ? customersCsv(page.rows, page.currency) : customersText(page.rows, page.currency);
        invocation.terminal.result(page, text);
      });
    });
}

/** A saved segment where there is one of the name, else a state. */
async function chooseBy(
  client: Client,
  names: readonly string[],
): Promise<{ segment?: string; filter: CustomerFilter }> {
  const name = names.at(-1);
  if (name === undefined) return { filter: {} };
  const saved = (await client.segments.list()).some((one) => one.name.toLowerCase() === name.toLowerCase());
  const state = CUSTOMER_STATES.find((known) => known === name);
  return state === undefined || saved ? { segment: name, filter: {} } : { filter: { states: [state] } };
}

type Query = Omit<Parameters<Client['customers']['list']>[0], 'offset' | 'limit'>;

async function allCustomers(client: Client, query: Query, limit: number) {
  const rows: CustomerRow[] = [];
  for (;;) {
    const page = await client.customers.list({
      ...query,
      offset: rows.length,
      limit: Math.min(PAGE, limit - rows.length),
    });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= Math.min(limit, page.total))
      return { currency: page.currency, total: page.total, rows };
  }
}

function customersText(rows: readonly CustomerRow[], currency: Parameters<typeof moneyText>[1]): string {
  return textTable(
    [
      { title: 'Customer' },
      { title: 'State' },
      { title: 'MRR', align: 'right' },
      { title: 'Plan' },
      { title: 'Since' },
    ],
    rows.map((row) => [row.name, row.state, moneyText(row.mrr, currency), row.plan, row.customerSince]),
  );
}

function customersCsv(rows: readonly CustomerRow[], currency: string): string {
  return csv(
    ['customer_id', 'name', 'email', 'country', 'state', 'mrr_minor', 'currency', 'plan', 'since', 'churned_on'],
    rows.map((row) => [
      row.customerId,
      row.name,
      row.email,
      row.country,
      row.state,
      row.mrr,
      currency,
      row.plan,
      row.customerSince,
      row.churnedOn,
    ]),
  );
}
