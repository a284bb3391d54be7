import type { Followed, FollowedLists } from '../history/followed.ts';
import type { Leaving } from '../history/leaving.ts';
import { HarmoniError } from '../errors.ts';
import { foldWords } from '../tracks/fold.ts';
import type { TrackList } from '../tracks/track.ts';

export interface FollowParts {
  readonly store: { readonly followed: Pick<FollowedLists, 'all' | 'follow' | 'unfollow'> };
  readonly config: { readonly output_dir: string };
}

/** What a list is read from again; undefined where that can't be told from the list alone. Pure. */
export function inputOf({
  origin,
  sourceFile,
}: Pick<TrackList, 'origin' | 'sourceFile'>): string | undefined {
  if (sourceFile !== undefined) return sourceFile;
  if (origin === 'spotify:liked') return 'liked';
  if (origin?.startsWith('spotify:') === true) return origin;
  const [, youtubeList] = /^youtube:playlist:(.+)$/.exec(origin ?? '') ?? [];
  return youtubeList === undefined ? undefined : `https://www.youtube.com/playlist?list=${youtubeList}`;
}

/**
 * Follows lists from now on.
 * @param given what the user named, for lists that don't tell where they came from
 * @throws HarmoniError usage, for a list that is none: songs named one by one
 */
export function followLists(
  { store, config }: FollowParts,
  lists: readonly Pick<TrackList, 'name' | 'origin' | 'sourceFile'>[],
  whenRemoved: Leaving,
  given?: string,
): readonly Followed[] {
  return lists.map((list) => {
    const { name, origin } = list;
    const input = inputOf(list) ?? given;
    if (origin === undefined || input === undefined) {
      throw new HarmoniError('usage', `"${name}" isn't a playlist, so it can't be followed.`, {
        fix: 'Follow a playlist link, "liked", or a file with a playlist. To download a song, use harmoni download.',
      });
    }
    return store.followed.follow({ library: config.output_dir, origin, name, input, whenRemoved });
  });
}

/** The followed list that somebody names; all of a name. @throws HarmoniError usage */
export function followedNamed({ store, config }: FollowParts, text: string): readonly Followed[] {
  const all = store.followed.all(config.output_dir);
  const wanted = foldWords(text).join(' ');
  const found = all.filter(
    ({ name, origin, input }) => origin === text || input === text || foldWords(name).join(' ') === wanted,
  );
  if (found.length > 0) return found;
  const names = all.map(({ name }) => `"${name}"`).join(', ');
  throw new HarmoniError('usage', `You don't follow a playlist called "${text}".`, {
    fix: names === '' ? 'Follow one first: harmoni follow LINK.' : `You follow ${names}.`,
  });
}
