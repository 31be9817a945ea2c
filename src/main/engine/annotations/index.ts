/**
 * Marks on charts over time.
 * Answers: what did the founder note beside a day, and what was released when?
 * Never: says that a mark caused a movement, or touches a figure.
 */
export { listAnnotations } from './list.ts';
export { removeNote, restoreNote, saveNote } from './notes.ts';
