/** Says that it is quiet now, so that nobody wonders why no notification came. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';

export function HeldBack(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const quiet = useQuery(api.alerts.quiet.queryOptions());
  if (quiet.data === undefined || quiet.data.until === null) return null;
  const { until, held } = quiet.data;
  return (
    <p role="status" className="text-sm text-muted">
      Quiet hours until {format.instant(until)}:{' '}
      {held === 0
        ? 'no notification is held back.'
        : `${format.count(held, { one: 'notification waits', other: 'notifications wait' })} for their end.`}
    </p>
  );
}
