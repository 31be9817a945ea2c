/** The matrix: one row per cohort, its mean above; a cell opens its customers. */
import type { ReactNode } from 'react';
import type { CohortKind, CohortMatrix as Matrix, CohortRow } from '../../../../shared/contract/retention.ts';
import { plainMonth, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { Heatmap, heatTable, type HeatRow } from '../../../charts/heatmap.tsx';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { PERCENT } from '../../../lib/unit.ts';
import type { Choice, useCohorts } from '../use-retention.ts';
import { KIND_WORDS, UNIT_WORDS } from '../words.ts';

/** Shares at which the shade is lightest and darkest. */
const RANGES: Record<CohortKind, readonly [number, number]> = { logo: [0.3, 1], gross: [0.3, 1], net: [0.4, 1.3] };

export interface CohortMatrixProps {
  choice: Choice;
  cohorts: ReturnType<typeof useCohorts>;
  onHow: () => void;
  onCell: (cohort: string, age: number) => void;
}

export function CohortMatrix({ choice, cohorts, onHow, onCell }: CohortMatrixProps): ReactNode {
  const format = useFormat();
  const words = KIND_WORDS[choice.kind];
  const { letter } = UNIT_WORDS[choice.unit];
  const matrix = cohorts.data;
  const rows = matrix === undefined ? [] : heatRows(matrix, format, onCell);
  const columns = (matrix?.average ?? []).map((_, age) => `${letter}${age}`);
  const table = { rows, columns, sizeHeader: 'Customers', unit: PERCENT };
  return (
    <ChartFrame
      title={choice.group === undefined ? words.title : `${words.title}: ${choice.group}`}
      period={`${words.says}, by the ${UNIT_WORDS[choice.unit].noun} of the first payment`}
      sentence={matrix === undefined ? '' : matrixSentence(matrix, words.title, format)}
      table={heatTable(table)}
      drawing={false}
      // Two years and their mean, until it is known how many there are.
      height={(rows.length === 0 ? 25 : rows.length) * 29 + 32}
      state={
        matrix !== undefined && matrix.rows.length === 0
          ? { kind: 'empty', title: 'Nobody began in this span', hint: 'Choose a longer period or another group.' }
          : stateOf(cohorts)
      }
      onHow={onHow}
    >
      <Heatmap {...table} label={words.title} range={RANGES[choice.kind]} />
    </ChartFrame>
  );
}

/** The mean first, then the cohorts, oldest first. */
function heatRows(matrix: Matrix, format: Formatter, onCell: CohortMatrixProps['onCell']): HeatRow[] {
  const size = matrix.rows.reduce((sum, row) => sum + row.size, 0);
  const until = matrix.average.findLastIndex((value) => value !== null);
  return [
    { label: 'Mean', size: format.count(size), values: matrix.average.slice(0, until + 1), strong: true },
    ...matrix.rows.map((row) => ({
      label: cohortLabel(row.cohort, matrix.unit, format),
      size: format.count(row.size),
      values: reachedValues(row),
      running: matrix.running,
      onOpen: (age: number) => onCell(row.cohort, age),
    })),
  ];
}

/** `2026-03` as «Mar 2026», `2026-Q1` as «Q1 2026», `FY2027-Q1` as «FY27 Q1». */
export function cohortLabel(cohort: string, unit: Matrix['unit'], format: Formatter): string {
  if (unit === 'month') return format.month(monthOrNull(cohort));
  const [year = '', quarter] = cohort.split('-');
  const fiscal = year.startsWith('FY') ? `FY${year.slice(-2)}` : null;
  if (fiscal !== null) return quarter === undefined ? fiscal : `${fiscal} ${quarter}`;
  return quarter === undefined ? year : `${quarter} ${year}`;
}

function monthOrNull(text: string): PlainMonth | null {
  return /^\d{4}-\d{2}$/.test(text) ? plainMonth(text) : null;
}

/** Without the ages that are still to come. */
export function reachedValues({ values }: CohortRow): (number | null)[] {
  return values.slice(0, values.findLastIndex((value) => value !== null) + 1);
}

function matrixSentence({ rows, average, unit }: Matrix, title: string, format: Formatter): string {
  const atYear = average[UNIT_WORDS[unit].perYear];
  const after = atYear == null ? '' : ` After twelve months ${format.percent(atYear)} is left on average.`;
  return `${title} of ${format.count(rows.length, { one: 'cohort', other: 'cohorts' })}.${after}`;
}
