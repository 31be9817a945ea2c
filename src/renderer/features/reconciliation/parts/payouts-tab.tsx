/** Every payout to the bank against the balance transactions that it consists of. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PayoutRow } from '../../../../shared/contract/cash.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { ExternalLink } from '../../../lib/address/index.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import type { Formatter } from '../../../lib/format.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const PAGE = 200;

const VERDICTS: Record<PayoutRow['verdict'], { label: string; tone: Tone; why: string }> = {
  agrees: { label: 'Agrees', tone: 'gain', why: 'Its parts add up to what was paid out' },
  differs: { label: 'Differs', tone: 'warn', why: 'Its parts do not add up to what was paid out' },
  pending: { label: 'Pending', tone: 'neutral', why: 'The vendor is still putting it together' },
  manual: { label: 'By hand', tone: 'neutral', why: 'A person asked for it: it consists of no particular payments' },
  unread: {
    label: 'Not compared',
    tone: 'neutral',
    why: 'Parts are asked for of the last 400 days, where the key may',
  },
};

export function PayoutsTab(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const pages = useInfiniteQuery(
    api.cash.payouts.infiniteOptions({
      input: (cursor: string | null) => ({ limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const report = pages.data?.pages[0];
  const state = stateOf(pages);
  return (
    <Tile
      title="Payouts"
      subtitle="What reached the bank against the charges, fees, refunds and disputes that it is made of"
      actions={
        report !== undefined &&
        report.total > 0 && (
          <Badge tone={report.differs > 0 ? 'warn' : 'gain'} sign={report.differs > 0}>
            {report.differs > 0
              ? `${format.count(report.differs)} ${report.differs === 1 ? 'differs' : 'differ'}`
              : `All ${format.count(report.agrees)} compared agree`}
          </Badge>
        )
      }
      flush
    >
      <DataTable
        label="Payouts"
        columns={columnsOf(format, new Set(rows.map(({ sourceId }) => sourceId)).size > 1)}
        rows={rows}
        rowKey={({ sourceId, payoutId }) => `${sourceId} ${payoutId}`}
        exportName="payouts"
        onEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
        toolbar={
          report !== undefined && report.total > 0
            ? `${format.count(report.total, { one: 'payout', other: 'payouts' })}, ${format.count(report.unheld)} not compared`
            : undefined
        }
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: 'No payout',
                hint: 'A billing system whose key may read payouts shows here what reached the bank.',
              }
            : state
        }
      />
    </Tile>
  );
}

type AmountField = 'amount' | 'charges' | 'fees' | 'returned' | 'other' | 'parts';

function columnsOf(format: Formatter, withSource: boolean): Column<PayoutRow>[] {
  const amount = (id: AmountField, header: string, width = 106): Column<PayoutRow> => ({
    id,
    header,
    align: 'end',
    width,
    value: (row) => row[id],
    text: (row) => amountText(row[id], row.currency, format),
    exported: (row) => {
      const value = row[id];
      return value === null || !isCurrencyCode(row.currency) ? null : decimalText(value, currencyCode(row.currency));
    },
  });
  return [
    {
      id: 'payoutId',
      header: 'Payout',
      value: (row) => row.payoutId,
      cell: (row) => <Name row={row} withSource={withSource} />,
    },
    {
      id: 'arrivalOn',
      header: 'At the bank',
      width: 120,
      value: (row) => row.arrivalOn,
      text: (row) => format.day(row.arrivalOn),
    },
    { id: 'status', header: 'Status', width: 92, value: (row) => row.status.replaceAll('_', ' ') },
    amount('amount', 'Paid out'),
    amount('parts', 'Sum of parts', 122),
    {
      id: 'verdict',
      header: 'Verdict',
      width: 116,
      value: (row) => VERDICTS[row.verdict].label,
      cell: (row) => <Verdict row={row} />,
    },
    amount('charges', 'Charges'),
    amount('fees', 'Fees'),
    amount('returned', 'Returned'),
    amount('other', 'Other', 92),
  ];
}

function amountText(value: number | null, currency: string, format: Formatter): string {
  return value === null || !isCurrencyCode(currency) ? NO_VALUE : format.money(money(value, currencyCode(currency)));
}

function Name({ row, withSource }: { row: PayoutRow; withSource: boolean }): ReactNode {
  const text = withSource ? `${row.sourceName}: ${row.payoutId}` : row.payoutId;
  return (
    <span className="block truncate font-mono text-xs" title={row.failure ?? text}>
      {row.sourceUrl === null ? text : <ExternalLink href={row.sourceUrl}>{text}</ExternalLink>}
    </span>
  );
}

function Verdict({ row }: { row: PayoutRow }): ReactNode {
  const { label, tone, why } = VERDICTS[row.verdict];
  const missing = row.missing > 0 ? `; ${row.missing} of ${row.count} are not stored` : '';
  return (
    <span title={`${why}${missing}`}>
      <Badge tone={tone} sign={row.verdict === 'differs'}>
        {label}
      </Badge>
    </span>
  );
}
