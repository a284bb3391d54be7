import { importOldFiles, type OldFileEnd, type OldFilesParts } from '../engine/old-files.ts';
import { HarmoniError } from '../errors.ts';
import { findOldFiles } from '../history/old-files.ts';
import { songs } from '../tracks/song-count.ts';
import type { Tone } from '../ui/prompter.ts';

/** Takes over what HARMONI's first version left in the data folder, and says once what that was. */
export async function takeOverOldFiles(
  parts: OldFilesParts,
  say: (text: string, tone: Tone) => void,
): Promise<void> {
  if (findOldFiles(parts.paths.data).length === 0) return;
  try {
    for (const end of await importOldFiles(parts)) {
      const text = endText(end);
      if (text !== undefined) say(text, 'many' in end ? 'accent' : 'warn');
    }
  } catch (error) {
    // Broken settings or a broken store: whatever needs them says so.
    if (!(error instanceof HarmoniError)) throw error;
  }
}

/** undefined where there was nothing in it. Pure. */
function endText(end: OldFileEnd): string | undefined {
  const file = `data/${end.name}`;
  switch (end.kind) {
    case 'unreadable':
      return `HARMONI can't read ${file} from its first version, so nothing was taken over from it.`;
    case 'too large':
      return `${file} is too large to be from HARMONI's first version, so nothing was taken over from it.`;
    case 'failures':
      if (end.many === 0) return undefined;
      return `Found ${songs(end.many)} that failed in HARMONI's first version (${file}). Run harmoni retry to try again.`;
    case 'job':
      if (end.many === 0) return undefined;
      return `Found a download of ${songs(end.many)} that HARMONI's first version didn't finish (${file}). Run harmoni resume to continue.`;
    case 'synced':
      if (end.many === 0) return undefined;
      return `HARMONI's first version synced ${end.many === 1 ? '1 CSV file' : `${end.many} CSV files`}. To keep syncing, run harmoni follow data/exportify`;
    case 'history':
      if (end.many === 0) return undefined;
      return `Nothing to take over from ${file}. HARMONI finds the songs in your library itself.`;
  }
}
