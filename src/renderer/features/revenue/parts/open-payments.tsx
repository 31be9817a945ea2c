/** The failed payments that can still be collected, the largest first. */
import { useNavigate } from '@tanstack/react-router';
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecoveryReport } from '../../../../shared/contract/revenue.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import type { Choice } from '../choice.ts';
import { useRecovery } from '../use-revenue.ts';

const HEIGHT = 296;
type OpenPayment = RecoveryReport['open'][number];

export function OpenPayments({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const evidence = useEvidence();
  const recovery = useRecovery(choice);
  const { data } = recovery;
  const state = stateOf(recovery);
  return (
    <Tile
      flush
      title="Being retried"
      subtitle={
        data === undefined
          ? ' '
          : `${format.count(data.openTotal, { one: 'payment', other: 'payments' })} that failed and may still be collected`
      }
      actions={
        <IconButton
          icon={CircleHelp}
          label="How Recovery rate is computed"
          onClick={() => evidence.open({ how: 'recoveryRate' })}
        />
      }
    >
      <DataTable
        label="Payments being retried"
        columns={data === undefined ? [] : openColumns(data.currency, format)}
        rows={data?.open ?? []}
        rowKey={(row) => row.objectId}
        state={
          state.kind === 'ready' && data?.open.length === 0
            ? { kind: 'empty', title: 'Nothing to collect', hint: 'Every failed payment is paid or given up.' }
            : state
        }
        maxHeight={HEIGHT}
        onOpen={(row) => {
          if (row.customerId !== null)
            void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } });
        }}
        exportName="payments being retried"
      />
    </Tile>
  );
}

/** «card declined, 3 tries». */
function reasonText({ code, tries }: OpenPayment): string {
  const words = code?.replaceAll('_', ' ') ?? 'no reason given';
  return tries > 1 ? `${words}, ${tries} tries` : words;
}

function openColumns(currency: CurrencyCode, format: Formatter): Column<OpenPayment>[] {
  return [
    { id: 'customer', header: 'Customer', value: (row) => row.customerName },
    {
      id: 'amount',
      header: 'Amount',
      align: 'end',
      width: 104,
      value: (row) => row.amount,
      text: (row) => (row.amount === null ? NO_VALUE : format.money(money(row.amount, currency))),
      exported: (row) => (row.amount === null ? null : decimalText(row.amount, currency)),
    },
    {
      id: 'failedOn',
      header: 'Failed',
      width: 84,
      value: (row) => row.failedOn,
      text: (row) => format.day(row.failedOn, 'short'),
    },
    {
      id: 'lostOn',
      header: 'Lost after',
      width: 96,
      value: (row) => row.lostOn,
      text: (row) => format.day(row.lostOn, 'short'),
    },
    { id: 'code', header: 'Reason', width: 140, value: reasonText },
  ];
}
