import type { Migration } from './migration.ts';

/** Long work that survives a restart, and what is due when. */
export const jobs: Migration = {
  version: 35,
  name: 'jobs',
  sql: `
    CREATE TABLE job (
      job_id        INTEGER PRIMARY KEY,
      kind          TEXT NOT NULL,
      title         TEXT NOT NULL,
      exclusive_key TEXT,                     -- two jobs with the same key never run at once
      payload       TEXT NOT NULL,            -- JSON, parsed by the kind's own schema
      state         TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
      step          TEXT,                     -- what it is doing, in a few words
      done          INTEGER,
      total         INTEGER,
      result        TEXT,                     -- JSON, null until done
      error_code    TEXT,
      error_message TEXT,
      attempt       INTEGER NOT NULL,         -- 1 for the first; one more each time it is taken up again after a crash
      created_at    INTEGER NOT NULL,
      started_at    INTEGER,
      ended_at      INTEGER
    ) STRICT;
    CREATE INDEX job_by_state ON job (state, job_id);

    CREATE TABLE schedule (
      name          TEXT PRIMARY KEY NOT NULL,
      kind          TEXT NOT NULL,
      payload       TEXT NOT NULL,            -- JSON, parsed by the kind's own schema
      every_minutes INTEGER NOT NULL CHECK (every_minutes > 0),
      next_at       INTEGER NOT NULL,
      last_job_id   INTEGER REFERENCES job ON DELETE SET NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX schedule_by_time ON schedule (next_at);
    CREATE INDEX schedule_by_job ON schedule (last_job_id);
  `,
};
