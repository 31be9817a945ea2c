import type { Alert } from '../../../../shared/contract/alerts.ts';
import type { ClosingList } from '../../../../shared/contract/closing.ts';
import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { countText, decimalsText, moneyText, ratioText } from '../../figure-text.ts';

export interface DemoSummary {
  readonly workspace: Workspace;
  readonly snapshot: MetricSnapshot;
  readonly sources: readonly Source[];
  readonly alerts: { readonly open: number; readonly rows: readonly Alert[] };
  readonly closing: ClosingList;
  readonly month: PlainMonth;
  /** Null where it could not be printed; then `problem` says why. */
  readonly report: { readonly file: string; readonly pages: number | null } | null;
  readonly problem: string | null;
}

const SHOWN_ALERTS = 5;

/** What `vario demo --json` prints. */
export function demoDocument(summary: DemoSummary, address: string | null, seconds: number) {
  const { workspace, snapshot, sources, alerts, month, report, problem } = summary;
  const streams = sources.flatMap((source) => source.streams);
  return {
    company: workspace.companyName,
    seconds: Math.round(seconds * 10) / 10,
    objects: total(streams.map(({ stored }) => stored ?? 0)),
    quarantined: total(streams.map(({ quarantined }) => quarantined)),
    complete: streams.every(({ complete }) => complete),
    asOf: snapshot.asOf,
    currency: snapshot.currency,
    mrr: snapshot.mrr,
    arr: snapshot.arr,
    nrr: snapshot.nrr,
    customers: snapshot.customers,
    closed: closedOf(summary),
    alerts: { open: alerts.open, rows: alerts.rows },
    report: { month, file: report?.file ?? null, pages: report?.pages ?? null, problem },
    address,
  };
}

/** The same for people. */
export function demoText(summary: DemoSummary, address: string | null, seconds: number): string {
  const { workspace, snapshot, sources, alerts, report, problem } = summary;
  const money = (amount: number | null) => moneyText(amount, snapshot.currency);
  const streams = sources.flatMap((source) => source.streams);
  const complete = streams.filter((stream) => stream.complete).length;
  const lines: (readonly [label: string, value: string])[] = [
    [
      'Synced',
      `${countText(total(streams.map(({ stored }) => stored ?? 0)))} objects; ${complete} of ${streams.length} streams proven complete`,
    ],
    ['MRR', money(snapshot.mrr)],
    ['ARR', money(snapshot.arr)],
    [
      'NRR',
      `${ratioText(snapshot.nrr)}${snapshot.nrr === null ? ` (${snapshot.reasons['nrr'] ?? 'not defined'})` : ''}`,
    ],
    ['Customers', countText(snapshot.customers)],
    ['Closed', closedText(summary)],
    ['Alerts', alerts.open === 0 ? 'none open' : `${countText(alerts.open)} open`],
    ...alerts.rows.slice(0, SHOWN_ALERTS).map(({ title }) => ['', `· ${title}`] as const),
    [`Board pack`, report === null ? `not printed: ${problem}` : report.file],
    ...(address === null ? [] : [['Cockpit', address] as const]),
  ];
  const rows = lines.map(([label, value]) => `  ${label.padEnd(12)}${value}`);
  return [`${workspace.companyName}, as of ${snapshot.asOf} (${decimalsText(seconds, 1)} s)`, '', ...rows].join('\n');
}

/** How many months are closed, the last of them, and how many entries became known after that. */
function closedOf({ closing }: DemoSummary) {
  const closed = closing.months.filter(({ state }) => state === 'closed');
  return {
    months: closed.length,
    through: closed[0]?.month ?? null,
    restatements: total(closed.map(({ restatements }) => restatements)),
  };
}

function closedText(summary: DemoSummary): string {
  const { months, through, restatements } = closedOf(summary);
  if (through === null) return 'no month';
  const later = restatements === 1 ? '1 restatement' : `${countText(restatements)} restatements`;
  return `${countText(months)} months, through ${through}; ${later} since`;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
