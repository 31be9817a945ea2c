/** Visits of the founder, and what was known when the cockpit was last on the screen in each. */
import { z } from 'zod';
import { VISIT_MINUTES } from '../../../shared/contract/since.ts';
import { addMs, instant, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { storedBasis, type Basis } from '../closing/index.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

/** Older visits are of no use: only the one before the present is compared with. */
const VISITS_KEPT = 100;

const KnownSchema = z.record(z.string(), z.number());
const BasisSchema = z.object({
  timeZone: z.string(),
  currency: z.string(),
  policy: z.string(),
  rulesVersion: z.number(),
});

/** A look at the cockpit, and what was known then. */
export interface Mark {
  readonly lookedAt: Instant;
  /** Rows of the ledger up to this number were there. */
  readonly movementHead: number;
  readonly restatementHead: number;
  /** By source: facts up to this moment were known. */
  readonly knownUntil: ReadonlyMap<number, Instant>;
  readonly basis: Basis;
}

interface VisitRow {
  visit_id: number;
  seen_at: Instant;
}

/**
 * The founder is here. A new visit begins after `VISIT_MINUTES` without a sign; else the present one goes on. With the
 * cockpit on the screen, what is known now is what the next visit is compared with.
 * @returns whether a visit began.
 */
export function look(db: WriteDb, cockpit: boolean, now: Instant): { began: boolean } {
  return db.transaction(() => {
    const last = lastVisit(db);
    const began = last === null || isOver(last, now);
    const visitId = began ? begin(db, now) : last.visit_id;
    // A clock that was set back does not shorten a visit.
    db.prepareWrite<[number, number]>('UPDATE visit SET seen_at = max(seen_at, ?) WHERE visit_id = ?').run(
      now,
      visitId,
    );
    if (cockpit) remember(db, visitId, now);
    return { began };
  });
}

/** The last look before the present visit, or before the one that would begin now; null where there was none. */
export function markBefore(db: ReadDb, now: Instant): Mark | null {
  const last = lastVisit(db);
  if (last === null) return null;
  const before = isOver(last, now) ? last.visit_id + 1 : last.visit_id;
  const row = db
    .prepare<
      [number],
      { looked_at: Instant; movement_head: number; restatement_head: number; known_until: string; basis: string }
    >(
      `SELECT looked_at, movement_head, restatement_head, known_until, basis FROM visit
       WHERE visit_id < ? AND looked_at IS NOT NULL ORDER BY visit_id DESC LIMIT 1`,
    )
    .first(before);
  if (!row) return null;
  const known = KnownSchema.parse(JSON.parse(row.known_until));
  return {
    lookedAt: row.looked_at,
    movementHead: row.movement_head,
    restatementHead: row.restatement_head,
    knownUntil: new Map(Object.entries(known).map(([sourceId, at]) => [Number(sourceId), instant(at)])),
    basis: BasisSchema.parse(JSON.parse(row.basis)),
  };
}

function lastVisit(db: ReadDb): VisitRow | null {
  return db.prepare<[], VisitRow>('SELECT visit_id, seen_at FROM visit ORDER BY visit_id DESC LIMIT 1').first() ?? null;
}

function isOver({ seen_at }: VisitRow, now: Instant): boolean {
  return now > addMs(seen_at, VISIT_MINUTES * MINUTE_MS);
}

function begin(db: WriteDb, now: Instant): number {
  const { lastId } = db
    .prepareWrite<[number, number]>('INSERT INTO visit (began_at, seen_at) VALUES (?, ?)')
    .run(now, now);
  // The last look is kept, however many visits went by without one.
  db.prepareWrite<[number]>(
    `DELETE FROM visit WHERE visit_id <= ? AND visit_id <> (SELECT max(visit_id) FROM visit WHERE looked_at IS NOT NULL)`,
  ).run(lastId - VISITS_KEPT);
  return lastId;
}

function remember(db: WriteDb, visitId: number, now: Instant): void {
  const heads = db
    .prepare<[], { movement: number; restatement: number }>(
      `SELECT (SELECT coalesce(max(movement_id), 0) FROM movement) AS movement,
              (SELECT coalesce(max(restatement_id), 0) FROM restatement) AS restatement`,
    )
    .first();
  // What happened while a sync ran may have been missed by it: facts are known up to its beginning.
  const known = db
    .prepare<[], { source_id: number; at: Instant }>(
      `SELECT source_id, max(started_at) AS at FROM sync_run WHERE outcome = 'done' GROUP BY source_id`,
    )
    .all();
  db.prepareWrite<[number, number, number, string, string, number]>(
    `UPDATE visit SET looked_at = ?, movement_head = ?, restatement_head = ?, known_until = ?, basis = ? WHERE visit_id = ?`,
  ).run(
    now,
    heads?.movement ?? 0,
    heads?.restatement ?? 0,
    JSON.stringify(Object.fromEntries(known.map(({ source_id, at }) => [source_id, at]))),
    JSON.stringify(storedBasis(db)),
    visitId,
  );
}
