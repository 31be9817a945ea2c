/** The months to come: what is at risk in each, and what the new prices would add. */
import type { ReactNode } from 'react';
import type { CliffReport } from '../../../../shared/contract/revenue.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit, moneyUnit } from '../../../lib/unit.ts';
import { Select } from '../../../ui/select.tsx';

const HEIGHT = 260;
const PARTS: readonly BarPart[] = [
  { id: 'atRisk', label: 'MRR now', color: 'var(--series-1)' },
  { id: 'uplift', label: 'Uplift at the new price', color: 'var(--gain-3)' },
];
const EVERY_MONTH = 'all';

export interface CliffCalendarProps {
  report: CliffReport;
  month: PlainMonth | undefined;
  onMonth: (month: PlainMonth | undefined) => void;
}

export function CliffCalendar({ report, month, onMonth }: CliffCalendarProps): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const { calendar, currency, upcoming } = report;
  const unit = moneyUnit(currency);
  const rows = calendar.map((each): BarRow => ({
    label: format.month(each.month, 'short'),
    name: `${format.month(each.month, 'long')}, ${format.count(each.cliffs, { one: 'end', other: 'ends' })}`,
    values: [each.atRisk, each.uplift],
  }));
  const sentence = `${format.count(upcoming.cliffs, { one: 'discount ends', other: 'discounts end' })} in the months shown; ${format.value(upcoming.atRisk, unit, { form: 'compact' })} of MRR is at risk, ${format.value(upcoming.uplift, unit, { form: 'compact' })} would be added.`;
  const busy = calendar.filter(({ cliffs }) => cliffs > 0);
  return (
    <ChartFrame
      title="Calendar"
      period="MRR of the customers whose discount ends in the month, and what the new price adds if they stay"
      height={HEIGHT}
      sentence={sentence}
      state={
        upcoming.cliffs === 0
          ? { kind: 'empty', title: 'No discount ends', hint: 'No limited discount in force ends in the months shown.' }
          : { kind: 'ready' }
      }
      table={{
        columns: [
          { header: 'Month', holds: 'month' },
          { header: 'Ends', holds: 'value', unit: countUnit() },
          { header: 'Customers', holds: 'value', unit: countUnit() },
          { header: 'MRR now', holds: 'value', unit },
          { header: 'Then', holds: 'value', unit },
          { header: 'Uplift', holds: 'value', unit },
        ],
        rows: calendar.map((each) => [each.month, each.cliffs, each.customers, each.atRisk, each.after, each.uplift]),
      }}
      legend={barLegend(PARTS)}
      onHow={() => evidence.open({ how: 'discountGiven' })}
      actions={
        <div className="w-40">
          <Select<PlainMonth | typeof EVERY_MONTH>
            label="Month of the list"
            labelHidden
            options={[
              { value: EVERY_MONTH, label: 'List all months' },
              ...busy.map((each) => ({ value: each.month, label: `List ${format.month(each.month)}` })),
            ]}
            value={month !== undefined && busy.some((each) => each.month === month) ? month : EVERY_MONTH}
            onChange={(chosen) => onMonth(chosen === EVERY_MONTH ? undefined : chosen)}
          />
        </div>
      }
    >
      <BarChart parts={PARTS} rows={rows} unit={unit} sentence={sentence} height={HEIGHT} />
    </ChartFrame>
  );
}
