/** Steps of a funnel, each with its share of the step that it is taken from. */
import type { Formatter } from '../lib/format.ts';
import { countUnit, PERCENT } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';

export interface FunnelStep {
  readonly id: string;
  readonly label: string;
  /** How many came so far; null where nobody counts them. */
  readonly value: number | null;
  /** The step whose people it is a share of; default the one before. */
  readonly of?: string;
}

export interface FunnelRow {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  /** A fraction of `ofLabel`; null for the first step, and where either is not known or nobody was there. */
  readonly share: number | null;
  readonly ofLabel: string | null;
  /** Whether the share is one of the row right above: only then does the drawing lead from it. */
  readonly follows: boolean;
}

export function funnelRows(steps: readonly FunnelStep[]): FunnelRow[] {
  return steps.map(({ id, label, value, of }, index) => {
    const before = steps[index - 1];
    const from = of === undefined ? before : steps.find((step) => step.id === of);
    const whole = from?.value ?? null;
    return {
      id,
      label,
      value,
      share: value === null || whole === null || whole === 0 ? null : value / whole,
      ofLabel: from?.label ?? null,
      follows: from !== undefined && from === before,
    };
  });
}

/** @example '12,400 visited; signed up 1,204 (9.7% of visited); paid 301 (25.0% of signed up).' */
export function funnelSentence(rows: readonly FunnelRow[], format: Formatter): string {
  const parts = rows.map(({ label, value, share, ofLabel }, index) => {
    const name = label.toLowerCase();
    if (value === null) return `${name} not counted`;
    if (index === 0) return `${format.count(value)} ${name}`;
    const of = share === null || ofLabel === null ? '' : ` (${format.percent(share)} of ${ofLabel.toLowerCase()})`;
    return `${name} ${format.count(value)}${of}`;
  });
  return parts.length === 0 ? 'No steps.' : `${parts.join('; ')}.`;
}

export function funnelTable(rows: readonly FunnelRow[]): ChartTable {
  return {
    columns: [
      { header: 'Step', holds: 'text' },
      { header: 'Count', holds: 'value', unit: countUnit() },
      { header: 'Share', holds: 'value', unit: PERCENT },
      { header: 'Of', holds: 'text' },
    ],
    rows: rows.map(({ label, value, share, ofLabel }) => [label, value, share, share === null ? null : ofLabel]),
  };
}
