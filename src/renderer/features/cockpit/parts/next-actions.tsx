/** What needs the founder today, each with the place where it is done. */
import { Link } from '@tanstack/react-router';
import { ChevronRight, CircleAlert, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import { use, type ReactNode } from 'react';
import type { NextAction } from '../../../../shared/contract/cockpit.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { useOpenTarget } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { NamesHidden, TileHeight } from '../cockpit-context.tsx';
import { useNextActions } from '../use-cockpit.ts';
import { ListTile } from './list-tile.tsx';

const SIGNS: Record<NextAction['severity'], { icon: LucideIcon; tone: string; word: string }> = {
  critical: { icon: CircleAlert, tone: 'text-loss', word: 'Critical' },
  warning: { icon: TriangleAlert, tone: 'text-warn', word: 'Warning' },
  info: { icon: Info, tone: 'text-accent', word: 'To do' },
};

/** Two lines, and three where there is room for all. */
const ROW = 44;
const TALL_ROW = 60;
const HEADER = 48;

export function NextActions(): ReactNode {
  const format = useFormat();
  const actions = useNextActions();
  const rows = actions.data?.rows ?? [];
  const total = actions.data?.total ?? 0;
  const state = stateOf(actions);
  const isTall = total * TALL_ROW <= use(TileHeight) - HEADER;
  return (
    <ListTile
      title={actions.data === undefined ? 'Needs you today' : `Needs you today (${format.count(total)})`}
      actions={
        <Link to="/alerts" className="rounded-md px-2 text-xs font-medium text-muted hover:bg-hover hover:text-ink">
          All alerts
        </Link>
      }
      state={
        state.kind === 'ready' && rows.length === 0
          ? {
              kind: 'empty',
              title: 'Nothing needs you today',
              hint: 'Sources that fail, customers who owe or leave, and months to close appear here.',
            }
          : state
      }
      rows={rows}
      rowHeight={isTall ? TALL_ROW : ROW}
      total={total}
    >
      {(action) => (
        <Line key={`${action.kind} ${action.key}`} action={action} isTall={isTall} currency={actions.data?.currency} />
      )}
    </ListTile>
  );
}

function Line(props: { action: NextAction; isTall: boolean; currency: CurrencyCode | undefined }): ReactNode {
  const { action, isTall, currency } = props;
  const openTarget = useOpenTarget();
  const format = useFormat();
  const namesHidden = use(NamesHidden);
  const { icon: Icon, tone, word } = SIGNS[action.severity];
  const isPrivate = namesHidden && action.ofCustomer;
  const subject = isPrivate ? null : action.subject;
  const detail = isPrivate ? '' : action.detail;
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        className={classNames(
          'flex w-full items-center gap-2.5 px-4 text-left hover:bg-hover',
          isTall ? 'h-15' : 'h-11',
        )}
        onClick={() => {
          openTarget(action.target);
        }}
      >
        <Icon size={15} aria-hidden strokeWidth={1.75} className={classNames('shrink-0', tone)} />
        <span className="sr-only">{word}: </span>
        <span className="min-w-0 flex-1 leading-4">
          <span className="block truncate font-medium text-ink">{subject ?? action.title}</span>
          <span className={classNames('text-xs text-muted', isTall ? 'line-clamp-2' : 'block truncate')} title={detail}>
            {subject !== null ? action.title : detail}
            {isTall && subject !== null && <span className="text-subtle">. {detail}</span>}
          </span>
        </span>
        {action.amount !== null && currency !== undefined && (
          <span className="shrink-0 text-xs font-medium text-muted">
            {format.value(action.amount, moneyUnit(currency), { form: 'whole' })}
          </span>
        )}
        <ChevronRight size={14} aria-hidden className="no-print shrink-0 text-subtle" />
      </button>
    </li>
  );
}
