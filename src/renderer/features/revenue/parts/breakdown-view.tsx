/** MRR of a month by plan, product, country or any other dimension, with what moved in each part. */
import type { ReactNode } from 'react';
import type { Breakdown, BreakdownRow } from '../../../../shared/contract/slice.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { decimalText, type Minor } from '../../../../shared/kernel/money.ts';
import { conditionText, useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { moneyUnit } from '../../../lib/unit.ts';
import { IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { CircleHelp } from 'lucide-react';
import { useBreakdown, useDimensions } from '../use-revenue.ts';
import type { ControlsProps } from './controls-props.ts';
import { CutSelect } from './cut-select.tsx';
import { Mix } from './mix.tsx';

const HEIGHT = 480;

export function BreakdownView(props: ControlsProps): ReactNode {
  const { choice, onChange } = props;
  const format = useFormat();
  const evidence = useEvidence();
  const breakdown = useBreakdown(choice);
  const dimensions = useDimensions();
  const label = dimensions.data?.find(({ dimension }) => dimension === choice.cut)?.label ?? choice.cut;
  const { data } = breakdown;
  const state = stateOf(breakdown);
  return (
    <div className="flex flex-col gap-4">
      <Mix choice={choice} label={label} />
      <Tile
        flush
        title={`MRR by ${label.toLowerCase()}`}
        subtitle={`${format.day(choice.monthFrom, 'short')} – ${format.day(choice.monthTo)}; every column adds up to the whole; a row shows its course`}
        actions={
          <>
            <CutSelect label="By" dimensions={dimensions.data} cut={choice.cut} onChange={(cut) => onChange({ cut })} />
            <IconButton
              icon={CircleHelp}
              label="How MRR movements is computed"
              onClick={() => evidence.open({ how: 'movements' })}
            />
          </>
        }
      >
        <DataTable
          label={`MRR by ${label.toLowerCase()}`}
          columns={data === undefined ? [] : breakdownColumns(data, label, format)}
          rows={data === undefined ? [] : shownRows(data)}
          rowKey={(row) => row.value ?? 'other'}
          state={
            state.kind === 'ready' && data?.rows.length === 0
              ? { kind: 'empty', title: 'No MRR in this month', hint: 'Parts appear with the first paying customer.' }
              : state
          }
          maxHeight={HEIGHT}
          onOpen={(row) => {
            if (row.value !== null) onChange({ slice: narrowed(choice, row.value), part: undefined }, false);
          }}
          initialSort={{ column: 'mrr', descending: true }}
          exportName={`mrr by ${label.toLowerCase()} ${choice.month}`}
          toolbar={
            data !== undefined &&
            `${format.count(data.values, { one: 'part', other: 'parts' })}; ${format.count(data.total.customers, { one: 'customer', other: 'customers' })}${data.missing.length > 0 ? `; without a rate: ${data.missing.join(', ')}` : ''}`
          }
        />
      </Tile>
    </div>
  );
}

/** The parts shown before, narrowed to one value of the dimension that is broken down. */
function narrowed({ asked, cut }: ControlsProps['choice'], value: string): string | undefined {
  const others = (asked.slice?.where ?? []).filter(({ dimension }) => dimension !== cut);
  return conditionText([...others, { dimension: cut, values: [value] }]);
}

/** The row of all that was not asked for is a line of the table only where it is something. */
function shownRows({ rows }: Breakdown): BreakdownRow[] {
  return rows.filter((row) => row.value !== null || row.arr !== 0 || row.customers !== 0);
}

function breakdownColumns(
  { currency, total, ratesOn }: Breakdown,
  label: string,
  format: Formatter,
): Column<BreakdownRow>[] {
  const unit = moneyUnit(currency);
  const moved = (id: keyof BreakdownRow['movements'], header: string): Column<BreakdownRow> =>
    amount(id, header, (row) => row.movements[id], currency, total, format, id !== 'opening' && id !== 'closing');
  const gained = ['reactivation', 'resumed'] as const;
  const lost = ['churn', 'paused'] as const;
  const sum = (row: BreakdownRow, ids: readonly (keyof BreakdownRow['movements'])[]) =>
    ids.reduce((all, id) => all + row.movements[id], 0) as Minor;
  return [
    { id: 'label', header: label, value: (row) => row.label, total: 'Total' },
    amount('mrr', 'MRR', (row) => row.movements.closing, currency, total, format, false),
    {
      id: 'share',
      header: 'Share',
      align: 'end',
      width: 76,
      value: (row) => row.share,
      text: (row) => format.percent(row.share),
    },
    {
      id: 'customers',
      header: 'Customers',
      align: 'end',
      width: 112,
      value: (row) => row.customers,
      text: (row) => format.count(row.customers),
      total: format.count(total.customers),
    },
    {
      id: 'arpa',
      header: 'ARPA',
      align: 'end',
      width: 76,
      value: (row) => (row.customers === 0 ? null : row.movements.closing / row.customers),
      text: (row) =>
        row.customers === 0 ? NO_VALUE : format.value(row.movements.closing / row.customers, unit, { form: 'whole' }),
    },
    moved('new', 'New'),
    moved('expansion', 'Expansion'),
    amount('back', 'Returned', (row) => sum(row, gained), currency, total, format, true),
    moved('contraction', 'Contraction'),
    amount('lost', 'Lost', (row) => sum(row, lost), currency, total, format, true),
    amount('moves', 'Moved', (row) => sum(row, ['movedIn', 'movedOut']), currency, total, format, true),
    ...(ratesOn === null ? [moved('fx', 'FX')] : []),
  ];
}

/** Pixels of the columns whose heading asks for more, or less, than an amount. */
const WIDTHS: Readonly<Record<string, number>> = { expansion: 110, back: 104, contraction: 118, fx: 72 };

function amount(
  id: string,
  header: string,
  of: (row: BreakdownRow) => Minor,
  currency: CurrencyCode,
  total: BreakdownRow,
  format: Formatter,
  signed: boolean,
): Column<BreakdownRow> {
  const unit = moneyUnit(currency);
  const text = (value: number) => (signed && value === 0 ? '·' : format.value(value, unit, { form: 'whole', signed }));
  return {
    id,
    header,
    align: 'end',
    width: WIDTHS[id] ?? 88,
    value: of,
    text: (row) => text(of(row)),
    exported: (row) => decimalText(of(row), currency),
    total: text(of(total)),
  };
}
