/** What needs the founder now, each with its next action. */
import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { CircleAlert, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Alert } from '../../../../shared/contract/alerts.ts';
import { inAppTarget } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';

const SIGNS: Record<Alert['severity'], { icon: LucideIcon; tone: string }> = {
  critical: { icon: CircleAlert, tone: 'text-loss' },
  warning: { icon: TriangleAlert, tone: 'text-warn' },
  info: { icon: Info, tone: 'text-accent' },
};

/** The sidebar asks for the same, so that one answer serves both. */
const ASKED = 20;
const SHOWN = 5;

export function AlertList({ className }: { className?: string }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const alerts = useQuery(api.alerts.list.queryOptions({ input: { state: 'open', limit: ASKED } }));
  const rows = alerts.data?.rows.slice(0, SHOWN) ?? [];
  const state = stateOf(alerts);
  return (
    <Tile
      title={alerts.data === undefined ? 'Needs you' : `Needs you (${format.count(alerts.data.open)})`}
      flush
      {...(className === undefined ? {} : { className })}
      actions={
        <Link to="/alerts" className="rounded-md px-2 text-xs font-medium text-muted hover:bg-hover hover:text-ink">
          All alerts
        </Link>
      }
    >
      <StateGate
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: 'Nothing needs you now',
                hint: 'Churn, failing payments and slow growth appear here.',
              }
            : state
        }
      >
        <ul className="pb-1">
          {rows.map((alert) => (
            <Line key={alert.alertId} alert={alert} />
          ))}
        </ul>
      </StateGate>
    </Tile>
  );
}

function Line({ alert }: { alert: Alert }): ReactNode {
  const router = useRouter();
  const { icon: Icon, tone } = SIGNS[alert.severity];
  const target = inAppTarget(alert.target);
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        className="flex w-full items-start gap-2.5 px-4 py-1.5 text-left hover:bg-hover"
        onClick={() => {
          if (target !== null) router.history.push(target);
        }}
      >
        <Icon size={15} aria-hidden strokeWidth={1.75} className={classNames('mt-0.5 shrink-0', tone)} />
        <span className="min-w-0 flex-1">
          <span className={classNames('block truncate text-ink', alert.readAt === null && 'font-medium')}>
            {alert.title}
          </span>
          <span className="block truncate text-xs text-muted">{alert.nextAction ?? alert.body}</span>
        </span>
      </button>
    </li>
  );
}
