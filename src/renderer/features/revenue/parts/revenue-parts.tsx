/** Revenue and cash of a month by the values of a dimension; the rows add up to the whole to the cent. */
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RevenueByPart, RevenuePart } from '../../../../shared/contract/revenue.ts';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { decimalText, type Minor } from '../../../../shared/kernel/money.ts';
import { conditionText, useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useDimensions, useRevenueParts } from '../use-revenue.ts';
import type { ControlsProps } from './controls-props.ts';
import { CutSelect } from './cut-select.tsx';

const HEIGHT = 420;

export function RevenueParts({ choice, onChange }: ControlsProps): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const parts = useRevenueParts(choice);
  const dimensions = useDimensions();
  const label = dimensions.data?.find(({ dimension }) => dimension === choice.cut)?.label ?? choice.cut;
  const name = `Revenue and cash by ${label.toLowerCase()}`;
  const { data } = parts;
  const state = stateOf(parts);
  return (
    <Tile
      flush
      title={name}
      subtitle={`${format.day(choice.monthFrom, 'short')} – ${format.day(choice.monthTo)}; a payment counts with the lines of the invoice that it paid; every column adds up`}
      actions={
        <>
          <CutSelect
            label="Revenue and cash by"
            dimensions={dimensions.data}
            cut={choice.cut}
            onChange={(cut) => onChange({ cut })}
          />
          <IconButton
            icon={CircleHelp}
            label="How Net revenue is computed"
            onClick={() => evidence.open({ how: 'netRevenue' })}
          />
        </>
      }
    >
      <DataTable
        label={name}
        columns={data === undefined ? [] : columnsOf(data, label, format)}
        rows={data?.rows ?? []}
        rowKey={(row) => row.value ?? 'other'}
        state={
          state.kind === 'ready' && data?.rows.length === 0
            ? {
                kind: 'empty',
                title: 'Nothing was billed or paid',
                hint: 'Parts appear with the first invoice or charge.',
              }
            : state
        }
        maxHeight={HEIGHT}
        onOpen={(row) => {
          if (row.value !== null) onChange({ slice: narrowed(choice, row.value) }, false);
        }}
        initialSort={{ column: 'netRevenue', descending: true }}
        exportName={`revenue and cash by ${label.toLowerCase()} ${choice.month}`}
        toolbar={
          data !== undefined &&
          `${format.count(data.values, { one: 'part', other: 'parts' })}${data.missing.length > 0 ? `; without a rate: ${data.missing.join(', ')}` : ''}`
        }
      />
    </Tile>
  );
}

/** The parts shown before, narrowed to one value of the dimension that is broken down. */
function narrowed({ asked, cut }: ControlsProps['choice'], value: string): string | undefined {
  const others = (asked.slice?.where ?? []).filter(({ dimension }) => dimension !== cut);
  return conditionText([...others, { dimension: cut, values: [value === '' ? 'unknown' : value] }]);
}

type Amount = {
  [Name in keyof RevenuePart]: RevenuePart[Name] extends Minor | null ? Name : never;
}[keyof RevenuePart];

const AMOUNTS: readonly (readonly [id: Amount, header: string, width: number])[] = [
  ['netRevenue', 'Net revenue', 124],
  ['taxCollected', 'Tax', 88],
  ['discountGiven', 'Discounts', 112],
  ['grossCash', 'Charged', 96],
  ['refunds', 'Refunds', 88],
  ['fees', 'Fees', 80],
  ['disputesOpenedAmount', 'Disputed', 100],
  ['disputesWonAmount', 'Won back', 108],
  ['netCash', 'Net cash', 96],
];

function columnsOf({ currency, total }: RevenueByPart, label: string, format: Formatter): Column<RevenuePart>[] {
  const unit = moneyUnit(currency);
  const text = (value: number | null) =>
    value === null ? NO_VALUE : value === 0 ? '·' : format.value(value, unit, { form: 'whole' });
  return [
    { id: 'label', header: label, value: (row) => row.label, total: 'Total' },
    ...AMOUNTS.map(([id, header, width]): Column<RevenuePart> => ({
      id,
      header,
      align: 'end',
      width,
      value: (row) => row[id],
      text: (row) => text(row[id]),
      exported: (row) => {
        const amount = row[id];
        return amount === null ? null : decimalText(amount, currency);
      },
      total: text(total[id]),
    })),
    {
      id: 'failedPayments',
      header: 'Failed',
      align: 'end',
      width: 80,
      value: (row) => row.failedPayments,
      text: (row) => (row.failedPayments === 0 ? '·' : format.count(row.failedPayments)),
      total: format.count(total.failedPayments),
    },
  ];
}
