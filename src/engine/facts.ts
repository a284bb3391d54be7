import type { Config } from '../config/schema.ts';
import type { FactFinder } from '../enrich/musicbrainz/facts.ts';
import { connectMusicBrainz } from '../enrich/musicbrainz/musicbrainz.ts';
import type { Store } from '../history/store.ts';
import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
import { userAgent } from '../system/user-agent.ts';

export interface FactsEngineParts {
  readonly store: Pick<Store, 'services'>;
  readonly http: Http;
  readonly clock: Clock;
  readonly config: Pick<Config, 'musicbrainz' | 'musicbrainz_url' | 'cover_art_archive_url'>;
}

/** What finds facts at MusicBrainz with the user's settings; undefined where they say not to. */
export function connectFacts({ store, http, clock, config }: FactsEngineParts): FactFinder | undefined {
  if (!config.musicbrainz) return undefined;
  return connectMusicBrainz({
    http,
    clock,
    services: store.services,
    userAgent: userAgent(),
    musicBrainzUrl: config.musicbrainz_url,
    coverArtUrl: config.cover_art_archive_url,
  });
}
