import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { killTree, processesWith } from './process-tree.ts';
import { createWorld, exportifyCsv, finished, makeTracks } from './world.ts';

export interface ChaosResult {
  readonly kills: number;
  readonly tracks: number;
  /** Everything that is not as it should be; empty when all is well. */
  readonly faults: readonly string[];
}

/**
 * Downloads lists and kills the whole process tree with SIGKILL at random moments, resuming each time. In the end every
 * track must be there exactly once and whole, and nothing else.
 */
export async function runChaos(options: {
  kills: number;
  tracks: number;
  random: () => number;
}): Promise<ChaosResult> {
  const tracks = makeTracks(options.tracks, { fromMs: 4_000, stepMs: 100 });
  const marker = `XDG_HARMONI_CHAOS=${process.pid}-${Math.floor(options.random() * 1e9)}`;
  const faults: string[] = [];
  let kills = 0;
  let rounds = 0;
  const world = await createWorld({ tracks, youTube: { latencyMs: 20 }, catalogue: { decoys: ['live'] } });
  const [name = '', value = ''] = marker.split('=');
  world.env[name] = value;
  try {
    await world.youTube.prepareAudio();
    // A new library for every round, until enough kills have hit a run in the middle.
    while (kills < options.kills) {
      rounds += 1;
      const library = join(world.folder, `music-${rounds}`);
      world.env['HARMONI_OUTPUT_DIR'] = library;
      const list = join(world.folder, `Round ${rounds}.csv`);
      mkdirSync(library, { recursive: true });
      writeFileSync(list, exportifyCsv(tracks));
      let args = ['download', list, '--yes', '--json'];
      for (;;) {
        const child = world.start(args);
        child.stdin?.end();
        const end = finished(child);
        const timer = setTimeout(
          () => {
            kills += 1;
            killTree(child.pid ?? 0);
          },
          kills < options.kills ? 150 + options.random() * 2_500 : 2 ** 30,
        );
        const { exitCode, stdout, stderr } = await end;
        clearTimeout(timer);
        if (exitCode === 0 && stdout.includes('"summary"')) {
          // Killed before the job was frozen: there is nothing to resume, so the download begins anew.
          if (stdout.includes('"lists": []')) args = ['download', list, '--yes', '--json'];
          else break;
        } else if (exitCode !== null) {
          faults.push(`round ${rounds}: ended with ${exitCode}: ${stderr.slice(-500)}${stdout.slice(-500)}`);
          break;
        } else args = ['resume', '--json'];
      }
      faults.push(
        ...(await inspectLibrary(library, tracks.length)).map((fault) => `round ${rounds}: ${fault}`),
      );
    }
    const orphans = processesWith(marker);
    if (orphans.length > 0) faults.push(`processes left: ${orphans.join(', ')}`);
  } finally {
    await world.close();
  }
  return { kills, tracks: rounds * options.tracks, faults };
}

/** What is wrong with a library that should hold `count` whole tracks, a playlist file and nothing else. */
async function inspectLibrary(library: string, count: number): Promise<string[]> {
  const faults: string[] = [];
  const titles = new Map<string, number>();
  if (existsSync(join(library, '.harmoni'))) faults.push('the work folder is left');
  for (const entry of readdirSync(library, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    if (entry.name.endsWith('.m3u8')) continue;
    if (!entry.name.endsWith('.opus')) faults.push(`a stray file: ${path}`);
    else {
      const { common, format } = await parseFile(path, { duration: true }).catch(() => ({
        common: undefined,
        format: undefined,
      }));
      if (common?.title === undefined || (format?.duration ?? 0) < 3.5) faults.push(`not whole: ${path}`);
      titles.set(common?.title ?? path, (titles.get(common?.title ?? path) ?? 0) + 1);
    }
  }
  for (const [title, times] of titles) if (times !== 1) faults.push(`${title} is there ${times} times`);
  if (titles.size !== count) faults.push(`${titles.size} of ${count} tracks are there`);
  return faults;
}
