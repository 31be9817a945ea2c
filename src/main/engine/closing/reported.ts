/** What was reported of a month: everything that its close froze, and whether it still gives its hash. */
import { z } from 'zod';
import { ReportedMonthSchema, type ReportedMonth } from '../../../shared/contract/closing.ts';
import { MetricSnapshotSchema, type MetricSnapshot } from '../../../shared/contract/metrics.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { snapshot, type MetricsContext } from '../metrics/index.ts';
import type { SqlValue } from '../store/handles.ts';
import type { ReadDb } from '../store/index.ts';
import { lastCloseOf, stampOf, type Close } from './closes.ts';
import { hashOf, type FrozenMovement } from './freeze.ts';
import { unpacked } from './packed.ts';

interface Row {
  [column: string]: SqlValue;
  time_zone: string;
  policy: string;
  rules_version: number;
  program_version: string;
  ledger_run_id: number;
  snapshot: string;
  movements: Uint8Array;
  pack: Uint8Array;
  sources: string;
  rates: string;
  previous_hash: string;
  hash: string;
}

function rowOf(db: ReadDb, { closeId }: Close): Row {
  const row = db.prepare<[number], Row>(`SELECT * FROM month_close WHERE close_id = ?`).first(closeId);
  if (!row) throw new AppError('not_found', `There is no close ${closeId}`);
  return row;
}

/** The last close of a month, also one that was opened again. @throws AppError `not_found` where it was never closed. */
export function reportedMonth(db: ReadDb, month: PlainMonth, context: MetricsContext): ReportedMonth {
  const close = lastCloseOf(db, month);
  const row = rowOf(db, close);
  const { close_id: _id, hash, ...hashed } = row;
  return {
    stamp: stampOf(close),
    timeZone: row.time_zone,
    currency: close.currency,
    policy: PolicySchema.parse(JSON.parse(row.policy)),
    rulesVersion: row.rules_version,
    programVersion: row.program_version,
    ledgerRunId: row.ledger_run_id,
    movementRows: MovementsSchema.parse(unpacked(row.movements)).length,
    snapshot: frozenSnapshot(db, row, close, context),
    bridge: close.bridge,
    flows: close.flows,
    sources: ReportedMonthSchema.shape.sources.parse(JSON.parse(row.sources)),
    rates: ReportedMonthSchema.shape.rates.parse(JSON.parse(row.rates)),
    gaps: [...close.gaps],
    reopening: close.reopening,
    previousHash: row.previous_hash,
    intact: hashOf(Object.values(hashed)) === hash,
  };
}

const PolicySchema = ReportedMonthSchema.shape.policy;
const MovementsSchema = z.array(z.custom<FrozenMovement>((row) => Array.isArray(row)));

/** The metrics as they were frozen. @throws AppError `not_found` where the month was never closed. */
export function reportedSnapshot(db: ReadDb, month: PlainMonth, context: MetricsContext): MetricSnapshot {
  const close = lastCloseOf(db, month);
  return frozenSnapshot(db, rowOf(db, close), close, context);
}

/**
 * A metric that the program did not know when the month was closed is null,
 * with that as its reason; what cannot be null is as it is known today.
 */
function frozenSnapshot(db: ReadDb, row: Row, { month, currency }: Close, context: MetricsContext): MetricSnapshot {
  const frozen = JSON.parse(row.snapshot) as Record<string, unknown>;
  const whole = MetricSnapshotSchema.safeParse(frozen);
  if (whole.success) return whole.data;
  const known = snapshot(db, { month, currency }, context);
  const unknown = Object.entries(known).filter(([name]) => !(name in frozen));
  const why = `Vario ${row.program_version}, which closed the month, did not compute this`;
  const filled = {
    ...Object.fromEntries(unknown.map(([name]) => [name, null])),
    ...frozen,
    reasons: { ...Object.fromEntries(unknown.map(([name]) => [name, why])), ...reasonsOf(frozen) },
  };
  const parsed = MetricSnapshotSchema.safeParse(filled);
  if (parsed.success) return parsed.data;
  const never = new Set(parsed.error.issues.map(({ path: [name] }) => name));
  return MetricSnapshotSchema.parse({ ...filled, ...Object.fromEntries(unknown.filter(([name]) => never.has(name))) });
}

const ReasonsSchema = z.object({ reasons: z.record(z.string(), z.string()) });

function reasonsOf(frozen: unknown): Record<string, string> {
  return ReasonsSchema.parse(frozen).reasons;
}

/** The frozen board pack of a month in force or opened again, for the reports to read. */
export function reportedPack(db: ReadDb, month: PlainMonth): { readonly close: Close; readonly pack: unknown } {
  const close = lastCloseOf(db, month);
  return { close, pack: unpacked(rowOf(db, close).pack) };
}
