import { existsSync } from 'node:fs';
import { HarmoniError } from '../errors.ts';
import type { StreamingHttp } from '../system/http.ts';
import { aptRung } from './apt-rung.ts';
import { byteProgress, type FetchProgress } from './byte-progress.ts';
import { ffmpegWheelRung } from './ffmpeg-wheel-rung.ts';
import { githubRung } from './github-rung.ts';
import { climb, type Rung } from './ladder.ts';
import type { Machine } from './machine.ts';
import type { Mirrors } from './mirrors.ts';
import type { FetchDeps } from './fetch-verified.ts';
import { ownCopyOf } from './own-copy.ts';
import { ffmpegKind, fingerprintMuxer, isOldFfmpeg, ytDlpKind, type ToolKind } from './tool-kinds.ts';
import { locate, type FoundTool, type ToolPlaces } from './tools.ts';
import { isStale, supportsJsRuntimes } from './ytdlp-version.ts';
import { ytDlpWheelRung } from './ytdlp-wheel-rung.ts';

export interface GetToolsOptions {
  readonly machine: Machine;
  readonly ytDlp: ToolPlaces;
  readonly ffmpeg: ToolPlaces;
  /** Made with a short time to connect, so that a blocked GitHub costs seconds. */
  readonly http: StreamingHttp;
  readonly mirrors: Mirrors;
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** One line for people. */
  readonly print: (line: string) => void;
  /** Also brings HARMONI's own yt-dlp up to date, and gets one where PATH's is stale. */
  readonly update: boolean;
  /** Says nothing of a program that is there already. */
  readonly onlyNews?: boolean;
  /** Shows how far a long download is, in the place of what was shown before; nothing: takes it away. */
  readonly draw?: (progress?: FetchProgress) => void;
}

/** Gets what is missing of yt-dlp and ffmpeg, each by its ladder. Returns whether both are there in the end. */
export async function getTools(options: GetToolsOptions): Promise<boolean> {
  const ytDlp = await ensure(ytDlpKind, options.ytDlp, options, (found) => ytDlpRungs(found, options));
  const ffmpeg = await ensure(ffmpegKind, options.ffmpeg, options, (found) => ffmpegRungs(found, options));
  return ytDlp && ffmpeg;
}

function ytDlpRungs(found: FoundTool | undefined, options: GetToolsOptions): Rung[] {
  const { machine, mirrors } = options;
  const { toolsDir } = options.ytDlp;
  const fetch = fetchFor('yt-dlp', options);
  const newest = [
    githubRung({ machine, toolsDir, releasesUrl: mirrors.ytDlpReleases, fetch }),
    ytDlpWheelRung({ machine, toolsDir, indexUrl: mirrors.pythonIndex, fetch }),
  ];
  if (found === undefined) return [...newest, aptRung({ machine, packageName: 'yt-dlp' })];
  // An explicit choice is the user's to update.
  if (found.origin === 'config' || found.origin === 'environment') return [];
  // apt-get would only bring the one again that is too old already.
  if (!supportsJsRuntimes(found.version)) return newest;
  return options.update && (found.origin === 'own' || isStale(found.version, options.nowMs)) ? newest : [];
}

function ffmpegRungs(found: FoundTool | undefined, options: GetToolsOptions): Rung[] {
  const { machine, mirrors } = options;
  const { toolsDir } = options.ffmpeg;
  const fetch = fetchFor('ffmpeg', options);
  const own = ffmpegWheelRung({ machine, toolsDir, indexUrl: mirrors.pythonIndex, fetch });
  if (found === undefined) return [own, aptRung({ machine, packageName: 'ffmpeg' })];
  if (found.origin === 'own') return isOldFfmpeg(found.version) ? [own] : [];
  if (found.origin !== 'path') return [];
  // For the sake of fingerprints alone only where somebody asks, and not again where its own has none either.
  const isWorth = options.update && !existsSync(ownCopyOf('ffmpeg', toolsDir));
  return found.lacks.some((lack) => isWorth || lack !== fingerprintMuxer) ? [own] : [];
}

function fetchFor(tool: string, { http, draw }: GetToolsOptions): Pick<FetchDeps, 'http' | 'onBytes'> {
  return draw === undefined ? { http } : { http, onBytes: byteProgress(tool, draw, () => performance.now()) };
}

async function ensure(
  kind: ToolKind,
  places: ToolPlaces,
  options: GetToolsOptions,
  rungsFor: (found: FoundTool | undefined) => Rung[],
): Promise<boolean> {
  const { print, signal } = options;
  try {
    const found = await locate(kind, places, { signal, fresh: options.update });
    const rungs = rungsFor(found);
    if (found !== undefined && rungs.length > 0) {
      const lacks = found.lacks.length === 0 ? '' : ` lacks ${found.lacks.join(', ')}`;
      print(`${describe(kind, found)}${lacks}, looking for a newer one`);
    }
    const way = await climb(kind.name, rungs, print, signal).finally(() => options.draw?.());
    const now = way === undefined ? found : await locate(kind, places, { signal, fresh: true });
    if (now === undefined) throw new HarmoniError(kind.missing, `${kind.name} is missing.`);
    if (rungs.length > 0 || options.onlyNews !== true) print(describe(kind, now));
    return true;
  } catch (error) {
    if (!(error instanceof HarmoniError)) throw error;
    print(`${error.message} ${error.fix}`);
    return false;
  }
}

function describe(kind: ToolKind, tool: FoundTool): string {
  return `${kind.name} ${tool.version} (${tool.path})`;
}
