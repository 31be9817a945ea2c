/** What customers cost by the channel they came by. */
import type { ReactNode } from 'react';
import type { ChannelAcquisition } from '../../../../shared/contract/unit-economics.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { decimalText, money, type Minor } from '../../../../shared/kernel/money.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useMonth } from '../use-costs.ts';

export function ChannelTable({ month }: { month: PlainMonth }): ReactNode {
  const format = useFormat();
  const snapshot = useMonth(month);
  const rows = snapshot.data?.cacByChannel ?? [];
  const state = stateOf(snapshot);
  return (
    <Tile
      title="CAC by channel"
      subtitle={`${format.month(month, 'long')}; customers by “channel” in their metadata at the vendor`}
      flush
    >
      <DataTable
        label="CAC by channel"
        columns={snapshot.data === undefined ? [] : columnsOf(snapshot.data.currency, format)}
        rows={rows}
        rowKey={({ channel }) => channel ?? ''}
        maxHeight={224}
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: 'No channels yet',
                hint: 'Give marketing and sales costs a channel, and customers the same under “channel” in their metadata.',
              }
            : state
        }
      />
    </Tile>
  );
}

function columnsOf(currency: CurrencyCode, format: Formatter): Column<ChannelAcquisition>[] {
  const amount = (value: Minor | null) =>
    value === null ? NO_VALUE : format.money(money(value, currency), { form: 'whole' });
  return [
    {
      id: 'channel',
      header: 'Channel',
      value: ({ channel }) => channel ?? 'No channel',
      cell: ({ channel, reason }) => (
        <span className="block min-w-0">
          <span className={channel === null ? 'text-muted' : 'text-ink'}>{channel ?? 'No channel'}</span>
          {reason !== null && (
            <span className="block truncate text-xs text-subtle" title={reason}>
              {reason}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'spend',
      header: 'Spend',
      align: 'end',
      width: 100,
      value: ({ spend }) => spend,
      text: ({ spend }) => amount(spend),
      exported: ({ spend }) => (spend === null ? null : decimalText(spend, currency)),
    },
    { id: 'customers', header: 'New', align: 'end', width: 84, value: ({ newCustomers }) => newCustomers },
    {
      id: 'cac',
      header: 'CAC',
      align: 'end',
      width: 90,
      value: ({ cac }) => cac,
      text: ({ cac }) => amount(cac),
      exported: ({ cac }) => (cac === null ? null : decimalText(cac, currency)),
    },
  ];
}
