import type { Clock } from '../../system/clock.ts';
import type { Http } from '../../system/http.ts';
import type { PaceLimits } from '../../system/service-pace.ts';
import { createCoverArtArchive } from '../cover-art-archive.ts';
import { createAskService, type AnswerCache, type ServicePace } from '../service.ts';
import { createMusicBrainz } from './client.ts';
import type { FactFinder } from './facts.ts';
import { createFactFinder } from './find-facts.ts';

/** One request a second is what MusicBrainz allows each address, and it refuses all of who asks more often. */
export const musicBrainzPace: PaceLimits = { gapMs: 1_100, slowestGapMs: 32_000, longestPauseMs: 30_000 };

export interface MusicBrainzSetUp {
  readonly http: Http;
  readonly clock: Clock;
  /** The store's services; see history/services.ts. */
  readonly services: {
    load(service: string, question: string): ReturnType<AnswerCache['load']>;
    save(service: string, question: string, answer: Parameters<AnswerCache['save']>[1]): void;
    pace(service: string, limits: PaceLimits): ServicePace;
  };
  readonly userAgent: string;
  /** The settings musicbrainz_url and cover_art_archive_url. */
  readonly musicBrainzUrl: string;
  readonly coverArtUrl: string;
}

/** Facts from MusicBrainz and covers from the Cover Art Archive, at the pace that all HARMONIs of the store share. */
export function connectMusicBrainz(setUp: MusicBrainzSetUp): FactFinder {
  const { http, clock, services, userAgent } = setUp;
  const cacheOf = (service: string): AnswerCache => ({
    load: (question) => services.load(service, question),
    save: (question, answer) => services.save(service, question, answer),
  });
  // Another server has other answers, and no patience to share.
  const service = `musicbrainz ${setUp.musicBrainzUrl}`;
  const pace = services.pace(service, musicBrainzPace);
  const ask = createAskService({ http, clock, pace, userAgent, name: 'MusicBrainz' });
  const musicBrainz = createMusicBrainz({ ask, cache: cacheOf(service), url: setUp.musicBrainzUrl });
  const cache = cacheOf(`covers ${setUp.coverArtUrl}`);
  const covers = createCoverArtArchive({ http, cache, url: setUp.coverArtUrl, userAgent });
  return createFactFinder({ musicBrainz, covers });
}
