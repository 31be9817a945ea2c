/** What each mark stands for: the sample repeats colour and stroke, so it works without colour. */
import type { ReactNode } from 'react';

export interface LegendItem {
  readonly label: string;
  /** A CSS colour, as a rule `var(--series-…)`. */
  readonly color: string;
  readonly mark?: 'line' | 'dashed' | 'square' | 'dot';
  /** The last or total value, already formatted. */
  readonly value?: string;
}

export function Legend({ items }: { items: readonly LegendItem[] }): ReactNode {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-3 text-xs text-muted">
      {items.map((item) => (
        <li key={item.label} className="inline-flex items-center gap-1.5">
          <svg width={14} height={10} aria-hidden>
            {item.mark === 'square' ? (
              <rect x={2} y={0} width={10} height={10} rx={2} fill={item.color} />
            ) : item.mark === 'dot' ? (
              <circle cx={7} cy={5} r={3} fill={item.color} />
            ) : (
              <line
                x1={0}
                x2={14}
                y1={5}
                y2={5}
                stroke={item.color}
                strokeWidth={2}
                strokeDasharray={item.mark === 'dashed' ? '3 3' : undefined}
              />
            )}
          </svg>
          {item.label}
          {item.value !== undefined && <span className="font-medium text-ink">{item.value}</span>}
        </li>
      ))}
    </ul>
  );
}
