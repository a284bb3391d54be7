import type { LibraryStatistics, ListCount, Tally } from '../library/statistics.ts';
import { verdictCounts } from '../tracks/heard-text.ts';
import { sizeText } from '../tracks/size-text.ts';
import type { Drawing } from '../ui/bars.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { displayWidth, fit, fitTo } from '../ui/safe-text.ts';

/** A heading and its lines, none wider than the half of a small screen. */
interface Block {
  readonly title: string;
  readonly lines: readonly string[];
}

const half = 38;
const gap = '   ';

/** 12,345 */
export function grouped(many: number): string {
  return many.toLocaleString('en');
}

/** "1 song", "12,345 songs". Pure. */
export function countedSongs(many: number): string {
  return `${grouped(many)} ${many === 1 ? 'song' : 'songs'}`;
}

/** "13 days 4 h", "5 h 20 min", "3 min". Pure. */
export function longTime(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${grouped(days)} ${days === 1 ? 'day' : 'days'}${hours > 0 ? ` ${hours} h` : ''}`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** "12 %": nothing that is there is 0, and nothing that isn't all is 100. Pure. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  if (part >= whole) return '100 %';
  return `${Math.min(99, Math.max(1, Math.round((part / whole) * 100)))} %`;
}

/** "4,812 songs, 13 days 4 h, 31 GB". Pure. */
export function totalsLine(found: LibraryStatistics): string {
  const { songs, durationMs, sizeBytes, artists, albums } = found;
  return [
    ...[countedSongs(songs), longTime(durationMs), sizeText(sizeBytes)],
    ...[artists === 1 ? '1 artist' : `${grouped(artists)} artists`],
    ...[albums === 1 ? '1 album' : `${grouped(albums)} albums`],
  ].join(' · ');
}

/** What is worth a word beside the counts. Pure. */
export function noteLines(found: LibraryStatistics): readonly string[] {
  const { broken, links, doubles, oldest, newest } = found;
  const years =
    oldest === undefined || newest === undefined
      ? []
      : [`From ${oldest.year} (${oldest.name}) to ${newest.year} (${newest.name})`];
  const notes = [
    ...(broken === 0 ? [] : [`${grouped(broken)} broken`]),
    ...(links === 0 ? [] : [`${grouped(links)} more ${links === 1 ? 'place' : 'places'} by links`]),
    ...(doubles.songs === 0
      ? []
      : [`${countedSongs(doubles.songs)} more than once, ${sizeText(doubles.wastedBytes)} to spare`]),
  ];
  return [...years, ...provenLines(found), ...(notes.length === 0 ? [] : [notes.join(' · ')])];
}

/** "By ear: 1,204 proven, 2 different, 31 not checked"; none where no song was heard. Pure. */
export function provenLines({ heard }: LibraryStatistics): readonly string[] {
  return heard === undefined ? [] : [`By ear: ${verdictCounts(heard)}`];
}

/**
 * One screen of 80x24: two columns of bars, and what is worth a word. On a narrower one, one column. Pure.
 * @param columns of the terminal
 * @param most bars of a kind: five fill a screen, and three leave room for a menu
 */
export function overviewLines(
  found: LibraryStatistics,
  drawing: Drawing,
  columns: number,
  most: 3 | 5 = 5,
): readonly ToneLine[] {
  // What was heard takes a line.
  const others = (most === 5 ? 6 : most) - provenLines(found).length;
  const recent = found.growth.slice(-others).toReversed();
  const blocks: readonly Block[] = [
    tallyBlock('Formats', found.formats, found.songs, drawing, most),
    tallyBlock('Decades', found.decades.toReversed(), found.songs, drawing, most),
    tallyBlock('Artists', found.topArtists, found.songs, drawing, most),
    tallyBlock('Genres', found.topGenres, found.songs, drawing, most),
    shareBlock(found, drawing, others),
    found.lists.length > 0
      ? { title: 'Playlists', lines: found.lists.slice(0, others).map((list) => listLine(list, drawing)) }
      : { title: 'New songs', lines: growthLines(recent, drawing) },
  ];
  return [
    { text: totalsLine(found), tone: 'ok' },
    ...noteLines(found).map((text) => ({ text: fit(text, Math.min(79, columns), drawing.ellipsis) })),
    ...sideBySide(blocks, columns),
  ];
}

/** Everything, one below the other. Pure. */
export function allLines(found: LibraryStatistics, drawing: Drawing): readonly ToneLine[] {
  const { songs, formats, codecs, bitrates, decades, topArtists, topAlbums, topGenres } = found;
  const block = (title: string, tallies: readonly Tally[]): Block =>
    tallyBlock(title, tallies, songs, drawing, Infinity);
  const lists = found.lists.map((list) => `${listLine(list, drawing)}${lackText(list)}`);
  const blocks: readonly Block[] = [
    ...[block('Formats', formats), block('Codecs', codecs), block('Bitrates', bitrates)],
    ...[block('Decades', decades), block('Artists', topArtists), block('Albums', topAlbums)],
    ...[block('Genres', topGenres), shareBlock(found, drawing, Infinity)],
    { title: 'New songs per month', lines: growthLines(found.growth.slice(-24), drawing) },
    { title: 'Playlists', lines: lists },
    {
      title: 'Failures',
      lines: found.failures.map(({ songs: many, reason }) => `${countedSongs(many)}: ${reason}`),
    },
  ];
  return [
    { text: totalsLine(found), tone: 'ok' },
    ...noteLines(found).map((text) => ({ text })),
    ...blocks
      .filter(({ lines }) => lines.length > 0)
      .flatMap(({ title, lines }): ToneLine[] => [
        { text: title, tone: 'accent' },
        ...lines.map((line) => ({ text: `  ${line}` })),
      ]),
  ];
}

function sideBySide(blocks: readonly Block[], columns: number): readonly ToneLine[] {
  const shown = blocks.filter(({ lines }) => lines.length > 0);
  if (columns < 2 * half + gap.length) {
    return shown.flatMap(({ title, lines }): ToneLine[] => [
      { text: title, tone: 'accent' },
      ...lines.map((text) => ({ text })),
    ]);
  }
  const lines: ToneLine[] = [];
  for (let at = 0; at < shown.length; at += 2) {
    const [left, right] = [shown[at], shown[at + 1]];
    lines.push({ text: pair(left?.title ?? '', right?.title ?? ''), tone: 'accent' });
    const many = Math.max(left?.lines.length ?? 0, right?.lines.length ?? 0);
    for (let row = 0; row < many; row += 1) {
      lines.push({ text: pair(left?.lines[row] ?? '', right?.lines[row] ?? '') });
    }
  }
  return lines;
}

function pair(left: string, right: string): string {
  return `${left}${' '.repeat(Math.max(0, half - displayWidth(left)))}${gap}${right}`.trimEnd();
}

/** "opus          ██████▌    1,204   24 %": 38 columns. */
function tallyBlock(
  title: string,
  tallies: readonly Tally[],
  whole: number,
  drawing: Drawing,
  most: number,
): Block {
  const shown = tallies.slice(0, most);
  const top = Math.max(...shown.map(({ songs }) => songs), 1);
  const lines = shown.map(({ name, songs }) =>
    barLine(drawing, name, songs / top, [grouped(songs), percent(songs, whole)]),
  );
  return { title, lines };
}

function shareBlock({ shares, songs }: LibraryStatistics, drawing: Drawing, most: number): Block {
  // A screen has room for what most libraries lack.
  const shown =
    most === Infinity
      ? shares
      : shares.filter(({ name }) => !['Album', 'Year', 'Genre', 'ISRC'].includes(name));
  const lines = shown
    .slice(0, most)
    .map((share) =>
      barLine(drawing, share.name, share.songs / songs, [grouped(share.songs), percent(share.songs, songs)]),
    );
  return { title: 'Songs with', lines: songs === 0 ? [] : lines };
}

function growthLines(months: LibraryStatistics['growth'], drawing: Drawing): readonly string[] {
  const top = Math.max(...months.map(({ added }) => added), 1);
  return months.map(({ month, added }) => barLine(drawing, month, added / top, [grouped(added)]));
}

function barLine(
  { bar, ellipsis }: Drawing,
  name: string,
  share: number,
  [many, part = '']: readonly [many: string, part?: string],
): string {
  return `${fitTo(name, 14, ellipsis)} ${bar(share, 9)} ${many.padStart(7)}${part === '' ? '' : part.padStart(6)}`;
}

/** "Evening        ████████▌  12/14" */
function listLine({ name, have, songs }: ListCount, { bar, ellipsis }: Drawing): string {
  return `${fitTo(name, 14, ellipsis)} ${bar(have / songs, 9)} ${`${grouped(have)}/${grouped(songs)}`.padStart(13)}`;
}

function lackText({ missing, waiting }: ListCount): string {
  const lacks = [
    ...(missing === 0 ? [] : [`${grouped(missing)} missing`]),
    ...(waiting === 0 ? [] : [`${grouped(waiting)} waiting`]),
  ];
  return lacks.length === 0 ? '' : `  ${lacks.join(', ')}`;
}
