import type { Removal } from '../automation/remove-left.ts';
import { isComing, type ListPlan, type RowPlan } from '../automation/sync-plan.ts';
import { isAllRead, type SyncedList } from '../engine/sync.ts';
import { errorInJson } from '../errors.ts';
import { songs } from '../tracks/song-count.ts';
import { songName } from '../tracks/song-name.ts';
import type { Track } from '../tracks/track.ts';
import type { ToneLine } from '../ui/prompter.ts';

/** What a sync does, and did, in words and as JSON. Pure. */

/** Names shown of each kind. */
const mostNames = 3;

/** A plan for people: a line for each list, and some of the songs that come or go. */
export function syncPlanLines(lists: readonly SyncedList[]): readonly ToneLine[] {
  const mayTrash = isAllRead(lists);
  return lists.flatMap((one) => {
    if (one.kind === 'failed') return failureLines([one]);
    const { plan } = one;
    if (plan.held !== undefined) return heldLines(plan);
    const coming = plan.list.tracks.filter((_track, at) => isComing(plan.rows[at]));
    return [
      { text: `${plan.list.name}: ${countsOf(plan, mayTrash).join(', ')}` },
      ...movedLines(plan),
      ...names('+', coming),
      ...names('-', plan.left),
    ];
  });
}

/** Of lists that couldn't be synced, and what to do. */
export function failureLines(lists: readonly SyncedList[]): readonly ToneLine[] {
  return lists.flatMap((one) =>
    one.kind === 'failed'
      ? [
          { text: `${one.followed.name}: ${one.error.message}`, tone: 'fail' as const },
          { text: `  Fix: ${one.error.fix}`, tone: 'accent' as const },
        ]
      : [],
  );
}

function movedLines({ followed, movedTo }: ListPlan): readonly ToneLine[] {
  if (movedTo === undefined) return [];
  const [old, next] = [followed.input, movedTo].map(nameOfPath);
  return [{ text: `  ${old} is gone. ${next} has its songs, so it's followed instead.`, tone: 'accent' }];
}

function nameOfPath(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}

function heldLines({ followed, held = '', left }: ListPlan): readonly ToneLine[] {
  const command = `harmoni sync "${followed.name}" --allow-removals ${left.length}`;
  return [
    { text: `${followed.name}: not synced. It may have changed by mistake: ${held}.`, tone: 'warn' },
    { text: `  If that's right: ${command}`, tone: 'accent' },
  ];
}

/** The question about a list that lost so much that it may be a mistake. */
export function heldQuestion({ followed, held = '', left }: ListPlan): string {
  const them = left.length === 1 ? 'it' : 'them';
  const theirs = left.length === 1 ? 'its file' : 'their files';
  const what = followed.whenRemoved === 'trash' ? `move ${theirs} to the trash` : `keep ${theirs}`;
  return `"${followed.name}" may have changed by mistake: ${held}. Remove ${them} here too, and ${what}?`;
}

function countsOf(
  { rows, left, moved, isRenamed, isStale, followed, list }: ListPlan,
  mayTrash: boolean,
): readonly string[] {
  const count = (kind: RowPlan): number => rows.filter((row) => row === kind).length;
  const upTo = `up to ${files(left.length)} to the trash`;
  const toTrash = mayTrash ? upTo : `${upTo} once all playlists can be read`;
  const goes = followed.whenRemoved === 'trash' ? toTrash : 'only from the playlist file';
  const parts = [
    some(count('new'), 'new'),
    some(count('again'), 'to try again'),
    some(count('back'), 'added that you already have'),
    some(left.length, `removed (${goes})`),
    some(moved, 'moved'),
    isRenamed && `renamed, was "${followed.name}"`,
    some(count('review'), 'waiting for review'),
    some(count('deleted'), 'deleted by you'),
    some(list.skipped.length, 'skipped'),
  ].filter((part) => part !== false);
  if (parts.length > 0) return parts;
  return [isStale ? 'the playlist file is brought up to date' : 'up to date'];
}

const files = (many: number): string => (many === 1 ? '1 file' : `${many} files`);

const some = (many: number, what: string): string | false => many > 0 && `${many} ${what}`;

function names(sign: string, tracks: readonly Track[]): readonly ToneLine[] {
  const shown = tracks.slice(0, mostNames).map(({ artist, track }) => songName(artist, track));
  const more = tracks.length - shown.length;
  const lines = more > 0 ? [...shown, `${more} more`] : shown;
  return lines.map((text) => ({ text: `  ${sign} ${text}`, tone: 'dim' }));
}

/** The question before a sync begins: "Sync 2 playlists: 12 songs to download, up to 3 files to the trash. OK?" */
export function syncQuestion(plans: readonly ListPlan[], mayTrash: boolean): string {
  const coming = plans.flatMap(({ rows }) => rows.filter(isComing)).length;
  const leaving = plans.flatMap(({ followed, left }) =>
    followed.whenRemoved === 'trash' ? left : [],
  ).length;
  const going = mayTrash ? leaving : 0;
  const what = [
    coming > 0 && `${songs(coming)} to download`,
    going > 0 && `up to ${files(going)} to the trash`,
  ].filter((part) => part !== false);
  const only = plans.length === 1 ? 'only its playlist file changes' : 'only the playlist files change';
  const lists = plans.length === 1 ? `"${plans[0]?.list.name ?? ''}"` : `${plans.length} playlists`;
  return `Sync ${lists}: ${what.length === 0 ? only : what.join(', ')}. OK?`;
}

/** Of a list for the JSON document. */
export function syncDocument(
  lists: readonly SyncedList[],
  removals: ReadonlyMap<number, readonly Removal[]>,
) {
  return lists.map((one) => {
    const { name, origin, id } = one.followed;
    if (one.kind === 'failed') {
      return { name, origin, state: 'failed' as const, failure: errorInJson(one.error) };
    }
    const { plan } = one;
    const count = (kind: RowPlan): number => plan.rows.filter((row) => row === kind).length;
    return {
      name: plan.list.name,
      origin,
      state: plan.held === undefined ? ('synced' as const) : ('held' as const),
      ...(plan.held === undefined ? {} : { reason: plan.held }),
      new: count('new'),
      again: count('again'),
      back: count('back'),
      removed: plan.left.length,
      trashed: (removals.get(id) ?? []).filter((removal) => removal === 'trashed').length,
      moved: plan.moved,
      renamed: plan.isRenamed,
      ...(plan.movedTo === undefined ? {} : { movedTo: plan.movedTo }),
      review: count('review'),
      deleted: count('deleted'),
      skipped: plan.list.skipped.length,
    };
  });
}

/** What became of files whose songs left their list, where that is not what was asked for. */
export function removalLines(removals: Iterable<readonly Removal[]>): readonly ToneLine[] {
  const all = [...removals].flat();
  const count = (kind: Removal): number => all.filter((removal) => removal === kind).length;
  const lines = [
    count('trashed') > 0 && `Moved ${files(count('trashed'))} to the trash.`,
    count('in another playlist') > 0 &&
      `Kept ${files(count('in another playlist'))} that another playlist still has.`,
    count('changed') > 0 && `Kept ${files(count('changed'))} that you changed.`,
    count('yours') > 0 && `Kept ${files(count('yours'))} that HARMONI didn't create.`,
    count('elsewhere') > 0 &&
      `Kept ${files(count('elsewhere'))} that ${count('elsewhere') === 1 ? "isn't" : "aren't"} where the playlist's songs go.`,
  ].filter((line) => line !== false);
  return lines.map((text) => ({ text, tone: 'dim' }));
}
