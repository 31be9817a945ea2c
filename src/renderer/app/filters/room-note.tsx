/** One line below the top bar that says which of the set filters the room on show does not follow. */
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FILTER_NAMES, type FilterName } from '../../../shared/contract/actions.ts';
import { FilterNote } from '../../ui/filter-note.tsx';
import { ROOMS } from '../rooms.ts';

/** What a page follows; pages that are no rooms of the sidebar follow nothing. */
export function followedBy(path: string): readonly FilterName[] {
  return ROOMS.find((room) => room.path === path)?.follows ?? [];
}

export function RoomNote(): ReactNode {
  const path = useLocation({ select: (location) => location.pathname });
  const follows = followedBy(path);
  const isRoom = ROOMS.some((room) => room.path === path);
  return (
    <FilterNote
      ignores={FILTER_NAMES.filter((name) => !follows.includes(name))}
      because={`${isRoom ? 'this room' : 'this page'} does not follow ${follows.length === 0 ? 'the filters' : 'every filter'}`}
      className="no-print border-b border-line bg-warn-soft px-4 py-1"
    />
  );
}
