import type { Config } from '../config/schema.ts';
import type { FactFinder, FactsProgress } from '../enrich/musicbrainz/facts.ts';
import { createMusicBrainzFacts } from '../library/enrich/from-musicbrainz.ts';
import type { Http } from '../system/http.ts';
import type { JobReport } from '../tracks/outcome.ts';
import { enrichNew, newPaths, type EnrichNewParts } from './enrich-new.ts';
import { connectFacts } from './facts.ts';

export interface LookUpParts extends EnrichNewParts {
  readonly http: Http;
  readonly config: Pick<Config, 'musicbrainz_url' | 'cover_art_archive_url'>;
  /** Whether songs without a cover get the one of their release. */
  readonly wantsCover: boolean;
  readonly onProgress: (done: number, total: number) => void;
}

/** MusicBrainz is asked about so many in one request; what was found for them is written before the next. */
const songsAtOnce = 20;

/**
 * Asks MusicBrainz about the songs of a download and writes what they lack, as a run that can be undone. An interrupt
 * keeps what was written, and leaves the rest to `library enrich`.
 * @param title what people know the run by
 * @returns what the report says of it; undefined when there's nothing to say
 * @throws HarmoniError output-not-writable, disk-full; library-busy
 */
export async function lookUpNew(
  parts: LookUpParts,
  report: JobReport,
  title: string,
): Promise<JobReport['musicBrainz']> {
  const paths = newPaths(report);
  const finder = connectFacts({ ...parts, config: { ...parts.config, musicbrainz: true } });
  if (paths.length === 0 || finder === undefined) return undefined;
  let before = { done: 0, total: paths.length };
  const tell = (done: number): void => parts.onProgress(Math.min(done, before.total), before.total);
  const asking = toldOf(finder, ({ done }) => tell(before.done + done));
  const end = await enrichNew(parts, paths, title, [createMusicBrainzFacts(asking, parts.wantsCover)], {
    songsAtOnce,
    onProgress(progress) {
      before = progress;
      tell(progress.done);
    },
  });
  const stopped = (end.stoppedBy ?? end.stopped[0])?.message;
  return {
    tagged: end.written.length,
    ...(end.id === undefined ? {} : { run: end.id }),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** A request for many songs takes seconds: a finder that tells how far it is. */
function toldOf(finder: FactFinder, onProgress: (progress: FactsProgress) => void): FactFinder {
  return {
    factsFor: (songs, signal, options) => finder.factsFor(songs, signal, { ...options, onProgress }),
  };
}
