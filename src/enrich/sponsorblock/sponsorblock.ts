import { createHash } from 'node:crypto';
import { createRecent } from '../../system/recent.ts';
import {
  createOptionalService,
  optionalPace,
  type OptionalAnswer,
  type OptionalServiceParts,
} from '../optional-service.ts';
import type { ServiceMemory } from '../service.ts';
import { cutsIn } from './segments.ts';
import type { Cut } from '../../tracks/cut.ts';

/** Who knows which parts of a video are no music. */
export interface SponsorBlock {
  /** The video is about to be downloaded. */
  prepare(videoId: string): void;
  /**
   * The parts of a video without music; none where the service doesn't answer in time.
   * @param videoMs its length
   * @throws the signal's reason
   */
  cutsOf(videoId: string, videoMs: number, signal: AbortSignal): Promise<readonly Cut[]>;
  /** No song comes anymore. */
  end(): void;
}

export interface SponsorBlockParts extends Pick<
  OptionalServiceParts,
  'http' | 'clock' | 'random' | 'userAgent'
> {
  readonly store: { readonly services: Pick<ServiceMemory, 'pace'> };
  /** The setting sponsorblock_url: the address of its API, without a slash at the end. */
  readonly sponsorBlockUrl: string;
}

const timeoutMs = 10_000;
/** Four hex digits of a hash are shared by thousands of videos, so that nobody learns which one is meant. */
const prefixDigits = 4;
const kept = 256;

/** SponsorBlock (sponsor.ajay.app, its data under CC BY-NC-SA 4.0), asked for the parts of music videos without music. */
export function createSponsorBlock(parts: SponsorBlockParts): SponsorBlock {
  const { clock, sponsorBlockUrl } = parts;
  const pace = parts.store.services.pace(`sponsorblock ${sponsorBlockUrl}`, optionalPace(0));
  const askService = createOptionalService({ ...parts, pace, name: 'SponsorBlock', atOnce: 4, timeoutMs });
  const recent = createRecent<Promise<OptionalAnswer>>(kept);
  const stop = new AbortController();

  const ask = (videoId: string): Promise<OptionalAnswer> =>
    recent(videoId, () => {
      const prefix = createHash('sha256').update(videoId).digest('hex').slice(0, prefixDigits);
      const query = new URLSearchParams({
        service: 'YouTube',
        categories: '["music_offtopic"]',
        actionTypes: '["skip"]',
      });
      const answer = askService(`${sponsorBlockUrl}/skipSegments/${prefix}?${query.toString()}`, stop.signal);
      // Whoever waits for it hears of it.
      answer.catch(() => undefined);
      return answer;
    });

  return {
    prepare: (videoId) => void ask(videoId),
    async cutsOf(videoId, videoMs, signal) {
      const over = new AbortController();
      const late = clock
        .sleep(timeoutMs, AbortSignal.any([signal, over.signal]))
        .then(() => undefined)
        .catch(() => undefined);
      try {
        // Whatever goes wrong with asking, the song is as good as without it.
        const answer = await Promise.race([ask(videoId).catch(() => undefined), late]);
        signal.throwIfAborted();
        return answer?.kind === 'found' ? cutsIn(answer.value, videoId, videoMs) : [];
      } finally {
        over.abort();
      }
    },
    end: () => stop.abort(new Error('All songs are through.')),
  };
}
