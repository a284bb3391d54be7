/**
 * npm run bench:peers [TRACKS] [SECONDS] [FORMATS]: HARMONI beside spotDL and beside the literal pipeline (for each song a
 * yt-dlp that takes the first hit), on the same YouTube, at the same bitrate, in interleaved rounds. The options are those
 * of npm run bench, without --sizes and --timeline,
 * and --without literal leaves that one out, which takes most of the time. Tables go to stderr, JSON to stdout.
 */
import { describeMachine, startBench } from './measure/bench.ts';
import { mediansOf, type Figures } from './measure/figures.ts';
import { runHarmoni } from './measure/harmoni.ts';
import { runLiteral } from './measure/literal.ts';
import { readBenchOptions } from './measure/options.ts';
import { figureTable } from './measure/print.ts';
import { benchTracks } from './measure/songs.ts';
import { installSpotDl, runSpotDl, spotDlVersion } from './measure/spotdl.ts';

const kbits = 192;
const options = readBenchOptions(process.argv.slice(2), {
  tracks: 20,
  seconds: 210,
  formats: ['opus', 'm4a', 'mp3'],
  rounds: 3,
});
if (options.sizes.length > 0 || options.timeline)
  throw new Error('--sizes and --timeline are options of npm run bench.');
if (options.without !== undefined && options.without !== 'literal')
  throw new Error('Only the literal pipeline can be left out: --without literal.');
console.error(`seed ${options.seed}`);
const spotDl = await installSpotDl().catch((error: unknown) => {
  console.error(`spotDL ${spotDlVersion} is left out, because it cannot be installed: ${String(error)}`);
  return undefined;
});
const bench = await startBench(options);
try {
  const tracks = benchTracks({ count: options.tracks, seconds: options.seconds });
  const figures = new Map<string, Figures[]>();
  for (let number = 1; number <= options.rounds; number += 1) {
    for (const format of options.formats) {
      const songs = { tracks, format, kbits };
      const peers: readonly (readonly [name: string, run: () => Promise<Figures>])[] = [
        ['HARMONI', async () => (await runHarmoni(bench, format, ['--quality', String(kbits)])).figures],
        ...(spotDl === undefined ? [] : [['spotDL', () => runSpotDl(bench, spotDl, songs)] as const]),
        ...(options.without === 'literal' ? [] : [['literal', () => runLiteral(bench, songs)] as const]),
      ];
      for (const [name, run] of peers) {
        const key = `${format} ${name}`;
        figures.set(key, [...(figures.get(key) ?? []), await run()]);
      }
    }
    console.error(`round ${number} of ${options.rounds} is done`);
  }
  const medians = new Map([...figures].map(([name, runs]) => [name, mediansOf(runs)]));
  console.error(figureTable(medians));
  const machine = {
    ...(await describeMachine(bench)),
    spotDl: spotDl === undefined ? 'left out' : `${spotDlVersion} with yt-dlp ${spotDl.ytDlpVersion}`,
  };
  console.log(JSON.stringify({ ...options, kbits, machine, runs: Object.fromEntries(medians) }, null, 2));
} finally {
  await bench.close();
}
