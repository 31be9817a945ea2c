/** Says over every room how far back the figures are whole, while a first sync is under way or rests. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnectionState, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';

export function HistoryNote(): ReactNode {
  const open = useConnectionState().kind === 'open';
  return open ? <OpenHistoryNote /> : null;
}

function OpenHistoryNote(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { data } = useQuery(api.metrics.freshness.queryOptions());
  if (data === undefined || data.history.complete) return null;
  const { from } = data.history;
  return (
    <div
      role="status"
      className="no-print flex items-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-sm text-accent-strong"
    >
      <History size={15} aria-hidden className="shrink-0" />
      <span>
        {from === null
          ? 'Provisional: the first sync is not through, and no day is whole yet. All figures are still growing.'
          : `Provisional before ${format.day(from)}: the first sync is not through. Figures of earlier days, and whatever is compared with them, are incomplete.`}{' '}
        <Link to="/sources" className="font-medium underline">
          See how far it is
        </Link>
      </span>
    </div>
  );
}
