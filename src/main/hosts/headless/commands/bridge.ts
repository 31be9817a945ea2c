import { Command } from 'commander';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { PolicyBridge } from '../../../../shared/contract/policy-bridge.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { moneyText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseCurrency, parseDay } from '../parse-options.ts';
import { readPolicy } from '../read-policy.ts';
import { csv, textTable, type Cell } from '../text-table.ts';

interface BridgeOptions {
  readonly toPolicy: PolicyInput;
  readonly fromPolicy?: PolicyInput;
  readonly asOf?: PlainDay;
  readonly currency?: CurrencyCode;
  readonly csv?: boolean;
}

/** Customers shown under each rule in a terminal; `--json` has all. */
const SHOWN = 5;

/** `vario bridge`: what lies between the MRR of two policies, rule by rule. */
export function bridgeCommand(run: Process): Command {
  return new Command('bridge')
    .description('the difference between two policies by rule, with the customers behind it')
    .requiredOption('--to-policy <policy>', 'a named policy, or a JSON file with an own one', readPolicy)
    .option('--from-policy <policy>', 'default: the company’s policy', readPolicy)
    .option('--as-of <day>', 'the state at the end of this day; default: today', parseDay)
    .option('--currency <code>', 'the reporting currency', parseCurrency)
    .option('--csv', 'one row per rule and customer, as CSV')
    .addHelpText(
      'after',
      '\nRules are turned one after the other, in the order of vario policies; the lines add up to the difference.\n\nExamples:\n  vario bridge --to-policy stripe\n  vario bridge --as-of 2026-10-31 --from-policy chartmogul --to-policy baremetrics --json\n  vario bridge --to-policy own.json\n  vario bridge --to-policy stripe --csv > bridge.csv',
    )
    .action(async ({ fromPolicy, toPolicy, asOf, currency, csv: asCsv }: BridgeOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const input = {
        to: toPolicy,
        ...(fromPolicy !== undefined && { from: fromPolicy }),
        ...(asOf !== undefined && { asOf }),
        ...(currency !== undefined && { currency }),
      };
      await withWorkspace(invocation, { program: 'bridge' }, async (client) => {
        const bridge = await client.metrics.policyBridge(input);
        invocation.terminal.result(bridge, asCsv ? bridgeCsv(bridge) : bridgeText(bridge));
      });
    });
}

/** The rows of one rule add up to it; between the two policies' own rows they add up to the difference. */
function bridgeCsv({ currency, from, to, rules }: PolicyBridge): string {
  return csv(
    ['rule', 'customer_id', 'customer', 'mrr_minor', 'arr_minor', 'currency'],
    [
      [from.policy, null, null, from.mrr, from.arr, currency],
      ...rules.flatMap(({ rule, customers }) =>
        customers.map(({ customerId, name, mrr, arr }): Cell[] => [rule, customerId, name, mrr, arr, currency]),
      ),
      [to.policy, null, null, to.mrr, to.arr, currency],
    ],
  );
}

function bridgeText({ asOf, currency, from, to, rules, withoutRate }: PolicyBridge): string {
  const money = (amount: number) => moneyText(amount, currency);
  const rows = rules.flatMap(({ rule, mrr, arr, customers }): Cell[][] => [
    [rule, money(mrr), money(arr), customers.length],
    ...customers
      .slice(0, SHOWN)
      .map((customer): Cell[] => [`  ${customer.name}`, money(customer.mrr), money(customer.arr), null]),
    ...(customers.length > SHOWN ? [[`  and ${customers.length - SHOWN} more`, null, null, null]] : []),
  ]);
  const table = textTable(
    [
      { title: 'Rule' },
      { title: 'MRR', align: 'right' },
      { title: 'ARR', align: 'right' },
      { title: 'Customers', align: 'right' },
    ],
    [[from.policy, money(from.mrr), money(from.arr), null], ...rows, [to.policy, money(to.mrr), money(to.arr), null]],
  );
  const missing = withoutRate.length > 0 ? ['', `Without a rate and in neither sum: ${withoutRate.join(', ')}`] : [];
  return [`${from.policy} to ${to.policy} · ${asOf} · ${currency}`, '', table, ...missing].join('\n');
}
