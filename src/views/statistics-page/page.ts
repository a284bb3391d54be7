import type { LibraryStatistics, Tally } from '../../library/statistics.ts';
import { sizeText } from '../../tracks/size-text.ts';
import { countedSongs, grouped, longTime, percent, provenLines } from '../statistics-text.ts';
import { barChart, growthChart, listChart, waveChart } from './charts.ts';
import { nameText, plainText, table } from './markup.ts';
import { style } from './style.ts';

export interface PageFacts {
  readonly madeAtMs: number;
  /** As it was typed; '' for the whole library. */
  readonly query: string;
}

/**
 * The statistics as a page of its own: no script, and nothing that is fetched from anywhere. Whatever tags say is text.
 * Pure.
 */
export function renderPage(found: LibraryStatistics, { madeAtMs, query }: PageFacts): string {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
  const day = new Date(madeAtMs).toLocaleDateString('en', { dateStyle: 'long' });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${countedSongs(found.songs)} - HARMONI</title>
<style>${style}</style>
</head>
<body>
<main>
${header(found, query)}
<div class="grid">
${sections(found).join('\n')}
</div>
<footer><p>Made by HARMONI on ${day}.</p></footer>
</main>
</body>
</html>
`;
}

function header(
  { songs, durationMs, sizeBytes, artists, albums, oldest, newest }: LibraryStatistics,
  query: string,
): string {
  const wave = [35, 70, 100, 55, 85, 40].map((height) => `<i style="height:${height}%"></i>`).join('');
  const years = oldest === undefined || newest === undefined ? '' : `, from ${oldest.year} to ${newest.year}`;
  const totals = [
    ['Playing time', longTime(durationMs)],
    ['On disk', sizeText(sizeBytes)],
    ['Artists', grouped(artists)],
    ['Albums', grouped(albums)],
  ] as const;
  return `<header>
<p class="brand"><span aria-hidden="true">${wave}</span>HARMONI</p>
<h1>${grouped(songs)} <small>${songs === 1 ? 'song' : 'songs'}</small></h1>
<p class="lede">${longTime(durationMs)} of music by ${artists === 1 ? '1 artist' : `${grouped(artists)} artists`}${years}.</p>
${query === '' ? '' : `<p class="query">Only songs that match ${nameText(query)}</p>`}
<dl class="totals">${totals.map(([name, text]) => `<div><dt>${name}</dt><dd>${plainText(text)}</dd></div>`).join('')}</dl>
</header>`;
}

/** What has nothing to show is left out. */
function sections(found: LibraryStatistics): readonly string[] {
  const { topArtists, topAlbums, topGenres, formats, bitrates, songs } = found;
  const sound = [
    tallySection('formats', 'Formats', formats, songs),
    tallySection('bitrates', 'Sound quality', bitrates, songs),
  ].join('\n');
  return [
    yearsSection(found),
    leadingSection('artists', 'Your top artists', topArtists, songs),
    leadingSection('albums', 'Your top albums', topAlbums, songs),
    growthSection(found),
    leadingSection('genres', 'Your top genres', topGenres, songs),
    `<div class="half stack">${sound}</div>`,
    sharesSection(found),
    listsSection(found),
    careSection(found),
  ].filter((one) => one !== '');
}

function section(id: string, title: string, kind: string, content: string): string {
  return `<section aria-labelledby="${id}" class="${kind}">
<h2 id="${id}">${title}</h2>
${content}
</section>`;
}

function yearsSection({ years, decades, oldest, newest }: LibraryStatistics): string {
  if (oldest === undefined || newest === undefined) return '';
  const peak = years.reduce((best, one) => (one.songs > best.songs ? one : best));
  const description = `Songs by year of release, ${oldest.year} to ${newest.year}. Most are from ${peak.year}: ${grouped(peak.songs)}.`;
  const chart = waveChart({ id: 'wave', title: 'Songs by year of release', description }, years);
  return section(
    'years',
    'Through the years',
    'open',
    `<p class="note">A stroke for each year of release. The oldest song is ${nameText(oldest.name)}, the newest ${nameText(newest.name)}.</p>
${chart}
${tallyTable(
  'Songs by decade',
  'Decade',
  decades,
  decades.reduce((sum, one) => sum + one.songs, 0),
)}`,
  );
}

/** The first of them in large letters. */
function leadingSection(id: string, title: string, tallies: readonly Tally[], whole: number): string {
  const [first] = tallies;
  if (first === undefined) return '';
  const lead = `<p class="big">${nameText(first.name)}</p>
<p class="note">${countedSongs(first.songs)}, ${longTime(first.durationMs)} of music</p>`;
  return tallySection(id, title, tallies, whole, lead);
}

function tallySection(
  id: string,
  title: string,
  tallies: readonly Tally[],
  whole: number,
  lead = '',
): string {
  if (tallies.length === 0) return '';
  const bars = tallies.map(({ name, songs }) => ({ name, value: songs, figure: grouped(songs) }));
  const description = `${title}: ${tallies.map(({ name, songs }) => `${name} ${grouped(songs)}`).join(', ')}.`;
  const chart = barChart({ id: `${id}-chart`, title, description }, bars);
  return section(id, title, `half ${id}`, `${lead}\n${chart}\n${tallyTable(title, 'Name', tallies, whole)}`);
}

function tallyTable(caption: string, name: string, tallies: readonly Tally[], whole: number): string {
  const rows = tallies.map(
    (one) =>
      [
        one.name,
        grouped(one.songs),
        percent(one.songs, whole),
        longTime(one.durationMs),
        sizeText(one.sizeBytes),
      ] as const,
  );
  return `<details><summary>In numbers<span class="unseen">: ${caption}</span></summary>
<div class="tally">${table(caption, [name, 'Songs', 'Share', 'Time', 'Size'], rows)}</div></details>`;
}

function growthSection({ growth }: LibraryStatistics): string {
  const [first, last] = [growth[0], growth.at(-1)];
  if (first === undefined || last === undefined) return '';
  const years = [...Map.groupBy(growth, ({ month }) => month.slice(0, 4))].map(([year, months]) => {
    const added = months.reduce((sum, one) => sum + one.added, 0);
    return [year, grouped(added), grouped(months.at(-1)?.total ?? 0)] as const;
  });
  const description = `From ${grouped(first.total)} songs at the end of ${first.month} to ${grouped(last.total)} at the end of ${last.month}.`;
  const chart = growthChart({ id: 'growth-chart', title: 'Songs in the library', description }, growth);
  const numbers = table('Songs by year', ['Year', 'New', 'In all'], years.slice(-12));
  return section(
    'growth',
    'How it grew',
    '',
    `<div class="beside">${chart}\n<div class="scroll">${numbers}</div></div>`,
  );
}

function sharesSection(found: LibraryStatistics): string {
  const { shares, songs } = found;
  const bars = shares.map((one) => ({ name: one.name, value: one.songs, figure: percent(one.songs, songs) }));
  const description = `Of ${grouped(songs)} songs: ${shares.map((one) => `${one.name} ${grouped(one.songs)}`).join(', ')}.`;
  const chart = barChart({ id: 'shares-chart', title: 'Songs with', description }, bars, songs);
  const rows = shares.map((one) => [one.name, grouped(one.songs), grouped(songs - one.songs)] as const);
  const proven = provenLines(found)
    .map((line) => `<p class="note">${line}.</p>\n`)
    .join('');
  const numbers = table('Songs with and without', ['Tag', 'With', 'Without'], rows);
  return section(
    'shares',
    'What your tags say',
    '',
    `${proven}<div class="beside">${chart}\n<div class="scroll">${numbers}</div></div>`,
  );
}

const mostLists = 40;

function listsSection({ lists }: LibraryStatistics): string {
  if (lists.length === 0) return '';
  const shown = lists.slice(0, mostLists);
  const more =
    lists.length > mostLists
      ? `<p class="note">The first ${mostLists} of ${grouped(lists.length)} playlists.</p>`
      : '';
  const description = shown.map(({ name, have, songs }) => `${name}: ${have} of ${songs}`).join(', ');
  const chart = listChart(
    { id: 'lists-chart', title: 'How complete your playlists are', description },
    shown,
  );
  const rows = shown.map(
    ({ name, songs, have, waiting, missing }) =>
      [name, grouped(songs), grouped(have), grouped(waiting), grouped(missing)] as const,
  );
  const key =
    '<ul class="key"><li><b class="has"></b>In your library</li><li><b class="waits"></b>Waiting</li><li><b></b>Missing</li></ul>';
  const numbers = table('Songs by playlist', ['Playlist', 'Songs', 'There', 'Waiting', 'Missing'], rows);
  return section(
    'lists',
    'Playlists',
    '',
    `${more}${key}<div class="beside">${chart}\n<div class="scroll">${numbers}</div></div>`,
  );
}

function careSection({ broken, doubles, failures, heard }: LibraryStatistics): string {
  const rows = [
    ...(broken === 0 ? [] : [['Songs whose file is broken', grouped(broken)] as const]),
    ...(doubles.songs === 0
      ? []
      : [
          [
            `Songs that several files hold (${sizeText(doubles.wastedBytes)} to spare)`,
            grouped(doubles.songs),
          ] as const,
        ]),
    ...((heard?.different ?? 0) === 0
      ? []
      : [['Songs that may be the wrong recording', grouped(heard?.different ?? 0)] as const]),
    ...failures.map(({ reason, songs }) => [reason, grouped(songs)] as const),
  ];
  if (rows.length === 0) return '';
  const numbers = table('What needs a look', ['What', 'Songs'], rows);
  return section('care', 'To look after', '', `<div class="scroll">${numbers}</div>`);
}
