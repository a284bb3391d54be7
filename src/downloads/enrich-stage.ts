import type { Enricher } from '../enrich/enricher.ts';
import { enrich } from '../enrich/enrichers.ts';
import { isNamedByUpload } from '../tracks/upload.ts';
import { completedTrack, coverUrlsOf } from './completed-track.ts';
import type { JobParts } from './job-parts.ts';
import type { StageResult } from './stage.ts';
import { chosenOf, madeOf, type Work } from './work.ts';

/** Asks the enrichers that the settings want. */
export async function enrichSong(
  work: Work,
  {
    settings,
    signal,
    log,
    enrichers,
  }: Pick<JobParts, 'settings' | 'signal' | 'log'> & {
    readonly enrichers: readonly Enricher[];
  },
): Promise<StageResult> {
  const wanted = enrichers.filter((one) => one.isWanted(settings));
  const { path } = madeOf(work, 'converted');
  const durationMs = madeOf(work, 'lengthMs');
  const track = completedTrack(work);
  const { media, kind, album, albumId: id } = chosenOf(work).candidate;
  const song = {
    track,
    media,
    album: kind !== 'song' || album === undefined || id === undefined ? undefined : { id, title: album },
    coverUrls: coverUrlsOf(work, track),
    path,
    durationMs,
  };
  const additions = await enrich(wanted, song, signal, ({ name }, error) => {
    log.write('info', 'An enricher failed.', { enricher: name, error: String(error) });
  });
  work.made = { ...work.made, additions };
  return 'next';
}

/** The song is known: enrichers that take long begin, while it's downloaded. One without names has them afterwards. */
export function prepareToEnrich(
  work: Work,
  { settings, enrichers }: Pick<JobParts, 'settings'> & { readonly enrichers: readonly Enricher[] },
): void {
  if (work.made.downloaded === undefined && isNamedByUpload(work.track)) return;
  const { durationMs } = chosenOf(work).candidate;
  for (const enricher of enrichers) {
    if (enricher.isWanted(settings)) enricher.prepare?.({ track: completedTrack(work), durationMs });
  }
}
