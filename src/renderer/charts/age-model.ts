/** Lines over an age (months since a start) as the chart takes them, and the table of all their points. */
import type { Unit } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';

export interface AgePoint {
  readonly age: number;
  readonly value: number | null;
  /** Bounds of the band around the value, where there is one. */
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface AgeLine {
  readonly id: string;
  readonly label: string;
  readonly points: readonly AgePoint[];
  /** A CSS colour. */
  readonly color: string;
  /** One of many that only show the spread: thin, pale and not read out. */
  readonly faint?: boolean;
  readonly dashed?: boolean;
}

export interface AgeRow {
  readonly age: number;
  readonly values: readonly (number | null)[];
  readonly bands: readonly (readonly [number, number] | null)[];
}

/** All ages of all lines in order. */
export function ageRows(lines: readonly AgeLine[]): AgeRow[] {
  const byAge = new Map<number, { values: (number | null)[]; bands: (readonly [number, number] | null)[] }>();
  lines.forEach((line, index) => {
    for (const { age, value, low, high } of line.points) {
      let row = byAge.get(age);
      if (row === undefined) byAge.set(age, (row = { values: lines.map(() => null), bands: lines.map(() => null) }));
      row.values[index] = value;
      if (low != null && high != null) row.bands[index] = [low, high];
    }
  });
  return [...byAge].map(([age, row]) => ({ age, ...row })).sort((a, b) => a.age - b.age);
}

/** One row per age, one column per line. */
export function ageTable(lines: readonly AgeLine[], unit: Unit, ageHeader: string): ChartTable {
  return {
    columns: [
      { header: ageHeader, holds: 'text' },
      ...lines.map(({ label }) => ({ header: label, holds: 'value', unit }) as const),
    ],
    rows: ageRows(lines).map(({ age, values }) => [age, ...values]),
  };
}
