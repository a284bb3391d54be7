import { createRecent } from '../../system/recent.ts';
import { userAgent } from '../../system/user-agent.ts';
import { minutes } from '../../tracks/length-text.ts';
import type { Track } from '../../tracks/track.ts';
import type { Additions, Enricher, EnricherParts } from '../enricher.ts';
import { areSynced, lrcField } from './lrc.ts';
import { createLyricsService, type LyricsAnswer } from './lrclib.ts';
import type { Lyrics } from './records.ts';

/** A song waits so long for lyrics that are on their way when the rest of it is ready. */
const patienceMs = 3_000;
/** Songs are found far ahead of their download. */
const kept = 256;
/** Times hold for a recording of this length, more or less. */
const mostMs = 3_000;

/**
 * The lyrics of a song. They are looked for while it's downloaded, and those that come later than the song are in the
 * store for the next time.
 */
export function createLyricsEnricher(parts: EnricherParts): Enricher {
  const { settings, clock } = parts;
  const { lyrics_url: lyricsUrl } = parts.config;
  const service = createLyricsService({ ...parts, lyricsUrl, userAgent: userAgent() });
  const recent = createRecent<Promise<LyricsAnswer>>(kept);
  const stop = new AbortController();

  function ask(track: Track, durationMs: number | undefined): Promise<LyricsAnswer> {
    const key = JSON.stringify([track.artists[0], track.track, track.durationMs]);
    return recent(key, () => {
      const answer = service.find(track, track.durationMs ?? durationMs, stop.signal);
      // Whoever waits for it hears of it; mostly nobody does yet.
      answer.catch(() => undefined);
      return answer;
    });
  }

  return {
    name: 'lyrics',
    isWanted: ({ lyrics, embedMetadata }) => lyrics !== 'off' && (embedMetadata || lyrics !== 'embedded'),
    prepare: ({ track, durationMs }) => void ask(track, durationMs),
    async find({ track, durationMs }, signal) {
      const over = new AbortController();
      const late = clock
        .sleep(patienceMs, AbortSignal.any([signal, over.signal]))
        .then(() => undefined)
        .catch(() => undefined);
      try {
        const answer = await Promise.race([ask(track, durationMs), late]);
        signal.throwIfAborted();
        if (answer?.kind !== 'found') return {};
        return additionsOf(answer.lyrics, { track, durationMs, lyrics: settings.lyrics });
      } finally {
        over.abort();
      }
    },
    end: () => stop.abort(new Error('All songs are through.')),
  };
}

/**
 * What goes into the file of a song, and beside it. Times that are for a longer or shorter recording are left out. Pure.
 * @param durationMs of the file
 */
export function additionsOf(
  { synced, plain }: Lyrics,
  {
    track,
    durationMs,
    lyrics,
  }: { readonly track: Track; readonly durationMs: number } & Pick<EnricherParts['settings'], 'lyrics'>,
): Additions {
  const isAsLong = Math.abs((track.durationMs ?? durationMs) - durationMs) <= mostMs;
  const fits = synced !== undefined && isAsLong && areSynced(synced, durationMs);
  return {
    ...(plain === undefined || lyrics === 'sidecar' ? {} : { properties: { LYRICS: [plain] } }),
    ...(fits && lyrics !== 'embedded' ? { lrc: lrcText(synced, track, durationMs) } : {}),
  };
}

function lrcText(synced: string, { artist, track }: Track, durationMs: number): string {
  const fields = [lrcField('ar', artist), lrcField('ti', track), lrcField('length', minutes(durationMs))];
  return `${[...fields, synced].join('\n')}\n`;
}
