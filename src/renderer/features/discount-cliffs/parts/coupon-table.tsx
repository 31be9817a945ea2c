/** What each coupon gives away today, lasting ones too. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DiscountsReport } from '../../../../shared/contract/revenue.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const HEIGHT = 272;
type CouponRow = DiscountsReport['coupons'][number];

export interface CouponTableProps {
  given: UseQueryResult<DiscountsReport>;
  coupon: string | undefined;
  onCoupon: (coupon: string | undefined) => void;
}

export function CouponTable({ given, coupon, onCoupon }: CouponTableProps): ReactNode {
  const format = useFormat();
  const state = stateOf(given);
  const { data } = given;
  return (
    <Tile flush title="Coupons in force" subtitle="A row filters by its coupon; lasting ones have no end">
      <DataTable
        label="Coupons in force"
        columns={data === undefined ? [] : couponColumns(data.currency, format)}
        rows={data?.coupons ?? []}
        rowKey={(row) => row.id}
        state={
          state.kind === 'ready' && data?.coupons.length === 0
            ? { kind: 'empty', title: 'No coupon in force', hint: 'Every customer pays the list price today.' }
            : state
        }
        maxHeight={HEIGHT}
        initialSort={{ column: 'given', descending: true }}
        onOpen={(row) => onCoupon(row.id === coupon ? undefined : row.id)}
        exportName="coupons in force"
      />
    </Tile>
  );
}

function couponColumns(currency: CurrencyCode, format: Formatter): Column<CouponRow>[] {
  return [
    {
      id: 'name',
      header: 'Coupon',
      value: (row) => row.name,
      cell: (row) => (
        <span className="block min-w-0 truncate" title={row.terms}>
          <span className="text-ink">{row.name}</span> <span className="text-xs text-subtle">{row.terms}</span>
        </span>
      ),
    },
    { id: 'customers', header: 'Customers', align: 'end', width: 104, value: (row) => row.customers },
    {
      id: 'given',
      header: 'Given',
      align: 'end',
      width: 84,
      value: (row) => row.given,
      text: (row) => format.money(money(row.given, currency), { form: 'whole' }),
      exported: (row) => decimalText(row.given, currency),
    },
  ];
}
