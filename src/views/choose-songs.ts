import { chooseNew, type Chosen } from '../engine/choice.ts';
import type { Plan } from '../engine/plan.ts';
import { songs } from '../tracks/song-count.ts';
import { songName } from '../tracks/song-name.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { timeText } from './plan-text.ts';

/** The song picker: one row per song, with what the library has already not ticked. */
export async function chooseSongs(
  prompter: Pick<Prompter, 'pick'>,
  list: TrackList,
  isPresent: (track: Track) => boolean,
  limit: number | undefined,
): Promise<Chosen | Back> {
  const rows = chooseNew(list, isPresent, limit).map(({ track, present, chosen }, index) => ({
    value: index,
    name: songName(track.artist, track.track),
    checked: chosen,
    ...(present ? { mark: 'in your library' } : {}),
  }));
  const picked = await prompter.pick({ message: `Songs of "${list.name}"`, rows });
  if (picked === back) return back;
  const numbers = new Set(picked);
  return { list, chosen: list.tracks.map((_track, index) => numbers.has(index)) };
}

/**
 * One question for several lists, so that nobody goes through thirty song pickers to say yes.
 * @param plan of all lists
 * @param place "as mp3 to /music"
 * @param noun what the lists are: "playlists"
 */
export async function askHowToChoose(
  prompter: Pick<Prompter, 'select'>,
  plan: Pick<Plan, 'lists' | 'new' | 'shared' | 'present' | 'timeMs' | 'perHour'>,
  place: string,
  noun: string,
): Promise<'all' | 'lists' | 'songs' | Back> {
  const counts = [
    `${songs(plan.new)} to download`,
    plan.shared > 0 && `${plan.shared} in several ${noun}`,
    plan.present > 0 && `${plan.present} in your library`,
  ].filter((part) => part !== false);
  return prompter.select<'all' | 'lists' | 'songs'>({
    message: `${plan.lists.length} ${noun}: ${counts.join(', ')}.`,
    choices: [
      plan.new === 0
        ? {
            value: 'all',
            name: 'Write the playlist files',
            description: 'You already have every song.',
          }
        : {
            value: 'all',
            name: `Download ${songs(plan.new)} ${place}`,
            description: `All new songs.${takes(plan)}`,
          },
      { value: 'lists', name: `Choose ${noun}`, description: 'Take some of them, each with all its songs.' },
      { value: 'songs', name: 'Choose songs', description: `Go through the ${noun} one by one.` },
    ],
  });
}

/** What several lists are called together. */
export function nounOf(lists: readonly Pick<TrackList, 'origin'>[]): string {
  return lists.every(({ origin }) => origin?.startsWith('spotify:album:') === true) ? 'albums' : 'playlists';
}

/** Which of several lists are taken, by their places. All are ticked at the start but those that are there whole. */
export async function chooseLists(
  prompter: Pick<Prompter, 'pick'>,
  plan: Pick<Plan, 'lists'>,
  noun: string,
): Promise<readonly number[] | Back> {
  const rows = plan.lists.map(({ name, tracks }, index) => {
    const isThere = tracks.every(({ isPresent }) => isPresent);
    return {
      value: index,
      name: `${name} (${songs(tracks.length)})`,
      checked: !isThere,
      ...(isThere ? { mark: 'in your library' } : {}),
    };
  });
  return prompter.pick({ message: `Which ${noun} do you want?`, rows });
}

/** The last question before a download. */
export async function confirmDownload(
  prompter: Pick<Prompter, 'confirm'>,
  plan: Pick<Plan, 'new' | 'shared' | 'timeMs' | 'perHour'>,
  place: string,
): Promise<boolean> {
  const inMore = plan.shared === 0 ? '' : ` (${plan.shared} in several playlists)`;
  const message = `Download ${songs(plan.new)}${inMore} ${place}?${takes(plan)}`;
  return (await prompter.confirm({ message, default: true, help: whatYesMeans })) === true;
}

/** " It takes about 3 h 20 min ..."; '' where nobody knows, or it's too short to matter. */
function takes({ timeMs, perHour }: Pick<Plan, 'timeMs' | 'perHour'>): string {
  return timeMs === undefined || timeMs < 60_000 ? '' : ` It takes ${timeText({ timeMs, perHour })}.`;
}

const whatYesMeans =
  'HARMONI searches for each song and downloads certain matches. The others are listed at the end. ' +
  'Press Ctrl+C to stop. You can resume at the next start.';
