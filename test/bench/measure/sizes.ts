import { describeMachine, startBench, type Bench } from './bench.ts';
import { figure, mediansOf, type Figures } from './figures.ts';
import { runDry, runHarmoni } from './harmoni.ts';
import type { BenchOptions } from './options.ts';
import { table } from './table.ts';

/** How the cost of a song and the memory grow with the list: for each size a dry run, and a real one in each format. */
export async function runSizes(options: BenchOptions): Promise<void> {
  const { seconds, seed, rounds, latencyMs, bytesPerSecond } = options;
  const sizes = new Map<number, ReadonlyMap<string, Figures>>();
  let machine: Record<string, unknown> = {};
  for (const tracks of options.sizes) {
    const bench = await startBench({ ...options, tracks });
    try {
      machine = await describeMachine(bench);
      sizes.set(tracks, await runSize(bench, options));
    } finally {
      await bench.close();
    }
    console.error(`${tracks} songs are done`);
  }
  console.error(sizeTable(sizes));
  const figures = Object.fromEntries([...sizes].map(([tracks, runs]) => [tracks, Object.fromEntries(runs)]));
  console.log(
    JSON.stringify({ seconds, seed, rounds, latencyMs, bytesPerSecond, machine, figures }, null, 2),
  );
}

async function runSize(bench: Bench, { formats, rounds }: BenchOptions): Promise<Map<string, Figures>> {
  const runs = new Map<string, Figures[]>(['dry run', ...formats].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, figures] of runs)
      figures.push(name === 'dry run' ? await runDry(bench) : (await runHarmoni(bench, name)).figures);
  return new Map([...runs].map(([name, figures]) => [name, mediansOf(figures)]));
}

function sizeTable(sizes: ReadonlyMap<number, ReadonlyMap<string, Figures>>): string {
  const rows = [...sizes].flatMap(([tracks, runs]) =>
    [...runs].map(([name, figures]) => {
      const cell = (path: string, digits: number, factor = 1): string => {
        const value = figure(figures, path) * factor;
        return Number.isNaN(value) ? '-' : value.toFixed(digits);
      };
      const memory = ['residentMegabytes.tree', 'proportionalMegabytes.tree', 'residentMegabytes.main'];
      return [
        `${tracks} songs, ${name}`,
        cell('right', 0),
        cell('wallSeconds', 2),
        cell('wallSeconds', 1, 1000 / tracks),
        cell('cpuSecondsPerTrack', 1, 1000),
        ...memory.map((path) => cell(path, 0)),
      ];
    }),
  );
  return table([
    ['', 'right', 'wall s', 'ms/song', 'ms CPU/song', 'RSS MB', 'PSS MB', 'main RSS MB'],
    ...rows,
  ]);
}
