import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Track } from '../../../src/tracks/track.ts';
import type { Random } from '../random.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type World } from '../world.ts';
import { putUsersFiles, type UsersFiles } from './users-files.ts';
import { createWrappers, type Wrappers } from './wrappers.ts';

export type Format = 'best' | 'mp3' | 'm4a' | 'flac' | 'ogg' | 'wav';

/** What is drawn before anything runs. */
export interface TrialChoice {
  readonly songs: number;
  readonly format: Format;
  /** What the library holds before. */
  readonly library: 'small' | 'wide' | 'linked-list-folder';
  /** Into the list's folder by a playlist file of the user's, with the name that HARMONI would take. */
  readonly ownPlaylist: boolean;
}

/** One run of the chaos: a machine with a list of songs, and a user who has files of his own. */
export interface Trial {
  readonly choice: TrialChoice;
  readonly world: World;
  readonly random: Random;
  readonly tracks: readonly Track[];
  readonly listName: string;
  readonly listPath: string;
  readonly library: string;
  readonly users: UsersFiles;
  readonly wrappers: Wrappers;
  /** Everything that is not as it should be. */
  readonly faults: string[];
  /** More songs for those who need a second list; they are on YouTube too. */
  readonly others: readonly Track[];
}

export const formats: readonly Format[] = ['best', 'best', 'mp3', 'mp3', 'm4a', 'flac', 'ogg', 'wav'];

export function drawChoice(random: Random): TrialChoice {
  return {
    songs: random.between(8, 15),
    format: random.pick(formats),
    library: random.pick(['small', 'small', 'wide', 'linked-list-folder'] as const),
    ownPlaylist: random.next() < 0.3,
  };
}

export async function createTrial(
  random: Random,
  choice: TrialChoice,
  more: { config?: Readonly<Record<string, unknown>>; beforeLibrary?: (library: string) => void } = {},
): Promise<Trial> {
  const all = makeTracks(choice.songs + 4, { fromMs: 3_000, stepMs: 200 });
  const tracks = all.slice(0, choice.songs);
  const world = await createWorld({
    tracks: all,
    catalogue: { decoys: ['live'] },
    youTube: { latencyMs: random.between(0, 25) },
    config: { audio_format: choice.format, max_concurrent_downloads: random.between(1, 3), ...more.config },
  });
  try {
    const listName = 'Evening';
    const listPath = join(world.folder, 'in', `${listName}.csv`);
    mkdirSync(join(world.folder, 'in'));
    writeFileSync(listPath, exportifyCsv(tracks));
    mkdirSync(world.music, { recursive: true });
    more.beforeLibrary?.(world.music);
    const { ytDlp, ffmpeg } = await realTools();
    const users = await putUsersFiles(world, listName, choice, ffmpeg);
    const wrappers = createWrappers(world.folder, { ytdlp: ytDlp, ffmpeg }, users.victim);
    world.env['HARMONI_YTDLP'] = wrappers.paths.ytdlp;
    world.env['HARMONI_FFMPEG'] = wrappers.paths.ffmpeg;
    const library = world.music;
    const others = all.slice(choice.songs);
    return {
      choice,
      world,
      random,
      tracks,
      listName,
      listPath,
      library,
      users,
      wrappers,
      faults: [],
      others,
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}
