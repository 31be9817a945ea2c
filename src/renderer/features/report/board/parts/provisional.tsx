/** Says on the first page that the figures were printed before the first sync was through. */
import type { ReactNode } from 'react';
import type { PlainDay } from '../../../../../shared/kernel/day.ts';
import { useFormat } from '../../../../lib/format-context.tsx';

/** @param history as `metrics.freshness` tells it. */
export function Provisional({ history }: { history: { complete: boolean; from: PlainDay | null } }): ReactNode {
  const format = useFormat();
  if (history.complete) return null;
  return (
    <p className="absolute inset-x-0 top-0 text-center text-xs font-medium text-warn">
      {history.from === null
        ? 'Provisional: printed before the first sync was through. All figures are incomplete.'
        : `Provisional: printed before the first sync was through. Figures of days before ${format.day(history.from)} are incomplete.`}
    </p>
  );
}
