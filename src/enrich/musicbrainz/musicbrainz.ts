import type { Clock } from '../../system/clock.ts';
import type { Http } from '../../system/http.ts';
import type { PaceLimits } from '../../system/service-pace.ts';
import { createCoverArtArchive } from '../cover-art-archive.ts';
import { answersOf, createAskService, type ServiceMemory } from '../service.ts';
import { createMusicBrainz } from './client.ts';
import type { FactFinder } from './facts.ts';
import { createFactFinder } from './find-facts.ts';

/** One request a second is what MusicBrainz allows each address, and it refuses all of who asks more often. */
export const musicBrainzPace: PaceLimits = { gapMs: 1_100, slowestGapMs: 32_000, longestPauseMs: 30_000 };

export interface MusicBrainzSetUp {
  readonly http: Http;
  readonly clock: Clock;
  readonly services: ServiceMemory;
  readonly userAgent: string;
  /** The settings musicbrainz_url and cover_art_archive_url. */
  readonly musicBrainzUrl: string;
  readonly coverArtUrl: string;
}

/** Facts from MusicBrainz and covers from the Cover Art Archive, at the pace that all HARMONIs of the store share. */
export function connectMusicBrainz(setUp: MusicBrainzSetUp): FactFinder {
  const { http, clock, services, userAgent } = setUp;
  // Another server has other answers, and no patience to share.
  const service = `musicbrainz ${setUp.musicBrainzUrl}`;
  const pace = services.pace(service, musicBrainzPace);
  const ask = createAskService({ http, clock, pace, userAgent, name: 'MusicBrainz' });
  const musicBrainz = createMusicBrainz({
    ask,
    cache: answersOf(services, service),
    url: setUp.musicBrainzUrl,
  });
  const covers = createCoverArtArchive({ http, services, url: setUp.coverArtUrl, userAgent });
  return createFactFinder({ musicBrainz, covers });
}
