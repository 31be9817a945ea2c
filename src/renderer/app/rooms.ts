/** The rooms of the cockpit, in the order of the sidebar. A room is listed when it is real. */
import {
  Bell,
  ChartSpline, Coins,
  Database,
  FileText,
  Gauge,
  Repeat2,
  Scale,
  Settings,
  Users,
  TicketPercent,
  type LucideIcon,
} from 'lucide-react';

export interface Room {
  readonly path:
    | '/'
    | '/revenue'
    | '/discounts'
    | '/retention'
    | '/customers'
    | '/costs'
    | '/alerts'
    | '/reconciliation'
    | '/reports'
    | '/sources'
    | '/settings';
  readonly title: string;
  readonly icon: LucideIcon;
  /** A sequence: `g c` is G, then C. */
  readonly keys: string;
}

export const ROOMS: readonly Room[] = [
  { path: '/', title: 'Cockpit', icon: Gauge, keys: 'g c' },
  { path: '/revenue', title: 'Revenue', icon: ChartSpline, keys: 'g v' },
  { path: '/discounts', title: 'Discount cliffs', icon: TicketPercent, keys: 'g d' },
  { path: '/retention', title: 'Retention', icon: Repeat2, keys: 'g e' },
  { path: '/customers', title: 'Customers', icon: Users, keys: 'g u' },
  { path: '/costs', title: 'Costs', icon: Coins, keys: 'g o' },
  { path: '/alerts', title: 'Alerts', icon: Bell, keys: 'g a' },
  { path: '/reconciliation', title: 'Reconciliation', icon: Scale, keys: 'g n' },
  { path: '/reports', title: 'Reports', icon: FileText, keys: 'g r' },
  { path: '/sources', title: 'Sources', icon: Database, keys: 'g s' },
  { path: '/settings', title: 'Settings', icon: Settings, keys: 'g t' },
];
