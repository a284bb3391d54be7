import { z } from 'zod';

/** Which songs are told how loud they are. */
export const loudnessChoices = ['off', 'converted', 'all'] as const;

/** The settings of volume levelling. */
export const loudnessSettings = {
  loudness: z
    .enum(loudnessChoices)
    .default('converted')
    .describe(
      'Write ReplayGain tags, so that players play all songs equally loud: converted (only songs HARMONI converts, at almost no cost), all (the others are measured after the download), or off.',
    ),
};
