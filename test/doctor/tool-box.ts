import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Machine } from '../../src/doctor/machine.ts';
import type { ToolPlaces } from '../../src/doctor/tools.ts';

/** A machine in a folder: what is on its PATH, and HARMONI's tools folder. */
export interface ToolBox extends AsyncDisposable {
  readonly folder: string;
  readonly bin: string;
  readonly toolsDir: string;
  readonly machine: Machine;
  readonly places: ToolPlaces;
  /** Puts a shell script at a path in the folder; it finds the log in $LOG, if the test sets it. */
  script(path: string, text: string): Promise<string>;
  /** Puts a yt-dlp of that version at a path; each run adds a line to the log. */
  ytDlp(path: string, version: string): Promise<string>;
  /** Puts an ffmpeg with these encoders and muxers at a path; each run adds a line to the log. */
  ffmpeg(path: string, encoders?: readonly string[], muxers?: readonly string[]): Promise<string>;
  log(): Promise<string[]>;
}

const allEncoders = ['libmp3lame', 'libopus', 'flac', 'libvorbis', 'aac'];

export async function createToolBox(): Promise<ToolBox> {
  const folder = mkdtempSync(join(tmpdir(), 'harmoni tools '));
  const bin = join(folder, 'bin');
  const toolsDir = join(folder, 'tools');
  await mkdir(bin);
  await mkdir(toolsDir);
  const logFile = join(folder, 'log');
  const write = async (path: string, text: string): Promise<string> => {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await rm(file, { force: true });
    await writeFile(file, `#!/bin/sh\nLOG='${logFile}'\n${text}\n`, { mode: 0o755 });
    return file;
  };
  for (const name of ['mkdir', 'cat', 'cp']) await symlink(`/bin/${name}`, join(bin, name));
  return {
    folder,
    bin,
    toolsDir,
    machine: { platform: 'linux', arch: 'x64', musl: false, root: true, pathDirs: [bin] },
    places: { configPath: '', envPath: undefined, pathDirs: [bin], toolsDir },
    script: write,
    ytDlp: (path, version) => write(path, `echo "yt-dlp $*" >>"$LOG"; echo ${version}`),
    ffmpeg: (path, encoders = allEncoders, muxers = ['chromaprint']) =>
      write(
        path,
        `echo "ffmpeg $*" >>"$LOG"
        case "$*" in
          *-muxers) printf '  E %s\\n' ${['mp3', ...muxers].map((name) => `'${name} a muxer'`).join(' ')} ;;
          -version) echo 'ffmpeg version 7.1.5-0+deb13u1 Copyright (c) 2000-2025 the FFmpeg developers' ;;
          *) printf ' A....D %s\\n' ${encoders.map((name) => `'${name} an encoder'`).join(' ')} ;;
        esac`,
      ),
    async log() {
      const text = await readFile(logFile, 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
