import { onTestFinished } from 'vitest';
import { connectFacts } from '../../../src/engine/facts.ts';
import type { FactFinder } from '../../../src/enrich/musicbrainz/facts.ts';
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
import type { MbCatalogue } from '../../stand-ins/musicbrainz-catalogue.ts';

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
