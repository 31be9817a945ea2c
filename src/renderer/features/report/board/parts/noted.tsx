/** What was noted and released in the days of a chart, in words below it: on paper nothing can be pointed at. */
import type { ReactNode } from 'react';
import type { PlainDay } from '../../../../../shared/kernel/day.ts';
import { useChartMarks } from '../../../../charts/marks.tsx';
import { useFormat } from '../../../../lib/format-context.tsx';

/** As many as a page has room for; the latest. */
const MOST = 8;

export function Noted({ from, to }: { from: PlainDay; to: PlainDay }): ReactNode {
  const { list } = useChartMarks();
  const format = useFormat();
  const shown = list.filter(({ day }) => day >= from && day <= to).slice(-MOST);
  if (shown.length === 0) return null;
  return (
    <ul className="mt-1 columns-2 gap-6 text-xs text-muted">
      {shown.map(({ key, day, text }) => (
        <li key={key} className="break-inside-avoid">
          <span className="text-ink">{format.day(day)}</span> {text}
        </li>
      ))}
    </ul>
  );
}
