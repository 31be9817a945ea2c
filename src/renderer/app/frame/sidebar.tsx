/** The rooms, always in the same place. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { ROOM_GROUPS } from '../../../shared/contract/actions.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { classNames } from '../../lib/class-names.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { ActionContext } from '../actions/action-list.ts';
import { ROOMS, type Room } from '../rooms.ts';
import { LeaveDemo } from './leave-demo.tsx';
import { Setup } from './setup.tsx';

export function Sidebar({ context }: { context: ActionContext }): ReactNode {
  return (
    <RoomsNav context={context} className="w-48 shrink-0 border-r border-line max-[1100px]:w-44 max-[760px]:hidden" />
  );
}

interface RoomsNavProps {
  context: ActionContext;
  /** A room was chosen, be it the one that is open. */
  onChosen?: () => void;
  className: string;
}

export function RoomsNav({ context, onChosen, className }: RoomsNavProps): ReactNode {
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
        Vario
      </Link>
      <button
        type="button"
        onClick={context.openPalette}
        className="mb-2 flex h-7 items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm text-muted hover:text-ink"
      >
        <Search size={14} aria-hidden strokeWidth={1.75} />
        <span className="flex-1 text-left">Find</span>
        <Kbd keys="mod+k" />
      </button>
      {ROOM_GROUPS.map((group) => (
        <section key={group} aria-label={group} className="mb-1.5">
          <h2 aria-hidden className="px-2 py-0.5 text-2xs font-medium text-subtle">
            {group}
          </h2>
          <ul className="flex flex-col gap-px">
            {ROOMS.filter((room) => room.group === group).map((room) => (
              <li key={room.path}>
                <RoomLink room={room} chosen={chosen} count={room.path === '/alerts' ? (alerts.data?.open ?? 0) : 0} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className="mt-auto flex flex-col gap-px">
        <LeaveDemo />
        <Setup />
      </div>
    </nav>
  );
}

function RoomLink({ room, count, chosen }: { room: Room; count: number; chosen: { onClick?: () => void } }): ReactNode {
  const format = useFormat();
  const Icon = room.icon;
  return (
    <Link
      to={room.path}
      {...chosen}
      activeOptions={{ exact: room.path === '/', includeSearch: false }}
      className="flex h-7 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:text-ink aria-[current=page]:shadow-raised"
    >
      <Icon size={16} aria-hidden strokeWidth={1.75} className="shrink-0" />
      <span className="flex-1">{room.title}</span>
      {count > 0 && (
        <span className="rounded-full bg-warn-soft px-1.5 text-2xs font-semibold text-warn">
          {format.count(count)}
          <span className="sr-only"> open</span>
        </span>
      )}
    </Link>
  );
}
