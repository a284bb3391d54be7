import { z } from 'zod';
import { safeUrl } from './rules.ts';

/** When songs are compared with references; `ask` asks the first time that it would help. */
const earModes = ['ask', 'uncertain', 'always', 'never'] as const;

/** The settings of proving songs by their sound. */
export const earSettings = {
  verify_by_ear: z
    .enum(earModes)
    .default('ask')
    .describe(
      'Compare songs with official 30-second previews from Deezer: uncertain compares those that may be wrong, always compares all, never compares none, ask asks you the first time it would help.',
    ),
  acoustid_client_key: z
    .string()
    .trim()
    .default('')
    .describe(
      'Your own key for AcoustID (acoustid.org/new-application), to look songs up by their sound there, too. harmoni doctor tests it.',
    ),
  deezer_url: safeUrl
    .default('https://api.deezer.com')
    .describe("A different server with Deezer's public API."),
  acoustid_url: safeUrl
    .default('https://api.acoustid.org/v2')
    .describe('A different server with the API of AcoustID.'),
};
