/** How long a running sync still takes, by the pace measured so far; unknown is said, not guessed. */
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { MINUTE_MS, SECOND_MS } from '../../../../shared/kernel/instant.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';

export function RemainingTime({ source }: { source: Source }): ReactNode {
  const format = useFormat();
  const now = useNow();
  const { remaining } = source;
  if (remaining === null) return null;
  const { seconds, perSecond, measuredAt } = remaining;
  // Nothing has come for a while: what was measured before says nothing any more.
  const isStalled = now > measuredAt + MINUTE_MS;
  const left =
    seconds === null || isStalled
      ? 'Time left: unknown'
      : seconds === 0
        ? 'Almost through'
        : `About ${format.duration(seconds * SECOND_MS)} left`;
  const pace =
    perSecond === null || isStalled ? null : `${format.count(Math.round(perSecond))} objects a second at present`;
  return <p className="text-xs text-muted">{[left, pace].filter((part) => part !== null).join(' · ')}</p>;
}
