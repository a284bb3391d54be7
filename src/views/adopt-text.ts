import { relative } from 'node:path';
import type { AdoptEnd, AdoptView } from '../engine/adopt.ts';
import { errorInJson } from '../errors.ts';
import type { Placed } from '../library/adopt/carry-out.ts';
import { countRows, type AdoptCounts, type AdoptRow } from '../library/adopt/plan-adoption.ts';
import { songs } from '../tracks/song-count.ts';
import { songName } from '../tracks/song-name.ts';
import type { PickRow, ToneLine } from '../ui/prompter.ts';

const shownUncertain = 10;

/** Rows that a file may be, each once: a song may be in several lists. Pure. */
export function uncertainRows({ lists }: Pick<AdoptView, 'lists'>): readonly AdoptRow[] {
  const rows = lists.flatMap(({ rows: all }) => all.filter(({ state }) => state === 'ask'));
  const byName = Map.groupBy(rows, (row) => keyOf(row));
  return [...byName.values()].flatMap(([first]) => first ?? []);
}

/** The same song and the same file, whatever its list. Pure. */
export function keyOf({ track, match }: AdoptRow): string {
  return [track.artist, track.track, match?.owned.song.file.path].join('\0');
}

/**
 * What would be adopted, list by list, and what may be the song. Pure.
 * @param isAsked whether the uncertain ones are shown by the next question
 */
export function previewLines(view: AdoptView, isAsked: boolean): readonly ToneLine[] {
  const { lists, files, broken, folder } = view;
  const found = `${songs(files)} in ${folder}`;
  const whole =
    broken === 0 ? '' : `, of which ${broken === 1 ? '1 is' : `${broken} are`} broken and left out`;
  return [
    { text: `${found}${whole}` },
    ...lists.map(({ list, rows }) => ({ text: `${list.name}: ${countsText(countRows(rows))}` })),
    ...(isAsked ? [] : uncertainLines(view)),
  ];
}

function countsText({ have, adopt, ask, missing }: AdoptCounts): string {
  return [
    `${have} in your library`,
    `${adopt} to adopt`,
    ...(ask === 0 ? [] : [`${ask} uncertain`]),
    `${missing} to download`,
  ].join(', ');
}

function uncertainLines(view: AdoptView): readonly ToneLine[] {
  const rows = uncertainRows(view);
  if (rows.length === 0) return [];
  const lines = rows
    .slice(0, shownUncertain)
    .map((row) => `  ${nameOf(row)}: ${placeOf(row, view.folder)} (${row.match?.why ?? ''})`);
  const more = rows.length > shownUncertain ? [`  and ${rows.length - shownUncertain} more`] : [];
  return ['Uncertain:', ...lines, ...more].map((text) => ({ text, tone: 'warn' }));
}

const nameOf = ({ track }: AdoptRow): string => songName(track.artist, track.track);
const placeOf = ({ match }: AdoptRow, folder: string): string =>
  relative(folder, match?.owned.song.file.path ?? '');

/** A row of the question which uncertain ones are right. Pure. */
export function pickRowOf(row: AdoptRow, folder: string): PickRow<AdoptRow> {
  return {
    value: row,
    name: `${nameOf(row)} = ${placeOf(row, folder)}`,
    description: row.match?.why ?? '',
    checked: false,
  };
}

/** What was done. Pure. */
export function endLines({ id, placed, playlists, stoppedBy }: AdoptEnd, asked: string): readonly ToneLine[] {
  const all = [...placed.values()];
  const of = (by: Placed['by']): number => all.filter((one) => one.by === by).length;
  const tone = stoppedBy === undefined ? 'ok' : 'warn';
  const copies = of('copy');
  const why =
    asked === 'link' && copies > 0
      ? `, because ${copies === 1 ? 'it' : 'they'} can't be linked into your library`
      : '';
  const said = [
    [of('link'), `Linked ${songs(of('link'))}.`],
    [copies, `Copied ${songs(copies)}${why}.`],
    [of('leave'), `Adopted ${songs(of('leave'))} in place.`],
    // Without a run they said it before.
    [
      id === undefined ? 0 : playlists.length,
      `Wrote ${playlists.length === 1 ? '1 playlist' : `${playlists.length} playlists`}.`,
    ],
  ] as const;
  const changed = of('changed');
  return [
    ...(stoppedBy === undefined ? [] : [{ text: stoppedBy.message, tone: 'fail' } as const]),
    ...said.filter(([many]) => many > 0).map(([, text]): ToneLine => ({ text, tone })),
    ...(changed === 0
      ? []
      : [
          {
            text: `${songs(changed)} changed meanwhile and ${changed === 1 ? 'was' : 'were'} left out.`,
            tone: 'warn',
          } as const,
        ]),
  ];
}

/** The JSON document. `end` is undefined where nothing was done. Pure. */
export function adoptDocument(
  { lists, folder, files, broken }: AdoptView,
  end: AdoptEnd | undefined,
): object {
  const counts = countRows(lists.flatMap(({ rows }) => rows));
  const adopted = [...(end?.placed.values() ?? [])].filter(({ path }) => path !== undefined).length;
  return {
    folder,
    files,
    broken,
    dryRun: end === undefined,
    run: end?.id ?? null,
    lists: lists.map(({ list, rows }) => ({
      name: list.name,
      tracks: rows.map((row) => rowDocument(row, end)),
      skipped: list.skipped,
    })),
    playlists: end?.playlists ?? [],
    ...(end?.stoppedBy === undefined ? {} : { stoppedBy: errorInJson(end.stoppedBy) }),
    summary: {
      have: counts.have,
      certain: counts.adopt,
      uncertain: counts.ask,
      missing: counts.missing,
      adopted,
    },
  };
}

function rowDocument(row: AdoptRow, end: AdoptEnd | undefined): object {
  const { track, state, match } = row;
  const placed = end?.placed.get(row);
  const states = { have: 'present', adopt: 'certain', ask: 'uncertain', missing: 'missing' } as const;
  return {
    artist: track.artist,
    track: track.track,
    status: placed?.path === undefined ? states[state] : 'adopted',
    ...(match === undefined ? {} : { file: match.owned.song.file.path, reason: match.why }),
    ...(placed?.path === undefined ? {} : { path: placed.path, how: placed.by }),
  };
}
