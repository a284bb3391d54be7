/**
 * The last step of start.sh's set-up, an entry of its own: `node src/doctor/set-up.ts TOOLS_FOLDER` looks for yt-dlp
 * and ffmpeg and gets what is missing. A tool that cannot be had is said and is no failure: the menu opens
 * without it, and the doctor tries again.
 */
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readConfigText } from '../config/config-file.ts';
import { resolvePaths } from '../config/paths.ts';
import { readConfig } from '../config/read-config.ts';
import type { Config } from '../config/schema.ts';
import { createHttp } from '../system/http.ts';
import type { FetchProgress } from './byte-progress.ts';
import { getTools } from './get-tools.ts';
import { thisMachine } from './machine.ts';
import { readMirrors } from './mirrors.ts';
import { splitPath } from './tools.ts';

const project = resolve(import.meta.dirname, '..', '..');
const { env } = process;

/** What is wrong with config.json is said when HARMONI itself reads it. */
function settings(toolsDir: string): Pick<Config, 'ytdlp_path' | 'ffmpeg_path'> {
  const given = env['HARMONI_CONFIG'] ?? '';
  const file = given === '' ? join(project, 'config.json') : resolve(given);
  try {
    const { config } = readConfig(readConfigText(file), file);
    const folder = dirname(file);
    const music = join(folder, 'music');
    return resolvePaths(config, { project: folder, data: dirname(toolsDir), music, home: homedir() });
  } catch {
    return { ytdlp_path: '', ffmpeg_path: '' };
  }
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());

const toolsDir = resolve(process.argv[2] ?? join(project, 'data', 'tools'));
const pathDirs = splitPath(env['PATH']);
const config = settings(toolsDir);
const clear = process.stderr.isTTY ? '\r\x1b[K' : '';
const http = createHttp({ connectTimeoutMs: 5_000, timeoutMs: 15_000 });
const places = { pathDirs, toolsDir };

/** On a terminal one line that changes; a log would have hundreds of them. */
function draw(progress?: FetchProgress): void {
  if (!process.stderr.isTTY) return;
  const { what, doneMb, totalMb } = progress ?? { what: '', doneMb: 0, totalMb: 0 };
  const line = what === '' ? '' : `  ${what}: ${doneMb}${totalMb > 0 ? ` of ${totalMb}` : ''} MB`;
  process.stderr.write(`${clear}${line}`);
}

try {
  await getTools({
    machine: thisMachine(pathDirs),
    ytDlp: { ...places, configPath: config.ytdlp_path, envPath: env['HARMONI_YTDLP'] },
    ffmpeg: { ...places, configPath: config.ffmpeg_path, envPath: env['HARMONI_FFMPEG'] },
    http,
    mirrors: readMirrors(env, homedir()),
    nowMs: Date.now(),
    signal: stop.signal,
    print: (line) => process.stderr.write(`${clear}  ${line}\n`),
    draw,
    update: false,
  });
} catch (error) {
  if (!stop.signal.aborted) throw error;
  process.exitCode = 130;
} finally {
  await http.close();
}
