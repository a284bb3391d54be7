import { queryProblem, splitQuery } from '../library/query.ts';
import type { Prompter } from '../ui/prompter.ts';
import { back } from '../ui/prompter.ts';
import { listSongs, type ListSongsParts } from '../views/list-songs.ts';
import type { DuplicatesViewParts } from '../views/duplicates.ts';
import type { AdoptViewParts } from '../views/adopt.ts';
import type { EnrichViewParts } from '../views/enrich-library.ts';
import type { VerifyViewParts } from '../views/verify.ts';
import { openStatistics, type StatisticsMenuParts } from './statistics.ts';
import { openAdopt } from './adopt.ts';
import { openMenuLoop } from './menu.ts';
import { openOrganise, type OrganiseMenuParts } from './organise.ts';
import { askWhichFiles } from './which-files.ts';

export type ManagementMenuParts = AdoptViewParts &
  DuplicatesViewParts &
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
      run: () => embedMetadata(parts),
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
      name: 'Adopt music you own',
      description: 'Match a folder of music to your playlists, and download only the rest.',
      run: () => openAdopt(parts),
    },
    {
      name: 'Verify and repair',
      description: 'Find broken and missing songs, and download them again.',
      run: async () => {
        await (await import('../views/verify.ts')).verifyLibrary(parts, [], asked);
      },
    },
    {
      name: 'Find wrong recordings',
      description: 'Compare songs with official previews from Deezer, and replace those that are wrong.',
      run: () => findWrong(parts),
    },
    {
      name: 'Organize files',
      description: 'Move songs into folders by artist and album, or any other way. Can be undone.',
      run: () => openOrganise(parts),
    },
  ]);
}

const asked = {
  ...{ isDeep: false, isRepair: false, isYes: false, isAsked: true },
};

async function findWrong(parts: ManagementMenuParts): Promise<void> {
  const includeOwn = await askWhichFiles(
    parts.prompter,
    'Your own files get a tag with the result, which you can undo.',
  );
  if (includeOwn === back) return;
  const { verifyLibrary } = await import('../views/verify.ts');
  await verifyLibrary(parts, [], { ...asked, ear: { includeOwn }, isOfRecordings: true });
}

async function embedMetadata(parts: ManagementMenuParts): Promise<void> {
  const ofOwn = 'Your own files get the tags that they lack. What is there stays.';
  const includeOwn = await askWhichFiles(parts.prompter, ofOwn);
  if (includeOwn === back) return;
  const { addMetadata } = await import('../views/enrich-library.ts');
  await addMetadata(parts, [], { only: undefined, includeOwn, yes: false, dryRun: false });
}

async function findSongs(parts: ManagementMenuParts): Promise<void> {
  parts.prompter.say(
    'Type any words, or for example: artist:radiohead year:1997..2003 -format:mp3 missing:cover',
    'dim',
  );
  const typed = await parts.prompter.input({
    message: 'Which songs (Enter: all)?',
    validate: queryProblem,
  });
  if (typed === back) return;
  await listSongs(parts, splitQuery(typed));
}
