import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRunning, untilGone } from '../helpers/child-program.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({
    tracks,
    catalogue: { decoys: ['live'] },
    config: { audio_format: 'mp3', max_concurrent_downloads: 2 },
  });
});
afterAll(() => world.close());

/** Ignores every signal that can be ignored, prints nothing, and has a child that does the same. */
const deafAndSilent = `trap '' TERM INT HUP
sleep 600 >/dev/null 2>&1 & echo "$$ $!" >"$0.new"; mv "$0.new" "$0.ids"
while :; do wait; done`;

/** A program that hangs in its work, and answers the questions about itself as the real one does. */
function hanging(name: string, real: string, questions: string): string {
  const path = join(mkdtempSync(join(world.folder, 'hanging-')), name);
  const script = `#!/bin/sh\ncase "$*" in ${questions}) exec '${real}' "$@" ;; esac\n${deafAndSilent}\n`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

// A busy machine takes its time; without an end of its own the child must be ended.
describe('a HARMONI that is killed with SIGKILL leaves no orphan', { timeout: 150_000 }, () => {
  test.each(['yt-dlp', 'ffmpeg'] as const)('of a hanging %s', async (name) => {
    const tools = await realTools();
    const path =
      name === 'yt-dlp'
        ? hanging(name, tools.ytDlp, '*--version')
        : hanging(name, tools.ffmpeg, '-version|*-encoders|-formats');
    world.env[name === 'yt-dlp' ? 'HARMONI_YTDLP' : 'HARMONI_FFMPEG'] = path;
    const list = join(world.folder, `${name}.csv`);
    writeFileSync(list, exportifyCsv(tracks));
    const child = world.start(['download', list, '--yes', '--json']);
    child.stdin?.end();
    child.stdout?.resume();
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    while (!existsSync(`${path}.ids`)) {
      expect(child.exitCode, said).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const ids = readFileSync(`${path}.ids`, 'utf8').trim().split(' ').map(Number);
    expect(ids.map((id) => isRunning(id))).toEqual([true, true]);
    child.kill('SIGKILL');
    await Promise.all(ids.map(untilGone));
    world.env['HARMONI_YTDLP'] = tools.ytDlp;
    world.env['HARMONI_FFMPEG'] = tools.ffmpeg;
  });
});
