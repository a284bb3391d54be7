import { fetchTools, type FetchToolsParts } from './fetch-tools.ts';
import { setUpTools, type SetUpParts } from './set-up-tools.ts';

/** Installs yt-dlp and ffmpeg for the npm package, one process at a time. @throws as setUpTools does */
export async function getMissingTools(parts: SetUpParts & FetchToolsParts): Promise<void> {
  await setUpTools(parts, (signal) => fetchTools(parts, { update: false, onlyNews: true, signal }));
}
