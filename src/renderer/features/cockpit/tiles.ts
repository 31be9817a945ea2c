/** The tiles that the cockpit has: how wide and high they are, and where they stand unless somebody arranges them. */
import type { CockpitMetric } from './metric-view.ts';

export type TileId =
  | 'arr'
  | 'milestone'
  | 'climb'
  | 'actions'
  | `kpi-${string}`
  | 'bridge'
  | 'ahead'
  | 'leaving'
  | 'since'
  | 'course'
  | 'trials'
  | 'freshness'
  | 'movements';

export interface TileKind {
  readonly tile: TileId;
  readonly title: string;
  /** What it tells, for the list from which it is added. */
  readonly tells: string;
  /** Of 24 columns. */
  readonly columns: number;
  readonly least: number;
  /** On a middling screen, of 12 columns. */
  readonly middling: { readonly columns: number; readonly rows: number };
  /** Where all stand in one column; default as on a middling screen. */
  readonly narrowRows?: number;
  /** In units of the grid. */
  readonly rows: number;
  /** What it may shrink to; default `rows`: its content needs them. */
  readonly leastRows?: number;
  /** On the screen unless it is taken away. */
  readonly standard: boolean;
  readonly metric?: CockpitMetric;
}

function kpi(metric: CockpitMetric, title: string, tells: string, standard = true): TileKind {
  return {
    tile: `kpi-${metric.toLowerCase()}`,
    title,
    tells,
    columns: 3,
    least: 3,
    middling: { columns: 3, rows: 5 },
    rows: 5,
    standard,
    metric,
  };
}

/** In reading order: what matters most comes first, also where all stand in one column. */
export const TILE_KINDS: readonly TileKind[] = [
  {
    tile: 'arr',
    title: 'ARR, annual run rate',
    tells: 'How high, and by how much it climbs a day, a week and a month',
    columns: 5,
    least: 5,
    middling: { columns: 6, rows: 7 },
    rows: 7,
    standard: true,
  },
  {
    tile: 'climb',
    title: 'Rate of climb',
    tells: 'The variometer: net new ARR a week against the climb that is needed',
    columns: 12,
    least: 7,
    middling: { columns: 12, rows: 13 },
    rows: 13,
    narrowRows: 22,
    standard: true,
  },
  {
    tile: 'actions',
    title: 'Needs you today',
    tells: 'What to do next, computed from the data',
    columns: 7,
    least: 5,
    middling: { columns: 12, rows: 10 },
    rows: 13,
    leastRows: 5,
    standard: true,
  },
  {
    tile: 'milestone',
    title: 'Next milestone',
    tells: 'Distance, expected day and the pace that it rests on',
    columns: 5,
    least: 5,
    middling: { columns: 6, rows: 7 },
    rows: 6,
    standard: true,
  },
  kpi('mrr', 'MRR', 'Monthly recurring revenue'),
  kpi('nrr', 'NRR', 'Net revenue retention over twelve months'),
  kpi('grr', 'GRR', 'Gross revenue retention over twelve months'),
  kpi('customers', 'Customers', 'Paying customers'),
  kpi('logoChurn', 'Logo churn', 'Share of customers who left in the month'),
  kpi('arpa', 'ARPA', 'Average revenue per account'),
  kpi('quickRatio', 'Quick ratio', 'Gained over lost MRR of the month'),
  kpi('cashCollected', 'Cash in', 'Charges that succeeded in the month'),
  {
    tile: 'bridge',
    title: 'MRR bridge',
    tells: 'How MRR went from the opening to the closing of the month',
    columns: 10,
    least: 7,
    middling: { columns: 12, rows: 11 },
    rows: 9,
    leastRows: 8,
    standard: true,
  },
  {
    tile: 'leaving',
    title: 'About to leave',
    tells: 'Called off or past due, by MRR at risk',
    columns: 7,
    least: 5,
    middling: { columns: 6, rows: 10 },
    rows: 9,
    leastRows: 5,
    standard: true,
  },
  {
    tile: 'ahead',
    title: 'What is ahead',
    tells: 'Cancellations, ends of discounts and trials, renewals of the next 30 days',
    columns: 7,
    least: 5,
    middling: { columns: 6, rows: 10 },
    rows: 9,
    leastRows: 5,
    standard: true,
  },
  {
    tile: 'since',
    title: 'Since the last look',
    tells: 'What changed since the visit before this one',
    columns: 8,
    least: 6,
    middling: { columns: 12, rows: 9 },
    rows: 7,
    leastRows: 5,
    standard: true,
  },
  {
    tile: 'course',
    title: 'MRR over time',
    tells: 'Three years, or the period of the filters',
    columns: 8,
    least: 5,
    middling: { columns: 12, rows: 10 },
    rows: 7,
    leastRows: 5,
    standard: true,
  },
  {
    tile: 'trials',
    title: 'Trials',
    tells: 'What became of the trials of the last 90 days',
    columns: 4,
    least: 4,
    middling: { columns: 6, rows: 7 },
    rows: 7,
    standard: true,
  },
  {
    tile: 'freshness',
    title: 'Data freshness',
    tells: 'How old the data of each source is, and whether it is whole',
    columns: 4,
    least: 4,
    middling: { columns: 6, rows: 7 },
    rows: 7,
    leastRows: 5,
    standard: true,
  },
  {
    tile: 'movements',
    title: 'What moved',
    tells: 'The latest movements of customers',
    columns: 8,
    least: 5,
    middling: { columns: 12, rows: 10 },
    rows: 9,
    leastRows: 5,
    standard: false,
  },
  kpi('grossChurn', 'Gross MRR churn', 'MRR lost in the month as a share of the opening', false),
  kpi('pastDueMrr', 'Past due MRR', 'MRR of subscriptions that owe', false),
  kpi('netRevenue', 'Net revenue', 'Invoiced in the month, without tax and discounts', false),
];

const KINDS = new Map<string, TileKind>(TILE_KINDS.map((kind) => [kind.tile, kind]));

/** Null for a tile of another version. */
export function tileKind(tile: string): TileKind | null {
  return KINDS.get(tile) ?? null;
}
