/** What is left by age: each cohort as a thin line, the mean above them; or one line per group. */
import type { ReactNode } from 'react';
import type { CohortMatrix } from '../../../../shared/contract/retention.ts';
import { AgeChart } from '../../../charts/age-chart.tsx';
import { ageTable, type AgeLine } from '../../../charts/age-model.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import type { LegendItem } from '../../../charts/legend.tsx';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { PERCENT } from '../../../lib/unit.ts';
import type { Choice, useCohorts } from '../use-retention.ts';
import { KIND_WORDS, UNIT_WORDS } from '../words.ts';
import { cohortLabel, reachedValues } from './cohort-matrix.tsx';

const HEIGHT = 276;
/** As many groups as there are colours that can be told apart. */
const GROUPS = 5;
/** Below so many customers one of them moves a mean by more than it says. */
const LEAST_BEHIND = 10;

export interface CohortCurvesProps {
  choice: Choice;
  cohorts: ReturnType<typeof useCohorts>;
  onHow: () => void;
}

export function CohortCurves({ choice, cohorts, onHow }: CohortCurvesProps): ReactNode {
  const format = useFormat();
  const words = KIND_WORDS[choice.kind];
  const { noun } = UNIT_WORDS[choice.unit];
  const matrix = cohorts.data;
  const lines = matrix === undefined ? [] : linesOf(matrix, choice, format);
  const sentence = `${words.title} by age: ${lines
    .filter(({ faint }) => faint !== true)
    .map(({ label, points }) => `${label} ends at ${format.percent(points.at(-1)?.value ?? null)}`)
    .join('; ')}.`;
  const split = choice.by !== undefined && choice.group === undefined;
  return (
    <ChartFrame
      title={`${words.title} by age`}
      period={
        split
          ? `The mean of each of the ${GROUPS} largest groups, by ${noun} since the first, while ${LEAST_BEHIND} customers or more stand behind it`
          : `Each cohort and their mean, by ${noun} since the first; the mean while ${LEAST_BEHIND} customers or more stand behind it`
      }
      sentence={sentence}
      table={ageTable(lines, PERCENT, `Age (${noun}s)`)}
      legend={legendOf(lines)}
      height={HEIGHT}
      state={stateOf(cohorts)}
      onHow={onHow}
    >
      <AgeChart
        lines={lines}
        unit={PERCENT}
        sentence={sentence}
        ageText={(age) => `After ${format.count(age, { one: noun, other: `${noun}s` })}`}
        height={HEIGHT}
      />
    </ChartFrame>
  );
}

function linesOf(matrix: CohortMatrix, { by, group }: Choice, format: Formatter): AgeLine[] {
  const mean: AgeLine = { id: 'mean', label: 'Mean', color: 'var(--series-1)', points: meanPoints(matrix) };
  if (by !== undefined && group === undefined)
    return [
      ...matrix.groups.slice(0, GROUPS).map(({ group: name, average, behind }, index) => ({
        id: `group-${name}`,
        label: name,
        color: `var(--series-${index + 1})`,
        points: meanPoints({ average, behind }),
      })),
      { ...mean, label: 'All', color: 'var(--series-neutral)', dashed: true },
    ];
  const cohorts = matrix.rows.map((row): AgeLine => {
    const values = reachedValues(row);
    return {
      id: row.cohort,
      label: cohortLabel(row.cohort, matrix.unit, format),
      color: 'var(--series-neutral)',
      faint: true,
      // A period that is not over would bend the line's end.
      points: pointsOf(matrix.running ? values.slice(0, -1) : values),
    };
  });
  return [...cohorts, mean];
}

/** A mean as far as enough customers stand behind it. */
function meanPoints({ average, behind }: Pick<CohortMatrix, 'average' | 'behind'>): AgeLine['points'] {
  const until = behind.findIndex((customers) => customers < LEAST_BEHIND);
  return pointsOf(until < 0 ? average : average.slice(0, until));
}

function pointsOf(values: readonly (number | null)[]): AgeLine['points'] {
  const until = values.findLastIndex((value) => value !== null);
  return values.slice(0, until + 1).map((value, age) => ({ age, value }));
}

function legendOf(lines: readonly AgeLine[]): LegendItem[] {
  const named = lines
    .filter(({ faint }) => faint !== true)
    .map(({ label, color, dashed }): LegendItem => ({ label, color, mark: dashed === true ? 'dashed' : 'line' }));
  return lines.some(({ faint }) => faint === true)
    ? [...named, { label: 'One cohort each', color: 'var(--series-neutral)', mark: 'line' }]
    : named;
}
