import { onTestFinished } from 'vitest';
import { connectFacts } from '../../../src/engine/facts.ts';
import type { FactFinder } from '../../../src/enrich/musicbrainz/facts.ts';
import type { SongWithTags } from '../../../src/enrich/musicbrainz/song.ts';
import { migrations } from '../../../src/history/schema.ts';
import { createServices, type Services } from '../../../src/history/services.ts';
import { openDatabase } from '../../../src/system/database.ts';
import { createHttp } from '../../../src/system/http.ts';
import { createTestClock, type TestClock } from '../../helpers/clock.ts';
import {
  startMusicBrainz,
  type MusicBrainzOptions,
  type MusicBrainzStandIn,
} from '../../stand-ins/musicbrainz.ts';
import {
  uuid,
  type MbArtist,
  type MbCatalogue,
  type MbRecording,
  type MbRelease,
} from '../../stand-ins/musicbrainz-catalogue.ts';

export const artist = (number: number, name: string, more: Partial<MbArtist> = {}): MbArtist => ({
  id: uuid(number),
  name,
  ...more,
});

export const alice = artist(1, 'Alice Example');

/** Recording 100 + n: "Song n" by Alice, 200 s and n ms long, with the ISRC ZZTST00000nn. */
export const recording = (number: number, more: Partial<MbRecording> = {}): MbRecording => ({
  id: uuid(100 + number),
  title: `Song ${number}`,
  artists: [alice],
  length: 200_000 + number,
  isrcs: [isrc(number)],
  ...more,
});

export const isrc = (number: number): string => `ZZTST${String(number).padStart(7, '0')}`;

/** Release 1000 + n with these recordings. */
export const release = (
  number: number,
  tracks: readonly number[],
  more: Partial<MbRelease> = {},
): MbRelease => ({
  id: uuid(1_000 + number),
  title: 'First Album',
  artists: [alice],
  date: '2019-05-31',
  country: 'XW',
  status: 'Official',
  group: { id: uuid(2_000 + number), first: '2018-03-02' },
  media: [{ format: 'Digital Media', tracks: tracks.map((track) => uuid(100 + track)) }],
  ...more,
});

/** "Song n" as a source of HARMONI's would have tagged it. */
export const song = (number: number, more: Record<string, readonly string[]> = {}): SongWithTags => ({
  key: `song ${number}`,
  durationMs: 200_400,
  properties: {
    TITLE: [`Song ${number}`],
    ARTIST: ['Alice Example'],
    ALBUM: ['First Album'],
    ALBUMARTIST: ['Alice Example'],
    DATE: ['2019-05-31'],
    TRACKNUMBER: [`${number}`],
    ISRC: [isrc(number)],
    ...more,
  },
});

export interface Bench {
  readonly clock: TestClock;
  readonly service: MusicBrainzStandIn;
  readonly services: Services;
  readonly facts: FactFinder;
  /** Another HARMONI of the same data folder. */
  readonly again: () => FactFinder;
}

/** MusicBrainz with this catalogue, and a store in memory; nothing waits. */
export async function createBench(
  catalogue: MbCatalogue,
  options: Partial<MusicBrainzOptions> & {
    readonly coverArtUrl?: string;
    /** What happens when HARMONI waits, besides that time passes. */
    readonly onWait?: () => void;
  } = {},
): Promise<Bench> {
  const clock: TestClock = createTestClock({
    onSleep(ms) {
      clock.pass(ms);
      options.onWait?.();
    },
  });
  const service = await startMusicBrainz({ catalogue, now: () => clock.now(), ...options });
  onTestFinished(() => service.close());
  const database = openDatabase(':memory:', migrations);
  onTestFinished(() => database.close());
  const http = createHttp();
  onTestFinished(() => http.close());
  const again = (): FactFinder => {
    const config = {
      musicbrainz: true,
      musicbrainz_url: service.url,
      cover_art_archive_url: options.coverArtUrl ?? 'http://127.0.0.1:9',
    };
    const found = connectFacts({ http, clock, store: { services: createServices(database, clock) }, config });
    if (found === undefined) throw new Error('It is off.');
    return found;
  };
  return { clock, service, services: createServices(database, clock), facts: again(), again };
}
