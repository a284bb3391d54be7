import { z } from 'zod';
import { templateOfBefore } from '../config/layouts.ts';
import { configSchema } from '../config/schema.ts';
import { audioFormats } from '../config/audio-formats.ts';

/** Of the settings of a job, as `config_version` of those in config.json: 2 is since the template alone decides. */
export const jobSettingsVersion = 2;

const settingsOfToday = z.object({
  version: z.literal(jobSettingsVersion),
  format: z.enum(audioFormats),
  quality: configSchema.shape.audio_quality.unwrap(),
  /** Absolute. */
  outputDir: z.string(),
  /** Decides where songs and playlist files lie; see layout.ts. */
  fileNameTemplate: z.string(),
  metadataTemplate: configSchema.shape.metadata_template.unwrap(),
  embedMetadata: z.boolean(),
  /** Jobs of before wrote no loudness, and may as well. */
  loudness: configSchema.shape.loudness,
  sameTrackInSecondList: configSchema.shape.same_track_in_second_list.unwrap(),
  lyrics: configSchema.shape.lyrics.unwrap().default('off'),
  sponsorBlock: z.boolean().default(false),
  /** Looked up when all songs are there. */
  musicBrainz: z.boolean().default(false),
  /** Which songs are heard; jobs of before heard none. */
  verifyByEar: z.enum(['uncertain', 'always', 'never']).default('never'),
  /** Jobs of before put no cover into folders. */
  coverFile: z.boolean().default(false),
  /** The least sure match that is downloaded. */
  accept: z.enum(['sure', 'unsure']),
  /** The user chose these videos just now: also files that do not say which video they are from give way. */
  replace: z.boolean().default(false),
  /** What HARMONI made in another format than this one is fetched again. */
  reformat: z.boolean().default(false),
  /** What it is in the history, where the rest doesn't say. */
  kind: z.enum(['retry', 'sync']).optional(),
});

/** What is frozen with a job, so that a resumed one makes the same files. Jobs of HARMONI 2.0 keep their layout. */
export const jobSettings = z.preprocess(asOfToday, settingsOfToday);

export type JobSettings = z.output<typeof settingsOfToday>;

const settingsOfBefore = z.looseObject({ version: z.undefined().optional(), fileNameTemplate: z.string() });

function asOfToday(stored: unknown): unknown {
  const before = settingsOfBefore.safeParse(stored).data;
  if (before === undefined) return stored;
  const fileNameTemplate = templateOfBefore(before.fileNameTemplate);
  return { ...before, version: jobSettingsVersion, fileNameTemplate };
}
