/** `annotations.list`: the marks of all charts; a workspace has hundreds, so they go out together. */
import type { Note, ReleaseMark } from '../../../shared/contract/annotations.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { ReadDb } from '../store/handles.ts';
import { standingNotes } from './notes.ts';

/** More marks than a chart has pixels say nothing; who imports a deployment log sees its last years. */
const MOST_RELEASES = 2_000;

export function listAnnotations(db: ReadDb): { notes: Note[]; releases: ReleaseMark[] } {
  const latest = db
    .prepare<[number], { source_id: number; id: string; released_on: PlainDay; title: string; link: string | null }>(
      `SELECT source_id, id, released_on, title, link FROM release ORDER BY released_on DESC, source_id DESC, id DESC LIMIT ?`,
    )
    .all(MOST_RELEASES);
  return {
    notes: standingNotes(db),
    releases: latest
      .map(({ source_id, id, released_on, title, link }) => ({
        id: `${source_id} ${id}`,
        on: released_on,
        title,
        link,
      }))
      .toReversed(),
  };
}
