/** `closing.compare`: a month as it was reported beside what is known of it today. */
import {
  BRIDGE_LINES,
  FLOW_LINES,
  RestatementCauseSchema,
  type ComparedMonth,
} from '../../../shared/contract/closing.ts';
import type { MetricSnapshot } from '../../../shared/contract/metrics.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { DEFINITIONS, snapshot, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { lastCloseOf, stampOf, type Close } from './closes.ts';
import { knownLines, lineSums, type LineSums } from './known.ts';
import { reportedSnapshot } from './reported.ts';

/**
 * Line by line and metric by metric, in the currency of the close. For a month
 * that is open again the restatements end with its reopening, so that a line
 * may differ by more than they say.
 * @throws AppError `not_found` where the month was never closed.
 */
export function comparedMonth(db: ReadDb, month: PlainMonth, context: MetricsContext): ComparedMonth {
  const close = lastCloseOf(db, month);
  const reported = reportedSnapshot(db, month, context);
  const known = snapshot(db, { month, currency: close.currency }, context);
  return {
    month,
    stamp: stampOf(close),
    currency: close.currency,
    lines: linesOf(db, close, knownLines(db, month, close.currency, context)),
    metrics: DEFINITIONS.flatMap(({ id, title, unit }) => {
      // Service and what customers say of it are no part of a close.
      if (unit === 'hours' || unit === 'points') return [];
      const values = [valueOf(reported, id), valueOf(known, id)];
      if (values.every((value) => value === undefined)) return [];
      return [
        {
          metric: id,
          title,
          unit,
          reported: values[0] ?? null,
          known: values[1] ?? null,
          reportedReason: reported.reasons[id] ?? null,
          knownReason: known.reasons[id] ?? null,
        },
      ];
    }),
    causes: causesOf(db, close),
    reported,
    known,
  };
}

function linesOf(db: ReadDb, close: Close, known: LineSums): ComparedMonth['lines'] {
  const reported = lineSums(close.bridge.arr, close.flows);
  const restated = new Map(
    db
      .prepare<[number], { line: string; change: number }>(
        `SELECT line, sum(change_minor) AS change FROM restatement_rollup WHERE close_id = ? GROUP BY line`,
      )
      .all(close.closeId)
      .map(({ line, change }) => [line, change]),
  );
  const lineOf = (line: keyof LineSums) => ({
    line,
    reported: minor(reported[line]),
    restated: minor(restated.get(line) ?? 0),
    known: minor(known[line]),
  });
  const bridge = BRIDGE_LINES.map(lineOf);
  const total = (side: 'reported' | 'restated' | 'known') => minor(bridge.reduce((sum, line) => sum + line[side], 0));
  return [
    ...bridge,
    { line: 'closing', reported: total('reported'), restated: total('restated'), known: total('known') },
    ...FLOW_LINES.map(lineOf),
  ];
}

/** A metric's number in a snapshot; undefined for one that a snapshot does not have. */
function valueOf(from: MetricSnapshot, id: string): number | null | undefined {
  const value: unknown = Object.entries(from).find(([name]) => name === id)?.[1];
  return typeof value === 'number' || value === null ? value : undefined;
}

function causesOf(db: ReadDb, { closeId }: Close): ComparedMonth['causes'] {
  const lines = BRIDGE_LINES.map((line) => `'${line}'`).join(', ');
  return db
    .prepare<[number], { cause: string; change: number; entries: number }>(
      `SELECT cause, sum(CASE WHEN line IN (${lines}) THEN change_minor ELSE 0 END) AS change, sum(entries) AS entries
       FROM restatement_rollup WHERE close_id = ? GROUP BY cause ORDER BY abs(change) DESC, cause`,
    )
    .all(closeId)
    .map(({ cause, change, entries }) => ({
      cause: RestatementCauseSchema.parse(cause),
      change: minor(change),
      entries,
    }));
}
