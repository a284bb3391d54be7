import type { Enricher } from '../enrich/enricher.ts';
import { enrich } from '../enrich/enrichers.ts';
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
  const { embedMetadata, metadataTemplate } = settings;
  const wanted = embedMetadata ? enrichers.filter((one) => one.isWanted(metadataTemplate)) : [];
  const { path } = madeOf(work, 'converted');
  const { durationMs } = madeOf(work, 'found');
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
