import type { Migration } from './migration.ts';

/** Files that were handed over, what was imported from them, and how it is taken back. */
export const files: Migration = {
  version: 110,
  name: 'files',
  sql: `
    CREATE TABLE file_upload (
      upload_id   INTEGER PRIMARY KEY,
      name        TEXT NOT NULL,
      bytes       INTEGER NOT NULL,
      received    INTEGER NOT NULL,
      path        TEXT,                       -- of a file that is read where it lies; null: spooled beside the database
      spool_key   BLOB,                       -- with which the spooled file is encrypted
      state       TEXT NOT NULL CHECK (state IN ('receiving', 'received', 'reading', 'ready', 'failed')),
      problem     TEXT,
      settings    TEXT NOT NULL,              -- JSON: what a person said of how to read it
      reading     TEXT,                       -- JSON: what was found when it was read through
      fingerprint TEXT,                       -- SHA-256 of its bytes
      begun_at    INTEGER NOT NULL
    ) STRICT;

    -- One kind of table of one source: the rows of all its files together.
    CREATE TABLE file_stream (
      file_stream_id INTEGER PRIMARY KEY,
      source_id      INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      kind           TEXT NOT NULL,
      UNIQUE (source_id, kind)
    ) STRICT;

    CREATE TABLE file_import (
      file_import_id INTEGER PRIMARY KEY,
      file_stream_id INTEGER REFERENCES file_stream ON DELETE CASCADE,
      kind           TEXT NOT NULL,
      file           TEXT NOT NULL,
      bytes          INTEGER NOT NULL,
      fingerprint    TEXT NOT NULL,
      mapping        TEXT NOT NULL,           -- JSON
      state          TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
      upload_id      INTEGER,                 -- while it runs
      cost_edit_id   INTEGER,                 -- of an import of costs, which has its own history
      started_at     INTEGER NOT NULL,
      ended_at       INTEGER,
      undone_at      INTEGER,
      row_count      INTEGER NOT NULL DEFAULT 0,
      added          INTEGER NOT NULL DEFAULT 0,
      changed        INTEGER NOT NULL DEFAULT 0,
      unchanged      INTEGER NOT NULL DEFAULT 0,
      repeated       INTEGER NOT NULL DEFAULT 0,
      rejected       INTEGER NOT NULL DEFAULT 0,
      conflicts      INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX file_import_by_stream ON file_import (file_stream_id);
    CREATE INDEX file_import_by_fingerprint ON file_import (fingerprint);

    -- The rows as they stand: the last word of all files on each.
    CREATE TABLE file_record (
      file_record_id INTEGER PRIMARY KEY,
      file_stream_id INTEGER NOT NULL REFERENCES file_stream ON DELETE CASCADE,
      record_key     TEXT NOT NULL,           -- its own id, or a hash of the row and how often it came before
      file_import_id INTEGER NOT NULL REFERENCES file_import ON DELETE CASCADE,
      line           INTEGER NOT NULL,
      part_of        TEXT,                    -- the object that it is a part of, where it is none itself: 'invoice/in_1'
      also_of        TEXT,                    -- a second one: 'subscription/sub_1'
      body           TEXT NOT NULL,           -- JSON: field → value
      UNIQUE (file_stream_id, record_key)
    ) STRICT;
    CREATE INDEX file_record_by_import ON file_record (file_import_id);
    CREATE INDEX file_record_by_object ON file_record (part_of, file_stream_id) WHERE part_of IS NOT NULL;
    CREATE INDEX file_record_by_other_object ON file_record (also_of, file_stream_id) WHERE also_of IS NOT NULL;

    -- Objects of which a row has changed: they are put together again before the import is done.
    CREATE TABLE file_dirty_object (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      object    TEXT NOT NULL,
      PRIMARY KEY (source_id, object)
    ) STRICT, WITHOUT ROWID;

    -- What an import found in the place of what it brought.
    CREATE TABLE file_before (
      file_import_id INTEGER NOT NULL REFERENCES file_import ON DELETE CASCADE,
      file_record_id INTEGER NOT NULL,
      before         TEXT NOT NULL,           -- JSON: the columns of the record
      PRIMARY KEY (file_import_id, file_record_id)
    ) STRICT, WITHOUT ROWID;

    -- An import that speaks of rows which an earlier one brought: that one cannot be taken back before it.
    CREATE TABLE file_overlap (
      file_import_id INTEGER NOT NULL REFERENCES file_import ON DELETE CASCADE,
      earlier_id     INTEGER NOT NULL REFERENCES file_import ON DELETE CASCADE,
      PRIMARY KEY (file_import_id, earlier_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX file_overlap_by_earlier ON file_overlap (earlier_id);

    CREATE TABLE file_reject (
      file_import_id INTEGER NOT NULL REFERENCES file_import ON DELETE CASCADE,
      line           INTEGER NOT NULL,
      field          TEXT,
      reason         TEXT NOT NULL,
      text           TEXT NOT NULL,           -- the row as it stands in the file
      PRIMARY KEY (file_import_id, line)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE file_mapping (
      file_mapping_id INTEGER PRIMARY KEY,
      kind            TEXT NOT NULL,
      header          TEXT NOT NULL,          -- JSON: the names of the columns
      mapping         TEXT NOT NULL,          -- JSON
      saved_at        INTEGER NOT NULL,
      used_at         INTEGER NOT NULL,
      UNIQUE (kind, header)
    ) STRICT;
  `,
};
