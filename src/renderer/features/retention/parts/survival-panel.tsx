/** How long customers stay, with its band; the expected lifetime, and what it is worth beside the churn formula. */
import type { ReactNode } from 'react';
import type { SurvivalReport } from '../../../../shared/contract/retention.ts';
import { AgeChart } from '../../../charts/age-chart.tsx';
import type { AgeLine } from '../../../charts/age-model.ts';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import type { LegendItem } from '../../../charts/legend.tsx';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit, MONTHS, PERCENT } from '../../../lib/unit.ts';
import { useSurvival, type Choice } from '../use-retention.ts';

const CURVE_HEIGHT = 196;
/** With the facts above it. */
const HEIGHT = 294;
const MONTH_DAYS = 365 / 12;
const LEGEND: readonly LegendItem[] = [
  { label: 'Still paying', color: 'var(--series-1)' },
  { label: '95% band (Kaplan–Meier)', color: 'color-mix(in srgb, var(--series-1) 30%, transparent)', mark: 'square' },
];

export function SurvivalPanel({ choice, onHow }: { choice: Choice; onHow: () => void }): ReactNode {
  const format = useFormat();
  const survival = useSurvival(choice);
  const report = survival.data;
  const whom = choice.group ?? (choice.asked.slice !== undefined ? 'Chosen customers' : 'All customers');
  if (report === undefined || report.lives === 0)
    return (
      <ChartFrame
        title="How long customers stay"
        period={whom}
        sentence=""
        table={{ columns: [], rows: [] }}
        legend={LEGEND}
        height={HEIGHT}
        state={
          report === undefined
            ? stateOf(survival)
            : { kind: 'empty', title: 'No life to measure', hint: 'A life begins with the first payment.' }
        }
        onHow={onHow}
      >
        {null}
      </ChartFrame>
    );
  const sentence = sentenceOf(report, format);
  return (
    <ChartFrame
      title="How long customers stay"
      period={`${whom}: ${format.count(report.lives)} lives, ${format.count(report.ended)} ended, ${format.count(report.returned)} of these came back`}
      sentence={sentence}
      table={survivalTable(report)}
      legend={LEGEND}
      height={HEIGHT}
      state={stateOf(survival)}
      onHow={onHow}
    >
      <Facts
        report={report}
        format={format}
        whose={choice.asked.slice !== undefined ? 'all chosen customers' : 'whole company'}
      />
      <AgeChart
        stepped
        lines={[curveOf(report)]}
        unit={PERCENT}
        sentence={sentence}
        mark={{ value: 0.5, label: 'half' }}
        ageText={(age) => `After ${format.value(age, MONTHS)}`}
        height={CURVE_HEIGHT}
      />
    </ChartFrame>
  );
}

/** @param whose customers the churn formula is over: a filter holds for it, a group of a split does not. */
function Facts(props: { report: SurvivalReport; format: Formatter; whose: string }): ReactNode {
  const { report, format, whose } = props;
  const { lifetime, median, ltv } = report;
  const money = moneyUnit(report.currency);
  const bound = lifetime.restricted ? '≥ ' : '';
  const facts = [
    {
      name: 'Expected lifetime',
      value: lifetime.value === null ? '—' : `${bound}${format.value(lifetime.value, MONTHS)}`,
      note: lifetime.reason ?? rangeText(lifetime, format),
    },
    {
      name: 'Half have left after',
      value: median.value === null ? 'not reached' : format.value(median.value, MONTHS),
      note: median.reason ?? rangeText(median, format),
    },
    {
      name: 'Lifetime revenue',
      value:
        ltv.bySurvival.value === null ? '—' : `${bound}${format.value(ltv.bySurvival.value, money, { form: 'whole' })}`,
      note: ltv.bySurvival.reason ?? 'average MRR × expected months, before margin',
    },
    {
      name: 'By recent churn',
      value: format.value(ltv.byChurn.value, money, { form: 'whole' }),
      note: ltv.byChurn.reason ?? `average MRR ÷ churn of three months, ${whose}`,
    },
  ];
  return (
    <dl className="grid grid-cols-4 gap-x-4 gap-y-2 py-1.5 max-[1180px]:grid-cols-2 min-[1180px]:max-[1400px]:grid-cols-2">
      {facts.map(({ name, value, note }) => (
        <div key={name} className="min-w-0">
          <dt className="truncate text-xs text-subtle">{name}</dt>
          <dd className="m-0 text-base font-semibold text-ink">{value}</dd>
          <dd className="m-0 text-2xs text-pretty text-subtle">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function rangeText({ low, high }: { low: number | null; high: number | null }, format: Formatter): string {
  if (low === null) return '95% band not reached';
  if (high === null) return `95%: ${format.value(low, MONTHS)} or more`;
  return `95%: ${format.mark(round(low))} to ${format.value(high, MONTHS)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** From the start, where all live, to the longest life seen. */
function curveOf({ steps, longest }: SurvivalReport): AgeLine {
  const points = steps.map(({ days, survival, low, high }) => ({ age: days / MONTH_DAYS, value: survival, low, high }));
  const last = points.at(-1);
  const end = longest / MONTH_DAYS;
  return {
    id: 'survival',
    label: 'Still paying',
    color: 'var(--series-1)',
    points: [
      { age: 0, value: 1, low: 1, high: 1 },
      ...points,
      ...(last !== undefined && last.age < end ? [{ ...last, age: end }] : []),
    ],
  };
}

function survivalTable({ steps }: SurvivalReport): ChartTable {
  const share = (header: string) => ({ header, holds: 'value', unit: PERCENT }) as const;
  const count = (header: string) => ({ header, holds: 'value', unit: { kind: 'count' } }) as const;
  return {
    columns: [
      count('Age (days)'),
      count('Paying before'),
      count('Left'),
      share('Still paying'),
      share('95% from'),
      share('95% to'),
    ],
    rows: steps.map(({ days, atRisk, ended, survival, low, high }) => [days, atRisk, ended, survival, low, high]),
  };
}

function sentenceOf({ steps, lifetime, longest }: SurvivalReport, format: Formatter): string {
  const year = steps.findLast(({ days }) => days <= 365);
  const after = longest < 365 || year === undefined ? '' : `${format.percent(year.survival)} still pay after a year. `;
  const mean = lifetime.value === null ? '' : `Expected lifetime ${format.value(lifetime.value, MONTHS)}.`;
  return `Share of customers still paying by age. ${after}${mean}`;
}
