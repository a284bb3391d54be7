import type { IndexedFile } from '../history/file-index.ts';
import type { Store } from '../history/store.ts';
import { measureFile, type Measured } from '../sound/measure-file.ts';
import { isWholeFingerprint, type Measurement } from '../sound/measurement.ts';
import { soundKeyOf } from '../sound/sound-key.ts';
import { atOnce } from '../system/at-once.ts';
import { exists } from '../system/files.ts';

export interface MeasureSongsParts {
  readonly store: Pick<Store, 'files' | 'sounds'>;
  readonly ffmpegPath: string;
  /** Whether this ffmpeg makes fingerprints. */
  readonly hasFingerprint: boolean;
  /** Fingerprints of the beginning, as HARMONI once made them, won't do. */
  readonly needsWhole?: boolean;
  /** Files that are decoded at the same time, each by one ffmpeg. */
  readonly cores: number;
  readonly signal: AbortSignal;
  /** Told after each file. */
  readonly onProgress?: (progress: MeasureProgress) => void;
}

export interface MeasureProgress {
  readonly done: number;
  readonly total: number;
  readonly broken: number;
  /** How long the rest takes; undefined before anybody knows. */
  readonly leftMs: number | undefined;
}

export interface MeasureEnd {
  /** Files that ffmpeg looked at now, and those whose sound was known. */
  readonly measured: number;
  readonly known: number;
  /** `fault` is the end of a sentence. */
  readonly broken: readonly { readonly path: string; readonly fault: string }[];
  readonly notChecked: readonly { readonly path: string; readonly why: string }[];
  /** Set when it was interrupted. What was measured is kept. */
  readonly isStopped: boolean;
}

/** Shorter sound has no fingerprint. */
const shortestMs = 3_000;
/** Decoding takes a hundredth of a song's length: one ffmpeg that hangs shall not hold up thousands of songs for long. */
const leastTimeMs = 2 * 60_000;

/**
 * Listens to every file that nobody has listened to yet: each sound once, whatever its tags, and however many files have it.
 * Each result is stored at once, so an interrupted run loses only the files in flight, and what is broken is known to the
 * index. Everything else on the machine goes first.
 */
export async function measureSongs(
  files: readonly IndexedFile[],
  parts: MeasureSongsParts,
): Promise<MeasureEnd> {
  const { store, signal, cores, onProgress } = parts;
  const broken: { path: string; fault: string }[] = [];
  const notChecked: { path: string; why: string }[] = [];
  const count = { done: 0, measured: 0, known: 0 };
  const clock = createLeft(files);
  try {
    await atOnce(files, cores, async (file) => {
      signal.throwIfAborted();
      const { measured, isNew } = await measureOne(file, parts);
      count.done += 1;
      if ('notChecked' in measured) notChecked.push({ path: file.path, why: measured.notChecked });
      else {
        count[isNew ? 'measured' : 'known'] += 1;
        // What the structure of a file shows was known before.
        const fault = measured.found.fault ?? store.files.get(file.path)?.fault;
        if (fault !== undefined) broken.push({ path: file.path, fault });
      }
      clock.did(file, isNew);
      onProgress?.({ done: count.done, total: files.length, broken: broken.length, leftMs: clock.leftMs() });
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  store.sounds.forgetGone();
  return { measured: count.measured, known: count.known, broken, notChecked, isStopped: signal.aborted };
}

/** @throws the signal's reason */
async function measureOne(
  file: IndexedFile,
  parts: MeasureSongsParts,
): Promise<{ readonly measured: Measured; readonly isNew: boolean }> {
  const { store } = parts;
  const { sounds } = store;
  let key = sounds.keyOf(file);
  if (key === undefined) {
    try {
      key = await soundKeyOf(file.path);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { measured: await notChecked(file, why), isNew: false };
    }
    sounds.setKey(file, key);
  }
  let found = sounds.get(key);
  const isNew = !isEnough(found, parts);
  if (isNew) {
    const timeoutMs = file.durationMs === undefined ? {} : { timeoutMs: file.durationMs + leastTimeMs };
    const measured = await measureFile(file.path, { ...parts, ...timeoutMs, isLowPriority: true });
    if ('notChecked' in measured) return { measured: await notChecked(file, measured.notChecked), isNew };
    ({ found } = measured);
    sounds.put(key, found);
  }
  if (found?.fault !== undefined) store.files.setFault(file.path, found.fault);
  return { measured: found === undefined ? { notChecked: '' } : { found }, isNew };
}

/** Whether nobody has to listen again. Pure. */
function isEnough(
  found: Measurement | undefined,
  { hasFingerprint, needsWhole = false }: Pick<MeasureSongsParts, 'hasFingerprint' | 'needsWhole'>,
): boolean {
  if (found === undefined || !hasFingerprint) return found !== undefined;
  const { fingerprint, lengthMs = 0 } = found;
  if (fingerprint === undefined) return lengthMs < shortestMs;
  return !needsWhole || isWholeFingerprint(fingerprint, lengthMs);
}

/** The library may change meanwhile. */
async function notChecked({ path }: IndexedFile, why: string): Promise<Measured> {
  return { notChecked: (await exists(path)) ? why : "it isn't there anymore" };
}

/** The time that is left, by how much sound was decoded in the time until now. What was known took none. */
function createLeft(files: readonly IndexedFile[]): {
  did: (file: IndexedFile, isNew: boolean) => void;
  leftMs: () => number | undefined;
} {
  const startedMs = performance.now();
  const lengthOf = ({ durationMs = 0 }: IndexedFile): number => durationMs;
  let open = files.reduce((sum, file) => sum + lengthOf(file), 0);
  let decoded = 0;
  return {
    did(file, isNew) {
      open -= lengthOf(file);
      if (isNew) decoded += lengthOf(file);
    },
    leftMs: () =>
      decoded === 0 ? undefined : ((performance.now() - startedMs) / decoded) * Math.max(0, open),
  };
}
