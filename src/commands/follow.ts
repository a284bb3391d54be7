import type { Leaving } from '../history/leaving.ts';
import { pastClock } from '../spotify/api-error.ts';
import type { Clock } from '../system/clock.ts';
import type { Output } from '../ui/output.ts';
import { followedNamed, followLists, type FollowParts } from '../views/follow.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';

export type FollowCommandParts = FollowParts &
  ReadListsParts & { readonly output: Output; readonly clock: Pick<Clock, 'now'> };

/** harmoni follow [SOURCE...]. Without a source it lists what is followed. Returns the exit code. */
export async function runFollow(
  parts: FollowCommandParts,
  inputs: readonly string[],
  whenRemoved: Leaving | undefined,
): Promise<number> {
  const { output, store, config } = parts;
  if (inputs.length === 0) {
    listFollowed(parts);
    return 0;
  }
  for (const input of inputs) {
    const lists = await readLists(parts, [input]);
    for (const { name } of followLists(parts, lists, whenRemoved ?? 'keep', input)) {
      output.say(`Following "${name}". Run harmoni sync to download what's new.`);
    }
  }
  output.document({ followed: store.followed.all(config.output_dir).map(documentOf) });
  return 0;
}

function listFollowed({ output, store, config, clock }: FollowCommandParts): void {
  const all = store.followed.all(config.output_dir);
  if (all.length === 0) output.say('You follow no playlists yet. Follow one with harmoni follow LINK.');
  for (const { name, whenRemoved, syncedAt } of all) {
    const when =
      syncedAt === undefined ? 'not synced yet' : `last synced ${pastClock(syncedAt, clock.now())}`;
    const removed = whenRemoved === 'trash' ? ', removed songs go to the trash' : '';
    output.say(`${name}: ${when}${removed}`);
  }
  output.document({ followed: all.map(documentOf) });
}

function documentOf({
  name,
  origin,
  input,
  whenRemoved,
  syncedAt,
}: ReturnType<FollowParts['store']['followed']['follow']>) {
  return {
    name,
    origin,
    input,
    whenRemoved,
    syncedAt: syncedAt === undefined ? null : new Date(syncedAt).toISOString(),
  };
}

/** harmoni unfollow NAME... Files and playlist files stay. */
export function runUnfollow(parts: FollowCommandParts, names: readonly string[]): number {
  const { output, store } = parts;
  const found = names.flatMap((name) => followedNamed(parts, name));
  for (const { id, name } of found) {
    store.followed.unfollow(id);
    output.say(`"${name}" isn't followed anymore. Its songs and its playlist file stay.`);
  }
  output.document({ unfollowed: found.map(({ name, origin }) => ({ name, origin })) });
  return 0;
}
