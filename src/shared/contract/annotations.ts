/** Marks on charts over time: the founder's own notes on days, and releases from files. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { DaySchema, InstantSchema } from './scalars.ts';

const LONGEST_NOTE = 200;

export const NoteTextSchema = z
  .string()
  .trim()
  .min(1, 'a note needs a text')
  .max(LONGEST_NOTE, `a note has at most ${LONGEST_NOTE} characters`);

/** What somebody wrote beside a day. */
export const NoteSchema = z.object({
  noteId: z.number().int(),
  on: DaySchema,
  text: z.string(),
  createdAt: InstantSchema,
  changedAt: InstantSchema,
});
export type Note = z.infer<typeof NoteSchema>;

/** What was released on a day, as a file told it. */
export const ReleaseMarkSchema = z.object({
  /** Stable: the source and the release's key in it. */
  id: z.string(),
  on: DaySchema,
  title: z.string(),
  link: z.string().nullable(),
});
export type ReleaseMark = z.infer<typeof ReleaseMarkSchema>;

const One = z.object({ noteId: z.number().int() });

export const annotations = {
  /** By day, the oldest first; releases: the latest 2,000. */
  list: query.output(z.object({ notes: z.array(NoteSchema), releases: z.array(ReleaseMarkSchema) })),
  /** Writes a new note, or changes the day or text of one there is. */
  save: command
    .input(z.object({ noteId: z.number().int().optional(), on: DaySchema, text: NoteTextSchema }))
    .output(NoteSchema),
  /** Takes one away; `restore` brings it back. */
  remove: command.input(One).output(NoteSchema),
  restore: command.input(One).output(NoteSchema),
};
