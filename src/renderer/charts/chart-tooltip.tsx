/** What the crosshair reads: the day or name, and each value with its mark. */
import type { ReactNode } from 'react';

export interface TooltipLine {
  readonly label: string;
  readonly color: string;
  readonly text: string;
}

/** What is read at one place of a chart. */
export interface Reading {
  readonly title: string;
  readonly lines: readonly TooltipLine[];
  /** The sum of the lines, where it is one. */
  readonly total?: string;
}

export function ChartTooltip({ title, lines, total }: Reading): ReactNode {
  return (
    <div className="min-w-36 rounded-lg bg-raised px-3 py-2 text-xs shadow-floating">
      <p className="mb-1 font-medium text-ink">{title}</p>
      {lines.map((line) => (
        <p key={line.label} className="flex items-center gap-2">
          <span aria-hidden className="h-2 w-2 rounded-full" style={{ background: line.color }} />
          <span className="text-muted">{line.label}</span>
          <span className="ml-auto pl-4 font-medium text-ink">{line.text}</span>
        </p>
      ))}
      {total !== undefined && (
        <p className="mt-1 flex justify-between border-t border-line pt-1 text-muted">
          Sum <span className="font-medium text-ink">{total}</span>
        </p>
      )}
    </div>
  );
}
