import { emptyReport } from '../downloads/report.ts';
import { followedNamed, type FollowParts } from '../views/follow.ts';
import { syncLists, type SyncParts, type SyncViewOptions } from '../views/sync.ts';

export type SyncCommandParts = SyncParts & FollowParts;

/** harmoni sync [NAME...]. Returns the exit code. */
export async function runSync(
  parts: SyncCommandParts,
  names: readonly string[],
  options: SyncViewOptions,
): Promise<number> {
  const { store, config, output } = parts;
  const named = names.flatMap((name) => followedNamed(parts, name));
  const followed = names.length === 0 ? store.followed.all(config.output_dir) : named;
  if (followed.length === 0) {
    output.say('You follow no playlists yet. Follow one with harmoni follow LINK.');
    output.document({ ...emptyReport, sync: [] });
    return 0;
  }
  return (await syncLists(parts, followed, options)).exitCode;
}
