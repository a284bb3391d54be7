/**
 * npm run bench:start -- [--runs N] [--songs N] [--files N] [--only start,download,scan]: how long a start, the download
 * of songs that are all there and a scan of the library take, as ratios to the least that Node needs for it. Prints JSON.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { filesAtOnce } from '../../src/library/scan.ts';
import { openStore } from '../../src/history/store.ts';
import { buildBundle } from '../../src/npm/build/bundle.ts';
import { systemClock } from '../../src/system/clock.ts';
import { exportifyCsv, projectDir, realTools } from '../helpers/world.ts';
import { benchTrack, makeLibrary, makeTemplates, numberOf } from './start/library.ts';
import { inTurn, median, type Rounds } from './start/rounds.ts';
import { timeInTerminal } from './start/terminal.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    songs: { type: 'string', default: '1000' },
    files: { type: 'string', default: '20000' },
    only: { type: 'string', default: 'start,download,scan' },
  },
});
const [runs, songs, files] = [values.runs, values.songs, values.files].map(Number) as [
  number,
  number,
  number,
];
const parts = values.only.split(',');
const folder = mkdtempSync(join(tmpdir(), 'harmoni-bench-'));
const tools = await realTools();
const checkout = join(projectDir, 'src', 'index.ts');
const node = process.execPath;

/** A machine of its own: settings, data, a library. */
function environment(name: string): { env: NodeJS.ProcessEnv; music: string; data: string } {
  const [music, data, config] = ['music', 'data', 'config.json'].map((part) => join(folder, name, part)) as [
    string,
    string,
    string,
  ]; // three names in, three paths out
  for (const path of [music, data]) mkdirSync(path, { recursive: true });
  writeFileSync(config, JSON.stringify({ config_version: 3, output_dir: music, audio_format: 'best' }));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...{
      HARMONI_CONFIG: config,
      HARMONI_DATA_DIR: data,
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
    ...{ HARMONI_YTDLP: tools.ytDlp, HARMONI_FFMPEG: tools.ffmpeg, LANG: 'C.UTF-8' },
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
  };
  return { env, music, data };
}

/** Milliseconds of a whole process. */
async function whole(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  await promisify(execFile)(node, [...args], { env, maxBuffer: 2 ** 26 });
  return performance.now() - began;
}

const nothing = ['-e', '0'];
/** The first songs are those of the list. */
const folderOf = (index: number): string => (index < songs ? 'Bench' : `Folder ${Math.floor(index / 500)}`);

async function benchStart(): Promise<unknown> {
  const { env, data } = environment('start');
  // A HARMONI that was used before.
  openStore(data, systemClock).close();
  // The package has its own compile cache.
  const packageEnv = { ...env };
  delete packageEnv['NODE_COMPILE_CACHE'];
  const bundle = join(folder, 'dist');
  await buildBundle(projectDir, bundle, '0.0.0');
  const installed = join(bundle, 'harmoni.cjs');
  const menu = await inTurn(runs, {
    node: () => timeInTerminal([node, ...nothing], env),
    checkout: () => timeInTerminal([node, checkout], env, 'Exit'),
    package: () => timeInTerminal([node, installed], packageEnv, 'Exit'),
  });
  const version = await inTurn(runs, {
    node: () => whole(nothing, env),
    checkout: () => whole([checkout, '--version'], env),
    package: () => whole([installed, '--version'], packageEnv),
  });
  return { menu, version };
}

async function benchDownload(): Promise<unknown> {
  const templates = await makeTemplates(join(folder, 'templates'));
  const list = join(folder, 'Bench.csv');
  writeFileSync(list, exportifyCsv(Array.from({ length: songs }, (_, index) => benchTrack(numberOf(index)))));
  const [small, large] = [environment('small'), environment('large')];
  await makeLibrary(small.music, templates, songs, folderOf);
  await makeLibrary(large.music, templates, files, folderOf);
  const download = ({ env }: typeof small) => whole([checkout, 'download', list, '--yes', '--json'], env);
  return inTurn(runs, {
    node: () => whole(nothing, small.env),
    [`walk of ${songs}`]: () => work('walk', small).then(({ ms }) => ms),
    [`walk of ${files}`]: () => work('walk', large).then(({ ms }) => ms),
    [`download of ${songs} in ${songs}`]: () => download(small),
    [`download of ${songs} in ${files}`]: () => download(large),
  });
}

/** A piece of work of programs/library-work.ts. */
async function work(
  kind: string,
  { env, music, data }: ReturnType<typeof environment>,
): Promise<{ ms: number; megabytes: number }> {
  const program = join(import.meta.dirname, 'start', 'programs', 'library-work.ts');
  const { stdout } = await promisify(execFile)(node, [program, kind, music, data, String(filesAtOnce)], {
    env,
  });
  return JSON.parse(stdout) as { ms: number; megabytes: number }; // the program's own document
}

async function benchScan(): Promise<unknown> {
  const place = environment('scan');
  await makeLibrary(place.music, await makeTemplates(join(folder, 'templates')), files, folderOf);
  const megabytes: Record<string, number[]> = {};
  const timed = async (name: string, kind: string): Promise<number> => {
    const done = await work(kind, place);
    (megabytes[name] ??= []).push(done.megabytes);
    return done.ms;
  };
  const first: Rounds = await inTurn(Math.ceil(runs / 3), {
    metadata: () => timed('metadata', 'metadata'),
    firstScan: async () => {
      rmSync(place.data, { recursive: true, force: true });
      return timed('firstScan', 'scan');
    },
  });
  const second: Rounds = await inTurn(runs, {
    walk: () => timed('walk', 'walk'),
    secondScan: () => timed('secondScan', 'scan'),
  });
  const most = Object.fromEntries(Object.entries(megabytes).map(([name, all]) => [name, median(all)]));
  return { atOnce: filesAtOnce, first, second, megabytes: most };
}

try {
  const results = {
    ...{ node: process.version, cores: availableParallelism(), runs, songs, files },
    ...(parts.includes('start') ? { start: await benchStart() } : {}),
    ...(parts.includes('download') ? { download: await benchDownload() } : {}),
    ...(parts.includes('scan') ? { scan: await benchScan() } : {}),
  };
  console.log(JSON.stringify(results, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
