/** Marks beside days: notes that are written, changed, taken away and brought back; releases that come with files. */
import { describe, expect, it } from 'vitest';
import { listAnnotations, removeNote, restoreNote, saveNote } from '../../../src/main/engine/annotations/index.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';
import { csvOf, fileBench } from '../../support/file-imports.ts';

const NOW = instant(1_000_000);
const LATER = instant(2_000_000);

describe('a note on a day', () => {
  it('is listed by day, and keeps when it was written through a change', () => {
    const { db } = fileBench();
    const first = saveNote(db, { on: plainDay('2026-03-02'), text: 'Price change' }, NOW);
    saveNote(db, { on: plainDay('2025-01-10'), text: 'First sales hire' }, NOW);
    saveNote(db, { noteId: first.noteId, on: plainDay('2026-03-03'), text: 'Price change, all plans' }, LATER);
    expect(listAnnotations(db).notes).toMatchObject([
      { on: '2025-01-10', text: 'First sales hire' },
      { on: '2026-03-03', text: 'Price change, all plans', createdAt: NOW, changedAt: LATER },
    ]);
  });

  it('is brought back after it was taken away', () => {
    const { db } = fileBench();
    const { noteId } = saveNote(db, { on: plainDay('2026-03-02'), text: 'Price change' }, NOW);
    removeNote(db, noteId, LATER);
    expect(listAnnotations(db).notes).toEqual([]);
    expect(() => saveNote(db, { noteId, on: plainDay('2026-03-02'), text: 'Lost' }, LATER)).toThrow(/no note/);
    expect(() => removeNote(db, noteId, LATER)).toThrow(/no note/);
    restoreNote(db, noteId);
    expect(listAnnotations(db).notes).toMatchObject([{ noteId, text: 'Price change' }]);
  });

  it('is not made up by bringing back what never was', () => {
    const { db } = fileBench();
    expect(() => restoreNote(db, 7)).toThrow(/no note 7/);
  });
});

describe('a file of releases', () => {
  const HEADER = ['Published at', 'Name', 'Html url'];

  it('makes marks, and sets aside what can be none', async () => {
    const files = fileBench();
    const report = await files.bring(
      'releases',
      csvOf(HEADER, [
        ['2026-02-01', '2.0', 'https://example.com/2.0'],
        ['2025-11-20', '1.9', ''],
        ['2026-02-09', '2.0.1', 'http://example.com/insecure'],
        ['soon', '3.0', ''],
        ['2026-02-10', 'x'.repeat(201), ''],
      ]),
    );
    expect(report).toMatchObject({ rows: 5, added: 2, rejected: 3 });
    expect(listAnnotations(files.db).releases).toMatchObject([
      { on: '2025-11-20', title: '1.9', link: null },
      { on: '2026-02-01', title: '2.0', link: 'https://example.com/2.0' },
    ]);
    await files.undo(report.importId);
    expect(listAnnotations(files.db).releases).toEqual([]);
  });

  it('says the same of a release again without doubling it, and mends its link', async () => {
    const files = fileBench();
    await files.bring('releases', csvOf(HEADER, [['2026-02-01', '2.0', '']]));
    const again = await files.bring('releases', csvOf(HEADER, [['2026-02-01', '2.0', 'https://example.com/2.0']]));
    expect(again).toMatchObject({ added: 0, changed: 1 });
    expect(listAnnotations(files.db).releases).toMatchObject([{ title: '2.0', link: 'https://example.com/2.0' }]);
  });
});
