/** A month's way from opening to closing MRR, and every movement behind it, customer by customer. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MovementRow } from '../../../../shared/contract/metrics.ts';
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays } from '../../../../shared/kernel/day.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { MOVEMENT_PARTS } from '../../../charts/bars.ts';
import { BridgeChart } from '../../../charts/bridge-chart.tsx';
import { bridgeSentence, bridgeTable } from '../../../charts/bridge-steps.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useBridge, useMovements } from '../use-revenue.ts';
import type { ControlsProps } from './controls-props.ts';
import { PlannedChanges } from './planned-changes.tsx';

const BRIDGE_HEIGHT = 260;
const TABLE_HEIGHT = 520;
const EVERY_KIND = 'all';

export function MovementsView(props: ControlsProps): ReactNode {
  return (
    <div className="flex flex-col gap-4">
      <Bridge {...props} />
      <MovementTable {...props} />
      <PlannedChanges />
    </div>
  );
}

function Bridge({ choice, onChange }: ControlsProps): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const bridge = useBridge(choice);
  const { monthFrom: from, monthTo: to } = choice;
  const frame = {
    title: 'MRR bridge',
    period: `${format.day(from, 'short')} – ${format.day(to)}${'constantCurrency' in choice.askedAtRates ? ', at the exchange rates of the last day' : ''}; a step lists its movements below`,
    height: BRIDGE_HEIGHT,
    onHow: () => evidence.open({ how: 'netNewMrr' }),
    onWhy: () => evidence.open({ why: 'netNewMrr', from, to }),
  };
  if (bridge.data === undefined)
    return (
      <ChartFrame {...frame} state={stateOf(bridge)} sentence="" table={{ columns: [], rows: [] }}>
        {null}
      </ChartFrame>
    );
  const unit = moneyUnit(bridge.data.currency);
  const sentence = bridgeSentence('MRR', bridge.data.mrr, unit, format);
  return (
    <ChartFrame {...frame} sentence={sentence} table={bridgeTable(bridge.data.mrr, unit)}>
      <BridgeChart
        amounts={bridge.data.mrr}
        unit={unit}
        sentence={sentence}
        height={BRIDGE_HEIGHT}
        onStep={(step) => {
          if (step === 'opening' || step === 'closing')
            evidence.open({ why: 'mrr', to: step === 'closing' ? to : addDays(from, -1) });
          else if (step === 'fx') evidence.open({ why: 'netNewMrr', kind: step, from, to });
          else onChange({ moved: step });
        }}
      />
    </ChartFrame>
  );
}

function MovementTable({ choice, onChange }: ControlsProps): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const bridge = useBridge(choice);
  const movements = useMovements(choice);
  const rows = movements.data?.pages.flatMap((page) => page.rows) ?? [];
  const state = stateOf(movements);
  const currency = bridge.data?.currency;
  return (
    <Tile flush title="Movements" subtitle="Each change of a customer’s MRR in the month, by subscription">
      <DataTable
        label="Movements"
        columns={movementColumns(currency, format)}
        rows={rows}
        rowKey={(row) => `${row.on} ${row.customerId} ${row.subscriptionId} ${row.kind}`}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'Nothing moved', hint: 'No customer’s MRR changed in this way in the month.' }
            : state
        }
        maxHeight={TABLE_HEIGHT}
        onEnd={() => {
          if (movements.hasNextPage && !movements.isFetchingNextPage) void movements.fetchNextPage();
        }}
        onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
        exportName={`movements ${choice.month}${choice.moved === undefined ? '' : ` ${choice.moved}`}`}
        toolbar={
          <span className="flex items-center gap-3">
            <span className="w-44">
              <Select
                label="Kind of movement"
                labelHidden
                options={[
                  { value: EVERY_KIND, label: 'All kinds' },
                  ...MOVEMENT_PARTS.filter(({ id }) => id !== 'fx').map(({ id, label }) => ({ value: id, label })),
                ]}
                value={choice.moved ?? EVERY_KIND}
                onChange={(value) => onChange({ moved: value === EVERY_KIND ? undefined : value })}
              />
            </span>
            {format.count(rows.length, { one: 'movement', other: 'movements' })}
            {movements.hasNextPage && (
              <Button
                size="sm"
                kind="ghost"
                busy={movements.isFetchingNextPage}
                onClick={() => void movements.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </span>
        }
      />
    </Tile>
  );
}

function movementColumns(currency: CurrencyCode | undefined, format: Formatter): Column<MovementRow>[] {
  const monthly = (row: MovementRow) => divideRounded(row.annualMinor, 12);
  return [
    { id: 'on', header: 'Day', width: 116, value: (row) => row.on, text: (row) => format.day(row.on) },
    { id: 'customer', header: 'Customer', value: (row) => row.customerName },
    {
      id: 'kind',
      header: 'Kind',
      width: 116,
      value: (row) => MOVEMENT_PARTS.find(({ id }) => id === row.kind)?.label ?? row.kind,
    },
    { id: 'plan', header: 'Plan', value: (row) => row.plan },
    {
      id: 'native',
      header: 'A year, as billed',
      align: 'end',
      width: 150,
      value: (row) => row.nativeAnnualMinor,
      text: (row) =>
        isCurrencyCode(row.nativeCurrency)
          ? format.money(money(row.nativeAnnualMinor, currencyCode(row.nativeCurrency)), { signed: true })
          : row.nativeCurrency,
      exported: (row) =>
        isCurrencyCode(row.nativeCurrency)
          ? `${decimalText(row.nativeAnnualMinor, currencyCode(row.nativeCurrency))} ${row.nativeCurrency}`
          : null,
    },
    {
      id: 'mrr',
      header: currency === undefined ? 'MRR' : `MRR (${currency})`,
      align: 'end',
      width: 128,
      value: monthly,
      text: (row) => (currency === undefined ? '' : format.value(monthly(row), moneyUnit(currency), { signed: true })),
      exported: (row) => (currency === undefined ? null : decimalText(monthly(row), currency)),
    },
    { id: 'evidence', header: 'Evidence', width: 100, value: (row) => row.evidence },
  ];
}
