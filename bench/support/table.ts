/** Small aligned tables, and the numbers in them. */

export interface Row {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  /** Null where there is no target. */
  readonly met: boolean | null;
}

export function printTable(rows: readonly Row[], report: (line: string) => void): void {
  const cells = [
    ['what', 'target', 'measured', 'verdict'],
    ...rows.map(({ what, target, measured, met }) => [
      what,
      target,
      measured,
      met === null ? '' : met ? 'met' : 'MISSED',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of cells)
    report(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

export function ms(value: number): string {
  return value >= 10_000
    ? `${(value / 1_000).toFixed(1)} s`
    : value >= 100
      ? `${Math.round(value)} ms`
      : `${value.toFixed(1)} ms`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** The value below which `share` of the sorted values lie (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The milliseconds that `work` takes, with its result. */
export async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ ms: number; result: Result }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}
