/** `vario cohorts --kind survival` and `--kind returned`: how long customers stay, and who came back. */
import type { ReturnedCustomer, SurvivalReport } from '../../../../shared/contract/retention.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { countText, decimalsText, moneyText, ratioText, UNDEFINED } from '../../figure-text.ts';
import type { Client } from '../headless.ts';
import { csv, textTable } from '../text-table.ts';

type Asked = Parameters<Client['retention']['survival']>[0];

/** What is printed: the document with --json, else the text. */
interface Answer {
  readonly document: object;
  readonly text: string;
}

/** The Kaplan–Meier curve with its band as `rows`, median, expected lifetime, and lifetime value by it and by churn. */
export async function lifetimes(client: Client, asked: Asked, asCsv: boolean): Promise<Answer> {
  const { steps, ...report } = await client.retention.survival(asked);
  const document = { kind: 'survival', ...report, rows: steps };
  return { document, text: asCsv ? stepsCsv(steps) : reportText({ ...report, steps }) };
}

const PAGE = 500;

/** Everybody who left and paid again, the latest return first. */
export async function comebacks(client: Client, asked: Asked, asCsv: boolean): Promise<Answer> {
  const first = await client.retention.returned({ ...asked, offset: 0, limit: PAGE });
  const rows = [...first.rows];
  while (rows.length < first.total) {
    const page = await client.retention.returned({ ...asked, offset: rows.length, limit: PAGE });
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  const { currency, total } = first;
  return {
    document: { kind: 'returned', currency, total, rows },
    text: asCsv ? returnedCsv(rows, currency) : returnedText(rows, currency),
  };
}

const RIGHT = 'right' as const;
const columnsOf = (...titles: readonly string[]) => titles.map((title) => ({ title, align: RIGHT }));

function reportText({ steps, currency, ...report }: SurvivalReport): string {
  const span = ({ value, low, high }: SurvivalReport['median']) =>
    value === null
      ? UNDEFINED
      : `${decimalsText(value, 1)} months (${decimalsText(low, 1)} to ${decimalsText(high, 1)})`;
  const money = ({ value }: { readonly value: number | null }) => moneyText(value, currency);
  const atLeast = report.lifetime.restricted ? ', at least: some still pay at the longest life seen' : '';
  const figures = [
    `Lives ${countText(report.lives)}, ended ${countText(report.ended)}, of these ${countText(report.returned)} came back`,
    `Half have left after   ${span(report.median)}`,
    `Expected lifetime      ${span(report.lifetime)}${atLeast}`,
    `Lifetime revenue       ${money(report.ltv.bySurvival)} by the curve, ${money(report.ltv.byChurn)} by churn`,
  ];
  const reasons = [
    report.median.reason,
    report.lifetime.reason,
    report.ltv.bySurvival.reason,
    report.ltv.byChurn.reason,
  ];
  const told = [...new Set(reasons)].filter((reason) => reason !== null);
  const table = textTable(
    columnsOf('Days', 'At risk', 'Left', 'Still pay', 'From', 'To'),
    steps.map((step) => [
      step.days,
      step.atRisk,
      step.ended,
      ratioText(step.survival),
      ratioText(step.low),
      ratioText(step.high),
    ]),
  );
  return [...figures, ...told, '', table].join('\n');
}

function stepsCsv(steps: SurvivalReport['steps']): string {
  return csv(
    ['days', 'at_risk', 'ended', 'survival', 'low', 'high'],
    steps.map(({ days, atRisk, ended, survival, low, high }) => [days, atRisk, ended, survival, low, high]),
  );
}

function returnedText(rows: readonly ReturnedCustomer[], currency: CurrencyCode): string {
  return textTable(
    [{ title: 'Customer' }, ...columnsOf('Left', 'Returned', 'Days away', 'MRR before', 'MRR now')],
    rows.map((row) => [
      row.name,
      row.leftOn,
      row.returnedOn,
      row.away,
      moneyText(row.before, currency),
      moneyText(row.now, currency),
    ]),
  );
}

function returnedCsv(rows: readonly ReturnedCustomer[], currency: CurrencyCode): string {
  return csv(
    ['customer_id', 'name', 'left_on', 'returned_on', 'days_away', 'mrr_before_minor', 'mrr_now_minor', 'currency'],
    rows.map((row) => [row.customerId, row.name, row.leftOn, row.returnedOn, row.away, row.before, row.now, currency]),
  );
}
