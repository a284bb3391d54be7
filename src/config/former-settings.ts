/** What a setting of HARMONI's first version is today, as a sentence. */
const former: Readonly<Record<string, string>> = {
  average_download_time: 'HARMONI measures how long downloads take.',
  auto_cleanup: 'HARMONI removes its work files on its own, and harmoni library cleanup removes the rest.',
  profile: 'To switch to a profile, run harmoni config profile NAME.',
  sync_write_tracks_json: 'HARMONI keeps what it synced in its own database.',
  auto_sync_enabled: 'To sync on a schedule, set sync_schedule.',
  auto_sync_interval: 'To sync on a schedule, set sync_schedule, for example to "every hour".',
  enable_musicbrainz_lookup: 'To look up songs at MusicBrainz, set musicbrainz.',
  musicbrainz_rate_limit: 'HARMONI always keeps to the rate that MusicBrainz allows.',
  musicbrainz_retries: 'HARMONI asks MusicBrainz again as long as that helps.',
  musicbrainz_backoff_base: 'HARMONI waits as long as MusicBrainz asks it to.',
  auto_metadata_embedding: 'enable_metadata_embedding decides whether tags are written.',
};

/** What a setting that was dropped is today; undefined for one that never was. Pure. */
export function formerSetting(key: string): string | undefined {
  return Object.hasOwn(former, key) ? former[key] : undefined;
}
