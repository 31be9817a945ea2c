import { Command } from 'commander';
import type { Cliff, CliffReport, DiscountsReport } from '../../../../shared/contract/revenue.ts';
import { moneyText, ratioText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { parseWhole } from '../parse-options.ts';
import { sliceOf, withSliceOptions, type SliceOptions } from '../slice-options.ts';
import { csv, textTable } from '../text-table.ts';

interface DiscountsOptions extends SliceOptions {
  readonly months?: number;
  readonly back?: number;
  readonly coupon?: string;
  readonly past?: boolean;
  readonly csv?: boolean;
}

/** `vario discounts`: what discounts give away, and when limited ones end. */
export function discountsCommand(run: Process): Command {
  return withSliceOptions(new Command('discounts'))
    .description('what discounts give away, and the days on which limited ones end')
    .option('--months <n>', 'how far ahead; default: 12', parseWhole(1, 60))
    .option('--back <n>', 'how many months of ended discounts to look at; default: 24', parseWhole(1, 60))
    .option('--coupon <id>', 'only this coupon’s')
    .option('--past', 'list those that ended, with what became of them')
    .option('--csv', 'one row per customer, as CSV')
    .addHelpText(
      'after',
      '\nOf a discount that ended, the outcome is what the customer pays 60 days later: the new price (kept), less (contracted) or nothing (churned).\n\nExamples:\n  vario discounts\n  vario discounts --months 24 --json\n  vario discounts --coupon LAUNCH25 --csv > cliffs.csv\n  vario discounts --past\n  vario discounts --where country=DE --segment Large',
    )
    .action(async (options: DiscountsOptions, command: Command) => {
      const { months, back, coupon, past = false, csv: asCsv, where, segment } = options;
      const slice = sliceOf({ ...(where && { where }), ...(segment && { segment }) });
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'discounts' }, async (client) => {
        const [report, given] = await Promise.all([
          client.revenue.cliffs({
            ...(months !== undefined && { months }),
            ...(back !== undefined && { pastMonths: back }),
            ...(coupon !== undefined && { coupon }),
            ...(slice && { slice }),
          }),
          client.revenue.discounts(slice ? { slice } : {}),
        ]);
        const rows = past ? report.past.rows : report.upcoming.rows;
        const text = asCsv ? rowsCsv(rows, report.currency) : reportText(report, given, rows);
        invocation.terminal.result({ ...report, given }, text);
      });
    });
}

function reportText(report: CliffReport, given: DiscountsReport, rows: readonly Cliff[]): string {
  const money = (amount: number | null) => moneyText(amount, report.currency);
  const { upcoming, past } = report;
  return [
    `Discounts give ${money(given.given)} of MRR away (${ratioText(given.share.value)} of list prices).`,
    `To come: ${upcoming.cliffs} ends, ${upcoming.customers} customers; ${money(upcoming.atRisk)} of MRR at risk, ${money(upcoming.uplift)} more at the new prices.`,
    `So far: ${past.decided} decided, ${past.kept} kept, ${past.contracted} contracted, ${past.churned} churned; ${money(past.realised)} of ${money(past.uplift)} realised (${ratioText(past.realisedRate.value)}).`,
    '',
    textTable(
      [
        { title: 'On' },
        { title: 'Customer' },
        { title: 'Plan' },
        { title: 'MRR now', align: 'right' },
        { title: 'Then', align: 'right' },
        { title: 'Outcome' },
        { title: 'Why' },
      ],
      rows.map((row) => [
        row.on,
        row.customerName,
        row.plan,
        money(row.before),
        money(row.after),
        row.outcome,
        row.why,
      ]),
    ),
    ...(report.withoutRate.length === 0
      ? []
      : ['', `Without an exchange rate, and in no sum: ${report.withoutRate.join(', ')}`]),
  ].join('\n');
}

/** Amounts in minor units, as everywhere on the command line. */
function rowsCsv(rows: readonly Cliff[], currency: string): string {
  return csv(
    [
      'on',
      'customer_id',
      'customer',
      'subscription',
      'plan',
      'coupons',
      'why',
      'before',
      'after',
      'uplift',
      'currency',
      'outcome',
      'realised',
    ],
    rows.map((row) => [
      row.on,
      row.customerId,
      row.customerName,
      row.subscriptionId,
      row.plan,
      row.coupons.map(({ id }) => id).join(' '),
      row.why,
      row.before,
      row.after,
      row.uplift,
      currency,
      row.outcome,
      row.realised,
    ]),
  );
}
