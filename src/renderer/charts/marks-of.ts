/** The workspace's notes and releases as marks for charts. */
import type { Note, ReleaseMark } from '../../shared/contract/annotations.ts';
import type { ChartMark } from './marks.tsx';

const NOTE = 'note ';

/** By day; on one day notes come first. */
export function marksOf(notes: readonly Note[], releases: readonly ReleaseMark[]): ChartMark[] {
  return [
    ...notes.map(({ noteId, on, text }): ChartMark => ({
      key: `${NOTE}${noteId}`,
      day: on,
      kind: 'note',
      text,
      link: null,
    })),
    ...releases.map(({ id, on, title, link }): ChartMark => ({
      key: `release ${id}`,
      day: on,
      kind: 'release',
      text: title,
      link,
    })),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** The note that a mark stands for; null for a release. */
export function noteIdOf({ kind, key }: ChartMark): number | null {
  return kind === 'note' ? Number(key.slice(NOTE.length)) : null;
}
