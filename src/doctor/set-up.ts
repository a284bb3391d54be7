/**
 * The last step of start.sh's set-up, an entry of its own: `node src/doctor/set-up.ts TOOLS_FOLDER` looks for yt-dlp
 * and ffmpeg and gets what is missing. A tool that cannot be had is said and is no failure: the menu opens
 * without it, and the doctor tries again.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { createHttp } from '../system/http.ts';
import { getTools } from './get-tools.ts';
import { thisMachine } from './machine.ts';
import { splitPath } from './tools.ts';

const pathsSchema = z.object({ ytdlp_path: z.string().catch(''), ffmpeg_path: z.string().catch('') });

/** Only what concerns the tools; what is wrong with the rest of config.json is said when HARMONI reads it. */
function readConfiguredPaths(): z.output<typeof pathsSchema> {
  const file = process.env['HARMONI_CONFIG'] ?? join(import.meta.dirname, '..', '..', 'config.json');
  try {
    return pathsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { ytdlp_path: '', ffmpeg_path: '' };
  }
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());

const toolsDir = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..', 'data', 'tools'));
const pathDirs = splitPath(process.env['PATH']);
const config = readConfiguredPaths();
const http = createHttp({ connectTimeoutMs: 5_000, timeoutMs: 15_000 });
const places = { pathDirs, toolsDir };

try {
  await getTools({
    machine: thisMachine(pathDirs),
    ytDlp: { ...places, configPath: config.ytdlp_path, envPath: process.env['HARMONI_YTDLP'] },
    ffmpeg: { ...places, configPath: config.ffmpeg_path, envPath: process.env['HARMONI_FFMPEG'] },
    http,
    nowMs: Date.now(),
    signal: stop.signal,
    print: (line) => process.stderr.write(`  ${line}\n`),
    update: false,
  });
} catch (error) {
  if (!stop.signal.aborted) throw error;
  process.exitCode = 130;
} finally {
  await http.close();
}
