/** The template of a file of costs, as it is offered for download. */
import { COST_COLUMNS } from '../../../shared/contract/costs.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { toCsv } from '../../lib/delimited.ts';

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
