import type { Store } from '../history/store.ts';
import type { TrackList } from '../tracks/track.ts';
import type { Output } from '../ui/output.ts';
import { inputOf } from './follow.ts';

export interface OfferToFollowParts {
  readonly store: Pick<Store, 'lists' | 'followed'>;
  readonly config: { readonly output_dir: string };
  readonly output: Pick<Output, 'lines'>;
}

/**
 * Playlists that the library doesn't have yet: how to keep them in sync is told once, after their first download, and in a
 * line, because another question would be one too many.
 * @returns what tells it
 */
export function offerToFollow(
  { store, config, output }: OfferToFollowParts,
  lists: readonly TrackList[],
  askedIn: 'menu' | 'terminal',
): () => void {
  const library = config.output_dir;
  const followed = new Set(store.followed.all(library).map(({ origin }) => origin));
  const [first, ...others] = lists.filter(({ origin, folder }) => {
    return (
      folder === 'own' && origin !== undefined && !followed.has(origin) && !store.lists.get(library, origin)
    );
  });
  const input = first === undefined ? undefined : inputOf(first);
  if (first === undefined || input === undefined) return () => undefined;
  const what = others.length === 0 ? `"${first.name}"` : 'these playlists';
  const how = askedIn === 'menu' ? 'choose Automation in the main menu' : `run harmoni follow "${input}"`;
  return () => output.lines([{ text: `To keep ${what} in sync, ${how}.`, tone: 'dim' }]);
}
