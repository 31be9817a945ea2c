/** The views in the database: saved, renamed, taken away and brought back. */
import { LayoutSchema, ViewFiltersSchema, type Layout, type View } from '../../../shared/contract/views.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

interface Row {
  view_id: number;
  name: string;
  layout: string | null;
  filters: string;
  opens: number;
  created_at: Instant;
}

const COLUMNS = 'view_id, name, layout, filters, opens, created_at';

function viewOf(row: Row): View {
  return {
    viewId: row.view_id,
    name: row.name,
    layout: row.layout === null ? null : LayoutSchema.parse(JSON.parse(row.layout)),
    filters: ViewFiltersSchema.parse(JSON.parse(row.filters)),
    opens: row.opens === 1,
    createdAt: row.created_at,
  };
}

/** All that are not taken away, in their order. */
export function listViews(db: ReadDb): View[] {
  return db
    .prepare<[], Row>(`SELECT ${COLUMNS} FROM cockpit_view WHERE removed_at IS NULL ORDER BY place, view_id`)
    .all()
    .map(viewOf);
}

export interface ViewChange {
  readonly viewId?: number | undefined;
  readonly name?: string | undefined;
  /** Null: as the program arranges it. */
  readonly layout?: Layout | null | undefined;
  readonly filters?: View['filters'] | undefined;
}

/**
 * Saves a new view, or what is given of one there is.
 * @throws AppError `invalid_input` for a new one without a name, `conflict` where another has the name, `not_found`.
 */
export function saveView(db: WriteDb, change: ViewChange, now: Instant): View {
  return db.transaction(() => {
    const before = change.viewId === undefined ? null : inForce(db, change.viewId);
    const name = change.name ?? before?.name;
    if (name === undefined) throw new AppError('invalid_input', 'A new view needs a name');
    expectFree(db, name, before?.viewId);
    const layout = change.layout === undefined ? (before?.layout ?? null) : change.layout;
    const filters = JSON.stringify(change.filters ?? before?.filters ?? {});
    const layoutText = layout === null ? null : JSON.stringify(layout);
    if (before === null) {
      const { lastId } = db
        .prepareWrite<[string, string | null, string, number]>(
          `INSERT INTO cockpit_view (name, layout, filters, created_at, place)
           VALUES (?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM cockpit_view))`,
        )
        .run(name, layoutText, filters, now);
      return inForce(db, lastId);
    }
    db.prepareWrite<[string, string | null, string, number]>(
      'UPDATE cockpit_view SET name = ?, layout = ?, filters = ? WHERE view_id = ?',
    ).run(name, layoutText, filters, before.viewId);
    return inForce(db, before.viewId);
  });
}

/**
 * Puts a view before another one; null: at the end. What was taken away keeps its place and comes back there.
 * @throws AppError `not_found` for either.
 */
export function moveView(db: WriteDb, viewId: number, before: number | null): View[] {
  return db.transaction(() => {
    const own = inForce(db, viewId);
    if (before !== null) inForce(db, before);
    if (before === viewId) return listViews(db);
    const rest = listViews(db).filter((known) => known.viewId !== viewId);
    const at = before === null ? rest.length : rest.findIndex((known) => known.viewId === before);
    rest.splice(at, 0, own);
    const place = db.prepareWrite<[number, number]>('UPDATE cockpit_view SET place = ? WHERE view_id = ?');
    for (const [index, view] of rest.entries()) place.run(index + 1, view.viewId);
    return listViews(db);
  });
}

/** Lets the cockpit open with this one and no other. @throws AppError `not_found`. */
export function openWith(db: WriteDb, viewId: number): View {
  return db.transaction(() => {
    inForce(db, viewId);
    db.prepareWrite('UPDATE cockpit_view SET opens = 0 WHERE opens = 1').run();
    db.prepareWrite<[number]>('UPDATE cockpit_view SET opens = 1 WHERE view_id = ?').run(viewId);
    return inForce(db, viewId);
  });
}

/**
 * Takes a view away; nothing of it is lost. Where the cockpit opened with it, it opens with the oldest other one.
 * @throws AppError `not_found`; `conflict` for the last one.
 */
export function removeView(db: WriteDb, viewId: number, now: Instant): View {
  return db.transaction(() => {
    const view = inForce(db, viewId);
    const other = listViews(db).find((known) => known.viewId !== viewId);
    if (!other) throw new AppError('conflict', 'The last view stays; save another one before it is deleted');
    db.prepareWrite<[number, number]>('UPDATE cockpit_view SET removed_at = ?, opens = 0 WHERE view_id = ?').run(
      now,
      viewId,
    );
    if (view.opens) openWith(db, other.viewId);
    return view;
  });
}

/** Brings a view back that was taken away. @throws AppError `not_found`, `conflict` where its name was given again. */
export function restoreView(db: WriteDb, viewId: number): View {
  return db.transaction(() => {
    const row = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM cockpit_view WHERE view_id = ?`).first(viewId);
    if (!row) throw new AppError('not_found', `There is no view ${viewId}`);
    expectFree(db, row.name, viewId);
    db.prepareWrite<[number]>('UPDATE cockpit_view SET removed_at = NULL WHERE view_id = ?').run(viewId);
    return viewOf(row);
  });
}

function inForce(db: ReadDb, viewId: number): View {
  const row = db
    .prepare<[number], Row>(`SELECT ${COLUMNS} FROM cockpit_view WHERE view_id = ? AND removed_at IS NULL`)
    .first(viewId);
  if (!row) throw new AppError('not_found', `There is no view ${viewId}`);
  return viewOf(row);
}

function expectFree(db: ReadDb, name: string, own: number | undefined): void {
  const other = db
    .prepare<[string, number], { name: string }>(
      'SELECT name FROM cockpit_view WHERE removed_at IS NULL AND name = ? COLLATE NOCASE AND view_id <> ?',
    )
    .first(name, own ?? 0);
  if (other) throw new AppError('conflict', `A view “${other.name}” exists already; take another name`);
}
