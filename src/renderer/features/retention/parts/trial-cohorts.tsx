/** Trials by the period in which they started (R23): converted, still open, lost. */
import type { ReactNode } from 'react';
import type { TrialCohorts as Cohorts } from '../../../../shared/contract/retention.ts';
import { plainMonth } from '../../../../shared/kernel/day.ts';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit, PERCENT } from '../../../lib/unit.ts';
import { useTrials, type Choice } from '../use-retention.ts';
import { UNIT_WORDS } from '../words.ts';
import { cohortLabel } from './cohort-matrix.tsx';

const HEIGHT = 240;
const PARTS: readonly BarPart[] = [
  { id: 'converted', label: 'Converted', color: 'var(--gain-1)' },
  { id: 'open', label: 'Still open', color: 'var(--series-2)' },
  { id: 'lost', label: 'Not converted', color: 'var(--series-neutral)' },
];

export function TrialCohorts({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const trials = useTrials(choice);
  const rows = trials.data?.rows ?? [];
  const bars = rows.map(({ cohort, converted, open, openUntil, lost, rate }): BarRow => {
    const name = cohortLabel(cohort, choice.unit, format);
    const outcome =
      rate.value !== null
        ? `: ${format.value(rate.value, PERCENT)} converted`
        : openUntil === null
          ? ''
          : `: open until ${format.day(openUntil, 'short')}`;
    return {
      label: choice.unit === 'month' ? format.month(plainMonth(cohort), 'short') : name,
      name: `${name}${outcome}`,
      values: [converted, open, lost],
    };
  });
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  const started = sum((row) => row.started);
  const sentence = `Of ${format.count(started, { one: 'trial', other: 'trials' })} ${format.count(sum((row) => row.converted))} converted, ${format.count(sum((row) => row.open))} are still open, ${format.count(sum((row) => row.lost))} did not convert.`;
  const scope = choice.group !== undefined ? '; of all groups' : '';
  return (
    <ChartFrame
      title="Trials"
      period={
        trials.data === undefined
          ? ' '
          : `By the ${UNIT_WORDS[choice.unit].noun} in which they started; may convert for ${trials.data.graceDays} days after their end${scope}`
      }
      height={HEIGHT}
      sentence={sentence}
      state={
        trials.data !== undefined && started === 0
          ? {
              kind: 'empty',
              title: 'No trials so far',
              hint: 'Subscriptions that begin with a trial are followed here.',
            }
          : stateOf(trials)
      }
      table={
        trials.data === undefined
          ? { columns: [], rows: [] }
          : tableOf(trials.data, (cohort) => cohortLabel(cohort, choice.unit, format), format)
      }
      legend={barLegend(PARTS)}
      onHow={() => evidence.open({ how: 'trialConversion' })}
    >
      <BarChart parts={PARTS} rows={bars} unit={countUnit()} sentence={sentence} height={HEIGHT} />
    </ChartFrame>
  );
}

function tableOf({ rows }: Cohorts, textOf: (cohort: string) => string, format: Formatter): ChartTable {
  const count = countUnit();
  return {
    columns: [
      { header: 'Started', holds: 'text' },
      { header: 'Trials', holds: 'value', unit: count },
      { header: 'Converted', holds: 'value', unit: count },
      { header: 'Still open', holds: 'value', unit: count },
      { header: 'Not converted', holds: 'value', unit: count },
      { header: 'Open until', holds: 'text' },
      { header: 'Conversion', holds: 'value', unit: PERCENT },
    ],
    rows: rows.map(({ cohort, started, converted, open, openUntil, lost, rate }) => [
      textOf(cohort),
      started,
      converted,
      open,
      lost,
      openUntil === null ? '' : format.day(openUntil),
      rate.value,
    ]),
  };
}
