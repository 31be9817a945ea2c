/** The rooms, always in the same place. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { ROOM_GROUPS } from '../../../shared/contract/actions.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { classNames } from '../../lib/class-names.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { ActionContext } from '../actions/action-list.ts';
import { ROOMS, type Room } from '../rooms.ts';
import { LeaveDemo } from './leave-demo.tsx';
import { SetupButton } from './setup-button.tsx';
import { toggleSidebar, useSidebarFolded } from './sidebar-width.ts';

export function Sidebar({ context }: { context: ActionContext }): ReactNode {
  const folded = useSidebarFolded();
  return (
    <RoomsNav
      context={context}
      folded={folded}
      className={classNames('shrink-0 border-r border-line max-[760px]:hidden', folded ? 'w-13' : 'w-48')}
    />
  );
}

interface RoomsNavProps {
  context: ActionContext;
  /** A room was chosen, be it the one that is open. */
  onChosen?: () => void;
  /** Pictures alone; names appear beside them. */
  folded?: boolean;
  className: string;
}

export function RoomsNav({ context, onChosen, folded = false, className }: RoomsNavProps): ReactNode {
  const { api } = useEngine();
  const alerts = useQuery(api.alerts.list.queryOptions({ input: { state: 'open', limit: 20 } }));
  const chosen = onChosen === undefined ? {} : { onClick: onChosen };
  return (
    <nav
      aria-label="Rooms"
      className={classNames('no-print flex flex-col gap-1 overflow-y-auto bg-canvas px-2.5 py-3', className)}
    >
      <Link
        to="/"
        {...chosen}
        className="mb-2 flex items-center gap-2 rounded-md px-2 py-1 text-base font-semibold tracking-tight"
      >
        <Mark size={22} />
        <span className={classNames(folded && 'sr-only')}>Vario</span>
      </Link>
      <button
        type="button"
        onClick={context.openPalette}
        className="mb-2 flex h-7 items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm text-muted hover:text-ink"
      >
        <Search size={14} aria-hidden strokeWidth={1.75} />
        <span className={classNames('flex-1 text-left', folded && 'sr-only')}>Find</span>
        {!folded && <Kbd keys="mod+k" />}
      </button>
      {ROOM_GROUPS.map((group) => (
        <div key={group} role="group" aria-label={group} className={folded ? 'mb-0.5' : 'mb-1.5'}>
          {folded ? (
            <hr className="mx-1 mb-0.5 border-line" />
          ) : (
            <h2 aria-hidden className="px-2 py-0.5 text-2xs font-medium text-subtle">
              {group}
            </h2>
          )}
          <ul className="flex flex-col gap-px">
            {ROOMS.filter((room) => room.group === group).map((room) => (
              <li key={room.path}>
                <RoomLink
                  room={room}
                  chosen={chosen}
                  folded={folded}
                  count={room.path === '/alerts' ? (alerts.data?.open ?? 0) : 0}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div
        className={classNames(
          'mt-auto flex flex-col gap-px',
          folded && '[&>button]:w-8 [&>button]:overflow-hidden [&>button]:whitespace-nowrap',
        )}
      >
        <LeaveDemo />
        <SetupButton onChosen={onChosen} />
        {onChosen === undefined && <FoldButton folded={folded} />}
      </div>
    </nav>
  );
}

function FoldButton({ folded }: { folded: boolean }): ReactNode {
  const Icon = folded ? PanelLeftOpen : PanelLeftClose;
  return (
    <button
      type="button"
      aria-expanded={!folded}
      onClick={toggleSidebar}
      className="flex h-7 w-full items-center gap-2.5 rounded-md px-2 text-sm font-medium text-subtle hover:bg-hover hover:text-ink"
    >
      <Icon size={16} aria-hidden strokeWidth={1.75} className="shrink-0" />
      <span className={classNames('flex-1 text-left', folded && 'sr-only')}>{folded ? 'Unfold' : 'Fold'}</span>
      {!folded && <Kbd keys="mod+b" />}
    </button>
  );
}

interface RoomLinkProps {
  room: Room;
  count: number;
  chosen: { onClick?: () => void };
  folded: boolean;
}

function RoomLink(props: RoomLinkProps): ReactNode {
  return props.folded ? (
    <Tooltip text={props.room.title} side="right">
      {roomLink(props)}
    </Tooltip>
  ) : (
    roomLink(props)
  );
}

/** The element itself, not a component of it: the tooltip gives its props to the link. */
function roomLink({ room, count, chosen, folded }: RoomLinkProps): ReactNode {
  const Icon = room.icon;
  return (
    <Link
      to={room.path}
      {...chosen}
      activeOptions={{ exact: room.path === '/', includeSearch: false }}
      className="relative flex h-7 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:text-ink aria-[current=page]:shadow-raised"
    >
      <Icon size={16} aria-hidden strokeWidth={1.75} className="shrink-0" />
      <span className={classNames('flex-1', folded && 'sr-only')}>{room.title}</span>
      {count > 0 && <OpenCount count={count} folded={folded} />}
    </Link>
  );
}

function OpenCount({ count, folded }: { count: number; folded: boolean }): ReactNode {
  const format = useFormat();
  return (
    <span
      className={classNames(
        'rounded-full bg-warn-soft text-2xs font-semibold text-warn',
        folded ? 'absolute -top-0.5 right-0 px-1' : 'px-1.5',
      )}
    >
      {format.count(count)}
      <span className="sr-only"> open</span>
    </span>
  );
}
