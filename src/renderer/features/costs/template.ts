/** Files of costs as they are offered for download: the template, and what is recorded. Both can be imported again. */
import { COST_COLUMNS, type Cost } from '../../../shared/contract/costs.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { decimalText } from '../../../shared/kernel/money.ts';
import { toCsv, type ExportCell } from '../../lib/delimited.ts';

/** One row of each kind for a month, with zeros to write over. */
export function costsTemplate(month: PlainMonth, currency: CurrencyCode): string {
  const rows: (readonly [kind: string, channel: string])[] = [
    ['marketing', 'ads'],
    ['marketing', 'content'],
    ['sales', ''],
    ['cogs', ''],
    ['rnd', ''],
    ['ga', ''],
    ['other', ''],
  ];
  return toCsv(
    COST_COLUMNS,
    rows.map(([kind, channel]) => [month, kind, channel, '0', currency]),
  );
}

export const EXPORT_COLUMNS: readonly string[] = [...COST_COLUMNS, 'note'];

/** The recorded costs, as the import reads them. */
export function exportedCosts(costs: readonly Cost[]): ExportCell[][] {
  return costs.map(({ month, kind, channel, amount, currency, note }) => [
    month,
    kind,
    channel,
    decimalText(amount, currency),
    currency,
    note,
  ]);
}
