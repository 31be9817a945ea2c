/** A column of money in one currency: short on the screen, exact in the file. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { decimalText, money, type Minor } from '../../../shared/kernel/money.ts';
import type { Formatter } from '../../lib/format.ts';
import { NO_VALUE } from '../../../shared/formats/number.ts';
import type { Column } from '../../ui/table-model.ts';

interface AmountColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** Null where it cannot be computed. */
  readonly of: (row: Row) => Minor | null;
}

/** @returns makes columns of that currency, `width` CSS pixels wide. */
export function amountColumns<Row>(
  currency: CurrencyCode,
  format: Formatter,
  width: number,
): (column: AmountColumn<Row>) => Column<Row> {
  return ({ id, header, of }) => ({
    id,
    header,
    align: 'end',
    width,
    value: of,
    text: (row) => {
      const value = of(row);
      return value === null ? NO_VALUE : format.money(money(value, currency));
    },
    exported: (row) => {
      const value = of(row);
      return value === null ? null : decimalText(value, currency);
    },
  });
}
