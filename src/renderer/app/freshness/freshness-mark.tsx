/** One place that says how fresh and how sure everything is: a mark with few words, and all of it behind it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleX, RefreshCw, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { useConnectionState, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { useNow } from '../../lib/now.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { standingOf, type Standing, type Trust } from './standing.ts';
import { useOnline } from './use-online.ts';

const SIGNS: Readonly<Record<Trust, { readonly icon: LucideIcon; readonly tone: string }>> = {
  good: { icon: CircleCheck, tone: 'text-gain' },
  waiting: { icon: RefreshCw, tone: 'text-accent' },
  doubtful: { icon: CircleAlert, tone: 'text-warn' },
  broken: { icon: CircleX, tone: 'text-loss' },
};

export function FreshnessMark(): ReactNode {
  const [open, setOpen] = useState(false);
  const standing = useStanding();
  if (standing === null) return null;
  const { icon: Icon, tone } = SIGNS[standing.trust];
  return (
    <Popover
      label="How fresh the figures are"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-96 max-w-[calc(100vw-1rem)]"
      trigger={
        <Button kind="ghost" size="sm" className="min-w-0 shrink! gap-1! font-normal!">
          <Icon size={13} aria-hidden className={classNames('shrink-0', tone)} />
          <span className="truncate max-[1240px]:sr-only">{standing.short}</span>
        </Button>
      }
    >
      <ul className="flex flex-col gap-2.5">
        {standing.lines.map((line) => {
          const sign = SIGNS[line.trust];
          return (
            <li key={`${line.about} ${line.text}`} className="flex items-start gap-2">
              <sign.icon size={14} aria-hidden className={classNames('mt-0.5 shrink-0', sign.tone)} />
              <span className="min-w-0 text-pretty text-ink">
                <span className="text-subtle">{line.about}. </span>
                {line.text}
              </span>
            </li>
          );
        })}
      </ul>
      <Link
        to="/sources"
        onClick={() => setOpen(false)}
        className="mt-3 inline-block text-accent underline-offset-2 hover:underline"
      >
        See the sources
      </Link>
    </Popover>
  );
}

/** Null before anything is known, and for a company without sources while all is well. */
function useStanding(): Standing | null {
  const { api } = useEngine();
  const format = useFormat();
  const now = useNow();
  const online = useOnline();
  const connection = useConnectionState();
  const sources = useQuery(api.sources.list.queryOptions());
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  if (sources.data === undefined) return null;
  return standingOf(
    {
      connection: connection.kind,
      online,
      sources: sources.data,
      history: freshness.data?.history,
      now,
    },
    format,
  );
}
