import { presenceIn } from '../downloads/presence.ts';
import type { JobSettings } from '../downloads/settings.ts';
import type { Store } from '../history/store.ts';
import { scanLibrary, type ScanResult } from '../library/scan.ts';
import type { Clock } from '../system/clock.ts';
import type { Track } from '../tracks/track.ts';
import { bytesPerSecondOf, isMeasured, type EstimateFacts } from './estimate.ts';

/** What the library is to a job with these settings. */
export interface LibraryView {
  readonly isPresent: (track: Track) => boolean;
  readonly facts: EstimateFacts;
}

export interface ScanOptions {
  readonly signal: AbortSignal;
  /** Where files go that give way to others; what is in it was put away. */
  readonly trash: string;
  /** Of a folder that isn't a library: what is left out of it. */
  readonly elsewhere?: { readonly except: readonly string[] } | undefined;
  readonly onProgress?: (read: number) => void;
}

/**
 * Brings the index up to date, so that what is already there is known whatever happened to the files meanwhile.
 * @param outputDir the library; absolute
 * @throws the signal's reason
 */
export async function scan(
  store: Pick<Store, 'files'>,
  outputDir: string,
  options: ScanOptions,
): Promise<ScanResult> {
  const { elsewhere } = options;
  const result = await scanLibrary(outputDir, store.files, {
    ...options,
    except: elsewhere?.except ?? [],
    isElsewhere: elsewhere !== undefined,
  });
  // Whatever the scan did after it: nothing is downloaded any more.
  options.signal.throwIfAborted();
  return result;
}

/**
 * What the index says of a library: which songs are there, by the rule that the job itself follows, and what is needed to
 * tell how much room and time the others take.
 */
export function lookAtLibrary(
  store: Pick<Store, 'files' | 'overrides' | 'visits'>,
  settings: Pick<JobSettings, 'outputDir' | 'format' | 'quality' | 'replace' | 'reformat'>,
  limits: EstimateFacts['limits'],
  clock: Pick<Clock, 'now'>,
): LibraryView {
  const { format, quality, outputDir } = settings;
  return {
    isPresent: presenceIn(store, settings).isPresent,
    facts: {
      format,
      quality,
      limits,
      madeBytesPerSecond: isMeasured(format)
        ? bytesPerSecondOf(format, store.files.filesBelow(outputDir))
        : undefined,
      visits: store.visits.lastHour(),
      nowMs: clock.now(),
    },
  };
}
