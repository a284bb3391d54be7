/**
 * npm run bench:ear [SONGS] [SEARCHED]: how well clips of 30 seconds tell recordings apart, with freely licensed music of
 * Debian's packages. Writes its figures and curves into test/bench/ear/, and prints JSON. What it makes is kept in
 * /var/tmp/harmoni-ear (HARMONI_EAR_CACHE), so a repeat is quick. It needs apt-get and dpkg-deb.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { realTools } from '../helpers/world.ts';
import { compareClips, compareOthers, compareOwn, printAll } from './ear/compare-all.ts';
import { measureCosts } from './ear/costs.ts';
import { drawCurves, type Curve } from './ear/curves.ts';
import type { Fit } from './ear/fits.ts';
import { compareGenerated } from './ear/generated.ts';
import { readSongs } from './ear/songs.ts';
import { searchOthers, searchSpeeds } from './ear/speeds.ts';
import { drawn, figures, fitsOf, type Measured } from './ear/tables.ts';

const home = join(import.meta.dirname, 'ear');
const folder = process.env['HARMONI_EAR_CACHE'] ?? '/var/tmp/harmoni-ear';
const [most, searched] = [Number(process.argv[2] ?? 120), Number(process.argv[3] ?? 8)];
const generatedSongs = 20;

const say = (line: string): void => console.error(line);
mkdirSync(folder, { recursive: true });
const parts = { ffmpeg: (await realTools()).ffmpeg, folder };
const began = performance.now();
const songs = await readSongs(parts.ffmpeg, folder, most);
say(`${songs.length} songs`);
const all = await printAll(songs, parts, say);
const measured: Measured = {
  songs: songs.length,
  own: compareOwn(all),
  clips: compareClips(all),
  others: compareOthers(all),
  generated: await compareGenerated(generatedSongs, parts),
  searched: await searchSpeeds(all, searched, parts, say),
  searchedOthers: await searchOthers(all, searched, parts, say),
  costs: await measureCosts(all, parts),
};
writeFileSync(join(home, 'curves.svg'), drawCurves(panelsOf(measured)));
writeFigures(figures(measured));
const seconds = Math.round((performance.now() - began) / 1000);
const proven = measured.others.map(({ name, fits }) => ({
  name,
  pairs: fits.length,
  proven: fits.filter(({ verdict }) => verdict === 'proven').map(({ of }) => of),
}));
console.log(JSON.stringify({ songs: songs.length, seconds, costs: measured.costs, others: proven }, null, 2));
const wrong = proven.reduce((sum, each) => sum + each.proven.length, 0);
say(`${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

/** Of the mean and of the worst four seconds. */
function panelsOf({ own, others }: Measured) {
  const voices = own.filter(({ name }) => name.includes('a voice')).map(({ fits }) => fits);
  const curves = (value: (fit: Fit) => number): readonly Curve[] =>
    [
      {
        name: 'ordinary encodings, rejected',
        color: '#1a7f37',
        counts: 'rejected' as const,
        fits: fitsOf(own, 'ordinary'),
      },
      {
        name: 'badly treated, rejected',
        color: '#9a6700',
        counts: 'rejected' as const,
        fits: fitsOf(own, 'rough'),
      },
      {
        name: 'a voice on top as loud as the music, accepted',
        color: '#0969da',
        counts: 'accepted' as const,
        fits: voices[0] ?? [],
      },
      {
        name: 'a voice 6 dB below the music, accepted',
        color: '#8250df',
        counts: 'accepted' as const,
        fits: voices[1] ?? [],
      },
      {
        name: 'another song, accepted',
        color: '#cf222e',
        counts: 'accepted' as const,
        fits: others[0]?.fits ?? [],
      },
    ].map(({ fits, ...curve }) => ({ ...curve, values: fits.map(value) }));
  return [
    {
      title: 'Of the whole clip',
      curves: curves(({ bitError }) => bitError),
      thresholds: [
        { name: 'proven', at: drawn.bitError },
        { name: 'other', at: drawn.leastOther },
      ],
    },
    {
      title: 'Of its worst four seconds',
      curves: curves(({ worst }) => worst),
      thresholds: [{ name: 'proven', at: drawn.worst }],
    },
  ];
}

/** Between the markers of the readme. */
function writeFigures(text: string): void {
  const path = join(home, 'readme.md');
  const [before = '', rest = ''] = readFileSync(path, 'utf8').split('<!-- figures -->\n');
  const [, after = ''] = rest.split('<!-- end of figures -->\n');
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, ${songs.length} songs.`;
  writeFileSync(path, `${before}<!-- figures -->\n${machine}\n\n${text}\n<!-- end of figures -->\n${after}`);
}
