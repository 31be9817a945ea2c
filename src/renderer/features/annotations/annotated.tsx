/**
 * Around the pages: gives every chart over time the workspace's notes and releases,
 * and opens what writes, changes and lists them. The list is in the address (`notes=all`).
 */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { noteIdOf } from '../../charts/marks-of.ts';
import { ChartMarks, type ChartMark, type Marks } from '../../charts/marks.tsx';
import { useEngine } from '../../lib/engine/index.ts';
import { useAnnotations, type NoteDraft } from './use-annotations.ts';

const NoteDialog = lazy(async () => ({ default: (await import('./note-dialog.tsx')).NoteDialog }));
const NotesSheet = lazy(async () => ({ default: (await import('./notes-sheet.tsx')).NotesSheet }));

export function Annotated({ children }: { children: ReactNode }): ReactNode {
  const { api } = useEngine();
  const navigate = useNavigate();
  const notes = useSearch({ from: '/frame', select: (search) => search.notes });
  const today = useQuery(api.metrics.freshness.queryOptions()).data?.today;
  const annotations = useAnnotations();
  const [draft, setDraft] = useState<NoteDraft | null>(null);
  const { marks, remove } = annotations;
  const value = useMemo((): Marks => {
    const edit = (mark: ChartMark): void => {
      const noteId = noteIdOf(mark);
      if (noteId !== null) setDraft({ noteId, on: mark.day, text: mark.text });
    };
    return {
      list: marks,
      acts:
        today === undefined
          ? null
          : {
              add: (day) => setDraft({ on: day ?? today, text: '' }),
              edit,
              remove: (mark) => {
                const noteId = noteIdOf(mark);
                if (noteId !== null) remove(noteId, mark.text);
              },
            },
    };
  }, [marks, today, remove]);
  const close = (): void => {
    annotations.forget();
    setDraft(null);
  };
  return (
    <ChartMarks value={value}>
      {children}
      <Suspense>
        {notes === 'all' && (
          <NotesSheet
            state={annotations.state}
            onClose={() =>
              void navigate({ to: '.', search: (known) => ({ ...known, notes: undefined }), resetScroll: false })
            }
          />
        )}
        {draft !== null && (
          <NoteDialog
            draft={draft}
            saving={annotations.saving}
            error={annotations.error}
            onSave={(next) => annotations.save(next, close)}
            onClose={close}
          />
        )}
      </Suspense>
    </ChartMarks>
  );
}
