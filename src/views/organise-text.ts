import { basename, dirname, relative } from 'node:path';
import type { OrganiseEnd, OrganiseView } from '../engine/organise.ts';
import type { Left, LeftReason, OrganisePlan } from '../library/organise/plan.ts';
import { playlists as playlistCount, songs } from '../tracks/song-count.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { leftAloneLines } from './own-files-text.ts';

const shownSongs = 20;
const shownLeft = 10;

const files = (many: number): string => (many === 1 ? '1 file' : `${many} files`);
const copies = (many: number): string => (many === 1 ? '1 second copy' : `${many} second copies`);
const folders = (many: number): string => (many === 1 ? '1 folder' : `${many} folders`);

const reasons: Readonly<Record<LeftReason, string>> = {
  broken: "it isn't complete",
  untagged: 'it has no title in its tags',
  link: 'it is a link',
  gone: 'it was moved or deleted',
  taken: 'another file has the name',
  unwritable: "it can't be moved",
};

/** What would be done: the first songs by their new folder, and all in numbers. Pure. */
export function previewLines(view: OrganiseView): readonly ToneLine[] {
  const { plan } = view;
  const { library } = plan;
  const sorted = plan.songs.toSorted((a, b) => (a.to < b.to ? -1 : 1));
  const groups = Map.groupBy(sorted, ({ to }) => dirname(to));
  const lines: ToneLine[] = [];
  let shown = 0;
  for (const [folder, moves] of groups) {
    if (shown === shownSongs) break;
    lines.push({
      text: `${relative(library, folder) || '(library folder)'}: ${songs(moves.length)}`,
      tone: 'accent',
    });
    for (const { from, to } of moves.slice(0, shownSongs - shown)) {
      lines.push({ text: `  ${basename(to)}  (was ${relative(library, from)})` });
      shown += 1;
    }
  }
  if (sorted.length > shown) lines.push({ text: `and ${sorted.length - shown} more`, tone: 'dim' });
  return [
    ...lines,
    ...countLines(plan, groups.size),
    ...leftLines(plan.left, library),
    ...leftAloneLines(view.own),
  ];
}

function countLines(
  { songs: moves, merges, links, sidecars, inPlace }: OrganisePlan,
  folderCount: number,
): readonly ToneLine[] {
  const said = [
    ...(moves.length === 0 ? [] : [`${songs(moves.length)} to move, to ${folders(folderCount)}`]),
    ...(merges.length === 0 ? [] : [`${copies(merges.length)} to the trash (playlists will share one file)`]),
    ...(links.length === 0 ? [] : [`${songs(links.length)} to link into another playlist's folder`]),
    ...(sidecars.length === 0 ? [] : [`${files(sidecars.length)} with lyrics or covers to move along`]),
    ...(inPlace === 0 ? [] : [`${songs(inPlace)} in place`]),
  ];
  return said.map((text) => ({ text }));
}

function leftLines(left: readonly Left[], library: string): readonly ToneLine[] {
  if (left.length === 0) return [];
  const shown = left
    .slice(0, shownLeft)
    .map(({ path, reason, message }) => `  ${relative(library, path)}: ${message ?? reasons[reason]}`);
  const more = left.length > shownLeft ? [`  and ${left.length - shownLeft} more`] : [];
  return [`Left alone:`, ...shown, ...more].map((text) => ({ text, tone: 'warn' }));
}

/** What was done. Pure. */
export function endLines(end: OrganiseEnd, library: string): readonly ToneLine[] {
  const { moved, merged, linked, playlists, left, stoppedBy } = end;
  const said = [
    ...(moved.length === 0 ? [] : [`Moved ${songs(moved.length)}.`]),
    ...(merged.length === 0 ? [] : [`Moved ${copies(merged.length)} to the trash.`]),
    ...(linked.length === 0 ? [] : [`Linked ${songs(linked.length)}.`]),
    ...(playlists.length === 0 ? [] : [`Updated ${playlistCount(playlists.length)}.`]),
  ];
  return [
    ...(stoppedBy === undefined ? [] : [{ text: stoppedBy.message, tone: 'fail' } as const]),
    ...said.map((text): ToneLine => ({ text, tone: stoppedBy === undefined ? 'ok' : 'warn' })),
    ...leftLines(left, library),
  ];
}
