import type { Config } from '../config/schema.ts';
import { jobSettingsVersion, type JobSettings } from '../downloads/settings.ts';

/**
 * How a job deals with what is not clear. `replace`, `reformat` and `kind` as in JobSettings; `verifyByEar` where somebody
 * just said so, whatever the settings say.
 */
export type Wish = Pick<JobSettings, 'accept'> &
  Partial<Pick<JobSettings, 'replace' | 'reformat' | 'kind' | 'verifyByEar'>>;

/** The settings that a job is frozen with. */
export type JobConfig = Pick<
  Config,
  | 'output_dir'
  | 'audio_format'
  | 'audio_quality'
  | 'file_name_template'
  | 'metadata_template'
  | 'enable_metadata_embedding'
  | 'loudness'
  | 'same_track_in_second_list'
  | 'lyrics'
  | 'sponsorblock'
  | 'musicbrainz'
  | 'cover_file'
  | 'verify_by_ear'
>;

/** What a new job is frozen with. Pure. */
export function settingsOf(
  config: JobConfig,
  { accept, replace = false, reformat = false, kind, verifyByEar }: Wish,
): JobSettings {
  return {
    version: jobSettingsVersion,
    format: config.audio_format,
    quality: config.audio_quality,
    outputDir: config.output_dir,
    fileNameTemplate: config.file_name_template,
    metadataTemplate: config.metadata_template,
    embedMetadata: config.enable_metadata_embedding,
    loudness: config.loudness,
    sameTrackInSecondList: config.same_track_in_second_list,
    lyrics: config.lyrics,
    sponsorBlock: config.sponsorblock,
    musicBrainz: config.musicbrainz,
    // Whoever hasn't been asked hasn't said yes.
    verifyByEar: verifyByEar ?? (config.verify_by_ear === 'ask' ? 'never' : config.verify_by_ear),
    coverFile: config.cover_file,
    accept,
    replace,
    reformat,
    ...(kind === undefined ? {} : { kind }),
  };
}
