/** The store's tables since version 2.1; the earlier steps are in schema.ts. */
export const laterMigrations: readonly string[] = [
  `
  -- What was done to libraries, run by run, so that it can be taken back. A step is written before it happens.
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    library TEXT NOT NULL,
    job_id INTEGER,
    undoes INTEGER,
    owner TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX runs_by_job ON runs (job_id);

  -- One path: what was there before is at kept, or is content (a playlist file), or was nothing; what is there since is
  -- a file of this size, time and inode, or nothing.
  CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    kept TEXT,
    content BLOB,
    sha256 TEXT,
    size_bytes INTEGER,
    modified_ms INTEGER,
    inode TEXT,
    entry TEXT,
    state TEXT NOT NULL,
    planned_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX steps_by_run ON steps (run_id, path);
  `,
  `
  -- Lists that a library follows, and what they held after the last sync that ended.
  CREATE TABLE followed (
    id INTEGER PRIMARY KEY,
    library TEXT NOT NULL,
    origin TEXT NOT NULL,
    name TEXT NOT NULL,
    input TEXT NOT NULL,
    when_removed TEXT NOT NULL,
    snapshot TEXT,
    followed_at INTEGER NOT NULL,
    synced_at INTEGER,
    UNIQUE (library, origin)
  ) STRICT;
  CREATE TABLE followed_entries (
    followed_id INTEGER NOT NULL REFERENCES followed ON DELETE CASCADE,
    position INTEGER NOT NULL,
    is_there INTEGER NOT NULL,
    track TEXT NOT NULL,
    PRIMARY KEY (followed_id, position)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Days on which HARMONI worked: a clock that is wrong for a while makes nothing old.
  CREATE TABLE days_seen (
    day INTEGER PRIMARY KEY,
    seen_at INTEGER NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO days_seen SELECT started_at / 86400000, started_at FROM runs ORDER BY id;
  CREATE INDEX steps_by_kept ON steps (kept);

  -- Files of HARMONI's first version that were looked at.
  CREATE TABLE old_files (
    name TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
  ) STRICT;
    `,
  `
  -- By what a moved file is found again, and whether the user changed what HARMONI made.
  ALTER TABLE files ADD COLUMN inode TEXT;
  ALTER TABLE files ADD COLUMN is_changed INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX files_by_media ON files (media) WHERE media IS NOT NULL;
  `,
  `
  -- How syncs of followed lists ended.
  CREATE TABLE syncs (
    id INTEGER PRIMARY KEY,
    library TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    is_whole INTEGER NOT NULL,
    summary TEXT NOT NULL
  ) STRICT;
  CREATE INDEX syncs_by_library ON syncs (library);

  -- What only one HARMONI does at a time, and who does it.
  CREATE TABLE turns (
    turn TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What the tags of a file say, as JSON. The next scan reads those that are not here.
  CREATE TABLE file_songs (
    file_id INTEGER PRIMARY KEY REFERENCES files ON DELETE CASCADE,
    facts TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Where a moved file was before.
  ALTER TABLE steps ADD COLUMN moved_from TEXT;
  CREATE INDEX steps_by_moved_from ON steps (moved_from) WHERE moved_from IS NOT NULL;
  `,
  `
  -- What was heard in files, by a hash of their sound: other tags, names and places cost no second look.
  CREATE TABLE sounds (
    key TEXT PRIMARY KEY,
    length_ms INTEGER,
    integrated_lufs REAL,
    range_lu REAL,
    peak_dbfs REAL,
    fault TEXT,
    fingerprint BLOB
  ) STRICT;

  -- Which sound is in a file, as long as that is as it was.
  CREATE TABLE file_sounds (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_ms INTEGER NOT NULL,
    inode TEXT,
    sound_key TEXT NOT NULL
  ) STRICT;
  CREATE INDEX file_sounds_by_stamp ON file_sounds (size_bytes, modified_ms);
  `,
  `
  -- What services such as MusicBrainz answered, and the pace that all HARMONIs of this data folder keep to together.
  CREATE TABLE service_answers (
    service TEXT NOT NULL,
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    answer BLOB,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (service, question)
  ) STRICT;
  CREATE TABLE service_paces (
    service TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL,
    paused_until INTEGER NOT NULL,
    gap_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Set until the playlist files follow what a run moved, which is found by the run.
  ALTER TABLE runs ADD COLUMN playlists_due INTEGER NOT NULL DEFAULT 0;
  DROP INDEX IF EXISTS steps_by_moved_from;
  `,
  `
  -- The user's own files that were taken for songs of lists, by their paths; size_bytes tells whether it's still that file.
  CREATE TABLE adopted (
    path TEXT PRIMARY KEY,
    library TEXT NOT NULL,
    -- Of a file outside the library: the folder that it was found in, whose disk may be away.
    root TEXT,
    -- What its tags don't say, as JSON; with the sound that it's true of.
    keys TEXT NOT NULL,
    sound_key TEXT,
    -- 1: it isn't linked into lists.
    stays INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE files ADD COLUMN adopted_into TEXT;
  ALTER TABLE files ADD COLUMN stays INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX files_by_adopted_into ON files (adopted_into) WHERE adopted_into IS NOT NULL;
  `,
];
