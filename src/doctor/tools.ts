import { stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { askFacts } from './ask-facts.ts';
import { fileNameOf, ownCopyOf } from './own-copy.ts';
import { ffmpegKind, ytDlpKind, type ToolKind } from './tool-kinds.ts';
import { openVersionCache, type ToolFacts } from './version-cache.ts';

/** Where a program may be. */
export interface ToolPlaces {
  /** From config.json, absolute or a bare name to look up on PATH; empty when not set. */
  readonly configPath: string;
  /** From HARMONI_YTDLP or HARMONI_FFMPEG, of the same kind; it goes over config.json. */
  readonly envPath: string | undefined;
  readonly pathDirs: readonly string[];
  /** HARMONI's own copies and the version cache. */
  readonly toolsDir: string;
}

export interface FoundTool extends ToolFacts {
  readonly path: string;
  /** What decided for it. */
  readonly origin: 'environment' | 'config' | 'path' | 'own';
  /** When the file was made; for HARMONI's own copy the time when the newest one was fetched. */
  readonly changedMs: number;
}

export interface LocateOptions {
  readonly signal?: AbortSignal;
  /** Asks the program again even where the cache knows it: a shim on PATH may hide an update. */
  readonly fresh?: boolean;
}

/** The folders of a PATH variable; relative ones are left out, since they change with the working folder. */
export function splitPath(path: string | undefined): string[] {
  return (path ?? '').split(delimiter).filter((folder) => /^(?:[/\\]|[A-Za-z]:)/.test(folder));
}

/**
 * The yt-dlp to use: the one that is set explicitly, else the first on PATH that runs, or HARMONI's own copy when
 * that is newer. Undefined when there is none; throws HarmoniError ytdlp-missing when the explicit one does not run.
 */
export function locateYtDlp(places: ToolPlaces, options?: LocateOptions): Promise<FoundTool | undefined> {
  return locate(ytDlpKind, places, options);
}

/** The ffmpeg to use, by the same order; HARMONI's own copy wins where it has encoders that PATH's has not. */
export function locateFfmpeg(places: ToolPlaces, options?: LocateOptions): Promise<FoundTool | undefined> {
  return locate(ffmpegKind, places, options);
}

/** The same for either kind. */
export async function locate(
  kind: ToolKind,
  places: ToolPlaces,
  options: LocateOptions = {},
): Promise<FoundTool | undefined> {
  const explicit = explicitOf(places);
  if (explicit !== undefined) {
    for (const path of pathsOf(explicit.path, places.pathDirs)) {
      const facts = await factsOf(kind, path, places.toolsDir, options);
      if (facts !== undefined) return { ...facts, path, origin: explicit.origin };
    }
    const setting = explicit.origin === 'config' ? `${kind.configKey} in config.json` : kind.variable;
    throw new HarmoniError(kind.missing, `${explicit.path} isn't a working ${kind.name}.`, {
      fix: `Fix ${setting}, or clear it so that HARMONI finds ${kind.name} on its own.`,
    });
  }
  const own = await ownTool(kind, places.toolsDir, options);
  for (const path of pathsOf(kind.name, places.pathDirs)) {
    const facts = await factsOf(kind, path, places.toolsDir, options);
    if (facts === undefined) continue;
    return own !== undefined && kind.isBetter(own, facts) ? own : { ...facts, path, origin: 'path' };
  }
  return own;
}

async function ownTool(
  kind: ToolKind,
  toolsDir: string,
  options: LocateOptions,
): Promise<FoundTool | undefined> {
  const path = ownCopyOf(kind.name, toolsDir);
  const facts = await factsOf(kind, path, toolsDir, options);
  return facts === undefined ? undefined : { ...facts, path, origin: 'own' };
}

function explicitOf(places: ToolPlaces): { path: string; origin: 'environment' | 'config' } | undefined {
  if (places.envPath !== undefined && places.envPath !== '')
    return { path: places.envPath, origin: 'environment' };
  return places.configPath === '' ? undefined : { path: places.configPath, origin: 'config' };
}

function pathsOf(nameOrPath: string, pathDirs: readonly string[]): string[] {
  if (/[/\\]/.test(nameOrPath)) return [nameOrPath];
  return pathDirs.map((folder) => join(folder, fileNameOf(nameOrPath)));
}

/** From the cache, or by running it. Undefined when there is no such file, or it is not what its name says. */
async function factsOf(
  kind: ToolKind,
  path: string,
  toolsDir: string,
  options: LocateOptions,
): Promise<(ToolFacts & Pick<FoundTool, 'changedMs'>) | undefined> {
  const file = await stat(path).catch(() => undefined);
  if (file?.isFile() !== true) return undefined;
  const cache = openVersionCache(toolsDir);
  const changedMs = file.mtimeMs;
  const stamp = `${changedMs} ${file.size}`;
  const known = options.fresh === true ? undefined : cache.read(path, stamp);
  if (known !== undefined) return { ...known, changedMs };
  const facts = await askFacts(kind, path, [], options.signal);
  if (facts === undefined) return undefined;
  await cache.write(path, stamp, facts);
  return { ...facts, changedMs };
}
