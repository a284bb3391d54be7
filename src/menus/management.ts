import { splitQuery } from '../library/query.ts';
import type { Prompter } from '../ui/prompter.ts';
import { back } from '../ui/prompter.ts';
import { listSongs, type ListSongsParts } from '../views/list-songs.ts';
import type { DuplicatesViewParts } from '../views/duplicates.ts';
import type { EnrichViewParts } from '../views/enrich-library.ts';
import type { VerifyViewParts } from '../views/verify.ts';
import { openStatistics, type StatisticsMenuParts } from './statistics.ts';
import { openMenuLoop } from './menu.ts';
import { openOrganise, type OrganiseMenuParts } from './organise.ts';

export type ManagementMenuParts = DuplicatesViewParts &
  EnrichViewParts &
  ListSongsParts &
  OrganiseMenuParts &
  StatisticsMenuParts &
  VerifyViewParts & { readonly prompter: Prompter };

/** Management: what helps to look after a library. */
export async function openManagementMenu(parts: ManagementMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Management', () => [
    {
      name: 'Find songs',
      description: 'Search your library by artist, album, year, format or what is missing.',
      run: () => findSongs(parts),
    },
    {
      name: 'Statistics',
      description: 'See what your library is made of, and what it lacks.',
      opensMenu: true,
      run: () => openStatistics(parts),
    },
    {
      name: 'Embed metadata',
      description:
        'Add what songs lack: covers, label, dates, track numbers, loudness. Shows it first, and can be undone.',
      run: async () => {
        const { addMetadata } = await import('../views/enrich-library.ts');
        await addMetadata(parts, [], { only: undefined, yes: false, dryRun: false });
      },
    },
    {
      name: 'Detect duplicates',
      description: 'Find copies of one recording, by their tags and by their sound, and keep the best.',
      run: async () => {
        const { detectDuplicates } = await import('../views/duplicates.ts');
        await detectDuplicates(parts, [], { yes: false, dryRun: false });
      },
    },
    {
      name: 'Verify and repair',
      description: 'Find broken and missing songs, and download them again.',
      run: async () => {
        const asked = { isDeep: false, isRepair: false, isYes: false, isAsked: true };
        await (await import('../views/verify.ts')).verifyLibrary(parts, [], asked);
      },
    },
    {
      name: 'Organize files',
      description: 'Move songs into folders by artist and album, or any other way. Can be undone.',
      run: () => openOrganise(parts),
    },
  ]);
}

async function findSongs(parts: ManagementMenuParts): Promise<void> {
  parts.prompter.say(
    'Type any words, or for example: artist:radiohead year:1997..2003 -format:mp3 missing:cover',
    'dim',
  );
  const typed = await parts.prompter.input({
    message: 'Which songs (Enter: all)?',
  });
  if (typed === back) return;
  await listSongs(parts, splitQuery(typed));
}
