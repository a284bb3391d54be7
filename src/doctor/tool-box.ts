import type { Config } from '../config/schema.ts';
import { ytDlpArguments } from '../config/ytdlp-arguments.ts';
import { HarmoniError } from '../errors.ts';
import { once } from '../system/once.ts';
import type { YtDlpSettings } from '../providers/ytdlp/arguments.ts';
import { locateFfmpeg, locateYtDlp, splitPath, type FoundTool, type ToolPlaces } from './tools.ts';
import { ageInDays, isWorthUpdating, supportsJsRuntimes, supportsProgressDelta } from './ytdlp-version.ts';

/** The programs that HARMONI runs, looked up anew each time, so that a changed setting or an update counts at once. */
export interface ToolBox {
  /** Where they are looked for. */
  places(): { readonly ytDlp: ToolPlaces; readonly ffmpeg: ToolPlaces };
  /** @throws HarmoniError ytdlp-missing, ffmpeg-missing */
  ytDlp(): Promise<{ path: string; settings: YtDlpSettings }>;
  /** @throws HarmoniError ffmpeg-missing */
  ffmpegPath(): Promise<string>;
}

export interface ToolBoxDeps {
  readonly env: NodeJS.ProcessEnv;
  readonly config: () => Config;
  readonly toolsDir: string;
  readonly nowMs: () => number;
  /** Told once when yt-dlp is older than YouTube puts up with. */
  readonly warn: (text: string) => void;
  /** Gets what is missing, where no start.sh has done so before: called when a command needs a program that isn't found. */
  readonly getMissing?: () => Promise<void>;
}

export function createToolBox(deps: ToolBoxDeps): ToolBox {
  const { env, toolsDir } = deps;
  let warned = false;
  const placesOf = (configPath: string, variable: string): ToolPlaces => ({
    configPath,
    envPath: env[variable],
    pathDirs: splitPath(env['PATH']),
    toolsDir,
  });
  const places = () => {
    const { ytdlp_path: ytDlp, ffmpeg_path: ffmpeg } = deps.config();
    return { ytDlp: placesOf(ytDlp, 'HARMONI_YTDLP'), ffmpeg: placesOf(ffmpeg, 'HARMONI_FFMPEG') };
  };
  /** Commands ask for both at the same time: they share one attempt, and a failed one isn't repeated in this run. */
  const getMissing = once(async () => deps.getMissing?.());
  const findOrGet = async (find: () => Promise<FoundTool | undefined>): Promise<FoundTool | undefined> => {
    const found = await find();
    if (found !== undefined || deps.getMissing === undefined) return found;
    await getMissing();
    return find();
  };
  const ffmpegPath = shared(async (): Promise<string> => {
    const found = await findOrGet(() => locateFfmpeg(places().ffmpeg));
    if (found === undefined) throw new HarmoniError('ffmpeg-missing', "ffmpeg isn't installed.");
    return found.path;
  });
  const warnIfStale = (found: FoundTool): void => {
    if (warned || !isWorthUpdating(found, deps.nowMs())) return;
    warned = true;
    const age = `yt-dlp is ${ageInDays(found.version, deps.nowMs())} days old, and YouTube may refuse it.`;
    deps.warn(`${age} Run harmoni doctor --fix to update it.`);
  };
  return {
    places,
    ffmpegPath,
    ytDlp: shared(async () => {
      const found = await findOrGet(() => locateYtDlp(places().ytDlp));
      if (found === undefined) throw new HarmoniError('ytdlp-missing', "yt-dlp isn't installed.");
      warnIfStale(found);
      return {
        path: found.path,
        settings: {
          extraArgs: ytDlpArguments(deps.config()),
          ffmpegPath: await ffmpegPath(),
          // yt-dlp needs a JavaScript runtime of Node 22 or newer for YouTube; this one is.
          ...(supportsJsRuntimes(found.version) ? { jsRuntimePath: process.execPath } : {}),
          knowsProgressDelta: supportsProgressDelta(found.version),
        },
      };
    }),
  };
}

/** Those who ask at the same time share one answer: where the version is not known yet, each would run the program. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | undefined;
  return () => (asking ??= ask().finally(() => (asking = undefined)));
}
