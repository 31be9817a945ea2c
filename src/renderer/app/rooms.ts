/** The rooms of the cockpit with their pictures, in the order of the sidebar. */
import {
  Activity,
  Bell,
  BookOpen,
  CalendarRange,
  ChartSpline,
  Coins,
  Database,
  FileText,
  FileUp,
  Gauge,
  LifeBuoy,
  Repeat2,
  Scale,
  Settings,
  Sunrise,
  TicketPercent,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { ROOM_LIST, type FilterName, type RoomGroup, type RoomPath } from '../../shared/contract/actions.ts';

export interface Room {
  readonly path: RoomPath;
  readonly title: string;
  readonly icon: LucideIcon;
  /** A sequence: `g c` is G, then C. */
  readonly keys: string;
  readonly group: RoomGroup;
  readonly follows: readonly FilterName[];
}

export const ROOM_ICONS: Readonly<Record<RoomPath, LucideIcon>> = {
  '/': Gauge,
  '/today': Sunrise,
  '/week': CalendarRange,
  '/revenue': ChartSpline,
  '/discounts': TicketPercent,
  '/retention': Repeat2,
  '/customers': Users,
  '/usage': Activity,
  '/costs': Coins,
  '/support': LifeBuoy,
  '/alerts': Bell,
  '/reconciliation': Scale,
  '/reports': FileText,
  '/sources': Database,
  '/import': FileUp,
  '/settings': Settings,
  '/handbook': BookOpen,
};

export const ROOMS: readonly Room[] = ROOM_LIST.map((room) => ({ ...room, icon: ROOM_ICONS[room.path] }));
