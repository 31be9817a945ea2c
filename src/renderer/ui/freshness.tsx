/** How old the data is: a mark with its words, so that the colour is never alone. */
import { Circle, CircleAlert, CircleCheck, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Instant } from '../../shared/kernel/instant.ts';
import { classNames } from '../lib/class-names.ts';
import { useFormat } from '../lib/format-context.tsx';

export type FreshnessKind = 'fresh' | 'syncing' | 'stale' | 'never';

export interface FreshnessProps {
  kind: FreshnessKind;
  /** When the data was last complete; null where it never was. */
  at: Instant | null;
  /** The present, from the caller's clock. */
  now: Instant;
  /** Whose data: «Stripe». */
  source?: string;
}

const MARKS = {
  fresh: { Icon: CircleCheck, tone: 'text-gain' },
  syncing: { Icon: RefreshCw, tone: 'text-accent' },
  stale: { Icon: CircleAlert, tone: 'text-warn' },
  never: { Icon: Circle, tone: 'text-subtle' },
} as const;

export function Freshness({ kind, at, now, source }: FreshnessProps): ReactNode {
  const format = useFormat();
  const { Icon, tone } = MARKS[kind];
  const age = at === null ? 'never synced' : `synced ${format.relative(at, now)}`;
  const words = kind === 'syncing' ? 'syncing' : kind === 'stale' && at !== null ? `stale, ${age}` : age;
  return (
    <span
      className="inline-flex items-center gap-1 text-xs text-muted"
      title={at === null ? undefined : format.instant(at, 'long')}
    >
      <Icon size={13} aria-hidden strokeWidth={2} className={classNames('shrink-0', tone)} />
      {source === undefined ? words : `${source} ${words}`}
    </span>
  );
}
