import { homedir } from 'node:os';
import { createHttp } from '../system/http.ts';
import type { Progress } from '../ui/progress.ts';
import { getTools } from './get-tools.ts';
import { thisMachine } from './machine.ts';
import { readMirrors } from './mirrors.ts';
import type { ToolBox } from './tool-box.ts';
import { splitPath } from './tools.ts';

/** Long enough for a slow line, short enough that a blocked GitHub does not keep anybody waiting. */
const connectTimeoutMs = 5_000;

export interface FetchToolsParts {
  readonly env: NodeJS.ProcessEnv;
  readonly tools: Pick<ToolBox, 'places'>;
  readonly clock: { now(): number };
  readonly progress: Progress;
}

/** Gets what is missing of yt-dlp and ffmpeg, and with `update` a current yt-dlp. Returns whether both are there. */
export async function fetchTools(
  parts: FetchToolsParts,
  options: { update: boolean; onlyNews?: boolean; signal: AbortSignal },
): Promise<boolean> {
  const http = createHttp({ connectTimeoutMs, timeoutMs: 15_000 });
  try {
    return await getTools({
      machine: thisMachine(splitPath(parts.env['PATH'])),
      ...parts.tools.places(),
      http,
      mirrors: readMirrors(parts.env, homedir()),
      nowMs: parts.clock.now(),
      print: (line) => parts.progress.print(line),
      draw: (progress) => {
        if (progress === undefined) {
          parts.progress.end();
          return;
        }
        const { what, doneMb, totalMb } = progress;
        parts.progress.draw({ title: `${what} (MB)`, done: doneMb, total: totalMb, failed: 0, lines: [] });
      },
      ...options,
    });
  } finally {
    await http.close();
  }
}
