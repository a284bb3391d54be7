import { laterMigrations } from './later-schema.ts';

/** The store's tables. A step, once released, is never edited: a new one follows it. Times are ms since the epoch. */
export const migrations: readonly string[] = [
  `
  -- A job is what was chosen, frozen. It is open until every track has an outcome.
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'ended')),
    owner TEXT,
    settings TEXT NOT NULL
  ) STRICT;
  CREATE TABLE job_lists (
    job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    list INTEGER NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    skipped TEXT NOT NULL,
    PRIMARY KEY (job_id, list)
  ) STRICT;
  CREATE TABLE job_tracks (
    job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    position INTEGER NOT NULL,
    list INTEGER NOT NULL,
    chosen INTEGER NOT NULL,
    track TEXT NOT NULL,
    outcome TEXT,
    PRIMARY KEY (job_id, position)
  ) STRICT;

  -- The library's files, and every key by which a track is found to be one of them.
  CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    modified_ms INTEGER NOT NULL,
    format TEXT,
    bitrate_kbps INTEGER,
    duration_ms INTEGER,
    video_id TEXT,
    downloaded INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE file_keys (
    key TEXT NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    PRIMARY KEY (key, file_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX file_keys_by_file ON file_keys (file_id);

  -- What failed last time, until it succeeds.
  CREATE TABLE failures (
    track_key TEXT PRIMARY KEY,
    track TEXT NOT NULL,
    list_name TEXT NOT NULL,
    list_folder TEXT NOT NULL,
    status TEXT NOT NULL,
    failure TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    failed_at INTEGER NOT NULL
  ) STRICT;

  -- A track that a living HARMONI is working on.
  CREATE TABLE claims (
    track_key TEXT PRIMARY KEY,
    owner TEXT NOT NULL
  ) STRICT;

  -- What the user decided for a track: a video, or NULL for "none of these". It wins for ever.
  CREATE TABLE overrides (
    track_key TEXT PRIMARY KEY,
    track TEXT NOT NULL,
    video_id TEXT,
    decided_at INTEGER NOT NULL
  ) STRICT;

  -- Search answers, kept for a time so that a second look costs no request.
  CREATE TABLE searches (
    kind TEXT NOT NULL,
    query TEXT NOT NULL,
    candidates TEXT NOT NULL,
    searched_at INTEGER NOT NULL,
    PRIMARY KEY (kind, query)
  ) STRICT, WITHOUT ROWID;

  -- When videos were fetched: YouTube counts them per hour, whichever process asks.
  CREATE TABLE visits (visited_at INTEGER NOT NULL) STRICT;
  CREATE INDEX visits_by_time ON visits (visited_at);
  `,
  `
  -- Pages of Spotify's lists as they were read, by the state of the list (spotify/page-cache.ts).
  CREATE TABLE spotify_pages (
    list TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    first_row INTEGER NOT NULL,
    next_row INTEGER NOT NULL,
    total INTEGER NOT NULL,
    entries TEXT NOT NULL,
    PRIMARY KEY (list, first_row)
  ) STRICT;
  `,
  `
  -- What list a row belongs to (TrackList.origin): names are not unique.
  ALTER TABLE job_lists ADD COLUMN origin TEXT;
  ALTER TABLE job_lists ADD COLUMN source_file TEXT;
  ALTER TABLE failures ADD COLUMN list_origin TEXT;

  -- The name that a list has in a library, and the playlist file that HARMONI wrote for it.
  CREATE TABLE lists (
    library TEXT NOT NULL,
    origin TEXT NOT NULL,
    name TEXT NOT NULL,
    source_file TEXT,
    label TEXT NOT NULL,
    label_key TEXT NOT NULL,
    playlist_file TEXT,
    playlist_sha256 TEXT,
    PRIMARY KEY (library, origin),
    UNIQUE (library, label_key)
  ) STRICT;

  -- What was found in a file: the length of its track where the source knew it and the file differs, and what is wrong
  -- with it. A file of before is looked at once more.
  ALTER TABLE files ADD COLUMN track_ms INTEGER;
  ALTER TABLE files ADD COLUMN fault TEXT;
  ALTER TABLE files ADD COLUMN examined INTEGER NOT NULL DEFAULT 0;

  -- Streams that were fetched and not finished when a job was stopped: resume takes them from here.
  CREATE TABLE kept_downloads (
    job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    position INTEGER NOT NULL,
    download TEXT NOT NULL,
    PRIMARY KEY (job_id, position)
  ) STRICT;

  -- A visit is planned before yt-dlp asks for the video; one whose HARMONI is gone never was.
  ALTER TABLE visits ADD COLUMN planned_by TEXT;
  `,
  `
  -- A failure is of a track in a list: what failed in two lists and is had in one is still missing in the other.
  CREATE TABLE failures_by_list (
    list_key TEXT NOT NULL,
    track_key TEXT NOT NULL,
    track TEXT NOT NULL,
    list_name TEXT NOT NULL,
    list_origin TEXT,
    list_folder TEXT NOT NULL,
    status TEXT NOT NULL,
    failure TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    failed_at INTEGER NOT NULL,
    PRIMARY KEY (list_key, track_key)
  ) STRICT;
  INSERT INTO failures_by_list
    SELECT coalesce(list_origin, 'name:' || list_name), track_key, track, list_name, list_origin, list_folder, status,
      failure, attempts, failed_at
    FROM failures ORDER BY rowid;
  DROP TABLE failures;
  ALTER TABLE failures_by_list RENAME TO failures;
  CREATE INDEX failures_by_track ON failures (track_key);
  `,
  `
  -- Where sound came from is a provider's name and its own id, "youtube:ID": YouTube was the only one until here.
  ALTER TABLE files RENAME COLUMN video_id TO media;
  UPDATE files SET media = 'youtube:' || media WHERE media IS NOT NULL;
  ALTER TABLE overrides RENAME COLUMN video_id TO media;
  UPDATE overrides SET media = 'youtube:' || media WHERE media IS NOT NULL;
  UPDATE job_tracks SET track = json_remove(json_set(track, '$.media',
    json_object('provider', 'youtube', 'id', track ->> '$.youtubeId')), '$.youtubeId')
    WHERE track ->> '$.youtubeId' IS NOT NULL;
  UPDATE failures SET track = json_remove(json_set(track, '$.media',
    json_object('provider', 'youtube', 'id', track ->> '$.youtubeId')), '$.youtubeId')
    WHERE track ->> '$.youtubeId' IS NOT NULL;
  UPDATE overrides SET track = json_remove(json_set(track, '$.media',
    json_object('provider', 'youtube', 'id', track ->> '$.youtubeId')), '$.youtubeId')
    WHERE track ->> '$.youtubeId' IS NOT NULL;
  UPDATE job_tracks SET outcome = json_set(outcome, '$.media',
    json_object('provider', 'youtube', 'id', outcome ->> '$.videoId'))
    WHERE outcome ->> '$.videoId' IS NOT NULL;
  UPDATE kept_downloads SET download = json_set(download, '$.fetched.candidates', json((
    SELECT json_group_array(json_remove(json_set(value,
      '$.candidate.media', json_object('provider', 'youtube', 'id', value ->> '$.candidate.videoId'),
      '$.candidate.url', 'https://www.youtube.com/watch?v=' || (value ->> '$.candidate.videoId')),
      '$.candidate.videoId'))
    FROM json_each(download, '$.fetched.candidates'))))
    WHERE json_type(download, '$.fetched.candidates') = 'array';

  -- What was tried for a track in vain.
  ALTER TABLE failures ADD COLUMN uploads TEXT NOT NULL DEFAULT '[]';

  -- Answers are kept by provider. What was kept is asked for again.
  DROP TABLE searches;
  CREATE TABLE searches (
    provider TEXT NOT NULL,
    kind TEXT NOT NULL,
    query TEXT NOT NULL,
    candidates TEXT NOT NULL,
    searched_at INTEGER NOT NULL,
    PRIMARY KEY (provider, kind, query)
  ) STRICT, WITHOUT ROWID;
  `,
  ...laterMigrations,
];
