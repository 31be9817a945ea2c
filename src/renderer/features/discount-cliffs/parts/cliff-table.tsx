/** The ends one by one: those to come, or those that came with their outcome. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Cliff, CliffReport } from '../../../../shared/contract/revenue.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { monthOf } from '../../../../shared/kernel/day.ts';
import { decimalText, money, type Minor } from '../../../../shared/kernel/money.ts';
import type { DiscountsSearch } from '../../../lib/address/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const HEIGHT = 520;

export interface CliffTableProps {
  report: CliffReport;
  search: DiscountsSearch;
  onChange: (part: Partial<DiscountsSearch>) => void;
}

export function CliffTable({ report, search, onChange }: CliffTableProps): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const past = search.list === 'past';
  const all = past ? report.past.rows : report.upcoming.rows;
  const rows = past || search.month === undefined ? all : all.filter(({ on }) => monthOf(on) === search.month);
  return (
    <Tile
      flush
      title={past ? 'Discounts that ended' : 'Discounts that will end'}
      subtitle={
        past
          ? `The outcome is the customer’s MRR ${report.outcomeDays} days after the end`
          : search.month === undefined
            ? 'By day; a row leads to the customer'
            : `In ${format.month(search.month, 'long')}`
      }
      actions={
        <Segmented
          label="Which ends"
          className="self-center!"
          choices={[
            { value: 'upcoming', label: 'To come' },
            { value: 'past', label: 'Past' },
          ]}
          value={past ? 'past' : 'upcoming'}
          onChange={(list) => onChange({ list: list === 'past' ? list : undefined })}
        />
      }
    >
      <DataTable
        label={past ? 'Discounts that ended' : 'Discounts that will end'}
        columns={cliffColumns(report.currency, past, format)}
        rows={rows}
        rowKey={(row) => `${row.on} ${row.subscriptionId} ${row.why}`}
        state={
          rows.length === 0
            ? {
                kind: 'empty',
                title: past ? 'No discount has ended' : 'No discount ends',
                hint: past
                  ? 'What customers did when their discount ended is listed here.'
                  : 'Limited discounts in force are listed here with the day they end.',
              }
            : { kind: 'ready' }
        }
        maxHeight={HEIGHT}
        onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
        exportName={past ? 'discounts that ended' : 'discounts that will end'}
        toolbar={format.count(rows.length, { one: 'end', other: 'ends' })}
      />
    </Tile>
  );
}

const OUTCOMES: Readonly<Record<NonNullable<Cliff['outcome']>, { readonly label: string; readonly tone: Tone }>> = {
  kept: { label: 'Kept', tone: 'gain' },
  contracted: { label: 'Contracted', tone: 'warn' },
  churned: { label: 'Churned', tone: 'loss' },
  open: { label: 'Too early', tone: 'neutral' },
};

function cliffColumns(currency: CurrencyCode, past: boolean, format: Formatter): Column<Cliff>[] {
  const amount = (id: string, header: string, of: (row: Cliff) => Minor | null, signed: boolean): Column<Cliff> => ({
    id,
    header,
    align: 'end',
    width: 104,
    value: of,
    text: (row) => {
      const value = of(row);
      return value === null ? NO_VALUE : format.money(money(value, currency), { signed });
    },
    exported: (row) => {
      const value = of(row);
      return value === null ? null : decimalText(value, currency);
    },
  });
  const outcome: Column<Cliff> = {
    id: 'outcome',
    header: 'Outcome',
    width: 116,
    value: (row) => (row.outcome === null ? null : OUTCOMES[row.outcome].label),
    cell: (row) =>
      row.outcome !== null && (
        <Badge tone={OUTCOMES[row.outcome].tone} sign>
          {OUTCOMES[row.outcome].label}
        </Badge>
      ),
  };
  return [
    {
      id: 'on',
      header: past ? 'Ended' : 'Ends',
      width: 116,
      value: (row) => row.on,
      text: (row) => format.day(row.on),
    },
    { id: 'customer', header: 'Customer', width: 190, value: (row) => row.customerName },
    { id: 'plan', header: 'Plan', width: 96, value: (row) => row.plan },
    { id: 'coupon', header: 'Coupon', width: 140, value: (row) => row.coupons.map(({ name }) => name).join(', ') },
    {
      id: 'why',
      header: 'Why',
      value: (row) => row.why,
      cell: (row) => (
        <span className="block truncate" title={row.why}>
          {row.why}
        </span>
      ),
    },
    amount('before', past ? 'Before' : 'Now', (row) => row.before, false),
    amount('after', 'New price', (row) => row.after, false),
    amount('uplift', 'Uplift', (row) => row.uplift, true),
    ...(past ? [outcome, amount('realised', 'Realised', (row) => row.realised, true)] : []),
  ];
}
