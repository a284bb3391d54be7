import { z } from 'zod';
import { audioFormats, configSchema } from '../config/schema.ts';

/** What is frozen with a job, so that a resumed one makes the same files. */
export const jobSettings = z.object({
  format: z.enum(audioFormats),
  quality: configSchema.shape.audio_quality.unwrap(),
  /** Absolute. */
  outputDir: z.string(),
  fileNameTemplate: z.string(),
  metadataTemplate: configSchema.shape.metadata_template.unwrap(),
  embedMetadata: z.boolean(),
  sameTrackInSecondList: configSchema.shape.same_track_in_second_list.unwrap(),
  /** The least sure match that is downloaded. */
  accept: z.enum(['sure', 'unsure']),
  /** The user chose these videos just now: also files that do not say which video they are from give way. */
  replace: z.boolean().default(false),
  /** What HARMONI made in another format than this one is fetched again. */
  reformat: z.boolean().default(false),
});

export type JobSettings = z.output<typeof jobSettings>;
