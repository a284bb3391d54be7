/**
 * npm run bench:library -- [--files N] [--real N] [--runs N] [--only scan,list,deep,duplicates,organise]: what looking after a
 * large library costs, as ratios to the least that it can. Prints JSON; test/bench/readme.md says what the figures are.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { filesAtOnce } from '../../src/library/scan.ts';
import { measureArguments } from '../../src/sound/measurement.ts';
import { hasChromaprint } from '../../src/sound/chromaprint.ts';
import { atOnce } from '../../src/system/at-once.ts';
import { projectDir, realTools } from '../helpers/world.ts';
import { linkLibrary } from './library/links.ts';
import { makeLibrary, makeTemplates } from './start/library.ts';
import { inTurn, median } from './start/rounds.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '20000' },
    real: { type: 'string', default: '300' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: 'scan,list,deep,duplicates,organise' },
  },
});
const [files, real, runs] = [values.files, values.real, values.runs].map(Number) as [number, number, number];
const only = values.only.split(',');
const folder = mkdtempSync(join(tmpdir(), 'harmoni-bench-library-'));
const tools = await realTools();
const run = promisify(execFile);

interface Place {
  readonly music: string;
  readonly data: string;
  readonly env: NodeJS.ProcessEnv;
}

function makePlace(name: string): Place {
  const [music, data] = [join(folder, name, 'music'), join(folder, name, 'data')];
  for (const path of [music, data]) mkdirSync(path, { recursive: true });
  const config = join(folder, name, 'config.json');
  writeFileSync(config, JSON.stringify({ config_version: 3, output_dir: music }));
  const own = { HARMONI_CONFIG: config, HARMONI_DATA_DIR: data, HARMONI_YTDLP: tools.ytDlp, HOME: folder };
  const cache = join(folder, 'compile-cache');
  const env = { ...process.env, ...own, HARMONI_FFMPEG: tools.ffmpeg, LANG: 'C.UTF-8' };
  return { music, data, env: { ...env, NODE_COMPILE_CACHE: cache } };
}

interface Done {
  readonly ms: number;
  readonly megabytes: number;
}

/** A piece of work in a process of its own. */
async function work(program: string, kind: string, { music, data, env }: Place): Promise<Done> {
  const args = [join(import.meta.dirname, program), kind, music, data, String(filesAtOnce)];
  const { stdout } = await run(process.execPath, args, { env });
  return JSON.parse(stdout) as Done; // the program's own document
}

const scanning = 'start/programs/library-work.ts';
const verbs = 'library/programs/library-verb.ts';

/** Keeps the memory of each step beside its time. */
function noting(): { ms: (name: string, done: Promise<Done>) => Promise<number>; megabytes: () => object } {
  const all: Record<string, number[]> = {};
  return {
    async ms(name, done) {
      const { ms, megabytes } = await done;
      (all[name] ??= []).push(megabytes);
      return ms;
    },
    megabytes: () => Object.fromEntries(Object.entries(all).map(([name, each]) => [name, median(each)])),
  };
}

/** The first scan against music-metadata alone, the second against a walk with a stat for each file. */
async function benchScan(): Promise<object> {
  const place = makePlace('scan');
  await linkLibrary(place.music, join(folder, 'real'), { files, real, seconds: 20 });
  const memory = noting();
  const first = await inTurn(Math.ceil(runs / 2), {
    metadata: () => memory.ms('metadata', work(scanning, 'parse', place)),
    firstScan: () => {
      rmSync(place.data, { recursive: true, force: true });
      return memory.ms('firstScan', work(scanning, 'scan', place));
    },
  });
  const second = await inTurn(runs, {
    walk: () => memory.ms('walk', work(scanning, 'walk', place)),
    secondScan: () => memory.ms('secondScan', work(scanning, 'scan', place)),
  });
  return { first, second, megabytes: memory.megabytes() };
}

/** A library of as many songs, each with tags of its own, that was scanned. */
async function makeScanned(name: string): Promise<Place> {
  const place = makePlace(name);
  const templates = await makeTemplates(join(folder, 'templates'));
  await makeLibrary(place.music, templates, files, (index) => `Folder ${Math.floor(index / 500)}`);
  await work(scanning, 'scan', place);
  return place;
}

async function whole(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  await run(process.execPath, [...args], { env, maxBuffer: 2 ** 28 });
  return performance.now() - began;
}

/** Whole programs: all songs listed, one found, all counted. */
async function benchList({ env }: Place): Promise<object> {
  const harmoni = join(projectDir, 'src', 'index.ts');
  return inTurn(runs, {
    node: () => whole(['-e', '0'], env),
    list: () => whole([harmoni, 'library', 'list'], env),
    listJson: () => whole([harmoni, 'library', 'list', '--json'], env),
    query: () => whole([harmoni, 'library', 'list', 'artist:000777'], env),
    stats: () => whole([harmoni, 'library', 'stats'], env),
  });
}

/** Listening to every song against the same ffmpeg alone, as many at once as there are cores. */
async function benchDeep(): Promise<object> {
  const place = makePlace('deep');
  const [songs, seconds] = [48, 120];
  await linkLibrary(place.music, join(folder, 'deep-real'), {
    files: songs,
    real: songs,
    seconds,
    isEachItsOwn: true,
  });
  const hasFingerprint = await hasChromaprint(tools.ffmpeg);
  const paths = readdirSync(place.music, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const rounds = await inTurn(Math.ceil(runs / 2), {
    async ffmpeg() {
      const began = performance.now();
      await atOnce(paths, availableParallelism(), async (path) => {
        const args = ['-n', '10', tools.ffmpeg, ...measureArguments(path, hasFingerprint)];
        await run('nice', args, { encoding: 'buffer', maxBuffer: 2 ** 26 });
      });
      return performance.now() - began;
    },
    async deepScan() {
      rmSync(place.data, { recursive: true, force: true });
      return whole([join(projectDir, 'src', 'index.ts'), 'library', 'scan', '--deep', '--json'], place.env);
    },
  });
  const hours = (songs * seconds) / 3600;
  return { ...rounds, secondsPerHourOfMusic: (rounds.ms['deepScan'] ?? 0) / 1000 / hours };
}

/** Among as many fingerprints. */
async function benchDuplicates(place: Place): Promise<object> {
  await work(verbs, 'fill', place);
  return work(verbs, 'duplicates', place);
}

/** What putting all songs in order would do. */
async function benchOrganise(place: Place): Promise<object> {
  return work(verbs, 'organise', place);
}

try {
  const isAsked = (name: string): boolean => only.includes(name);
  const needsScanned = ['list', 'duplicates', 'organise'].some(isAsked);
  const scanned = needsScanned ? await makeScanned('scanned') : makePlace('scanned');
  const results = {
    ...{ node: process.version, cores: availableParallelism(), files, real, runs },
    ...(isAsked('scan') ? { scan: await benchScan() } : {}),
    ...(isAsked('list') ? { list: await benchList(scanned) } : {}),
    ...(isAsked('deep') ? { deep: await benchDeep() } : {}),
    ...(isAsked('organise') ? { organise: await benchOrganise(scanned) } : {}),
    ...(isAsked('duplicates') ? { duplicates: await benchDuplicates(scanned) } : {}),
  };
  console.log(JSON.stringify(results, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
