import { z } from 'zod';
import { plainTitle } from '../../enrich/lyrics/records.ts';
import {
  createOptionalService,
  optionalPace,
  type OptionalServiceParts,
} from '../../enrich/optional-service.ts';
import { answersOf, type ServiceMemory } from '../../enrich/service.ts';
import type { Log } from '../../system/log.ts';
import { readIsrc } from '../../tracks/isrc.ts';
import type { Track } from '../../tracks/track.ts';
import { disagreement } from '../agreement.ts';
import { readAnswer, saysBusy, type DeezerCopy } from './deezer-answers.ts';

export interface DeezerApiParts extends Pick<
  OptionalServiceParts,
  'http' | 'clock' | 'random' | 'userAgent'
> {
  readonly store: { readonly services: ServiceMemory };
  readonly log: Pick<Log, 'write'>;
  /** The setting deezer_url: the address of its API, without a slash at the end. */
  readonly deezerUrl: string;
}

/** What came of looking for a copy of a track that has a preview. */
export type FoundCopy = DeezerCopy | 'none' | 'later';

export interface DeezerCopies {
  /** The copy as it is now, with an address that is fresh. @throws the signal's reason */
  find(track: Track, signal: AbortSignal): Promise<FoundCopy>;
  /** The same copy, asked for anew. @throws the signal's reason */
  again(copy: DeezerCopy, signal: AbortSignal): Promise<DeezerCopy | undefined>;
}

/** A track that has an ISRC. */
interface Wish {
  readonly track: Track;
  readonly isrc: string;
}

/** Deezer answers 50 requests in 5 s, of all that share an address; this is 8 a second. */
const gapMs = 125;
const timeoutMs = 10_000;
/** It is itself again after some seconds. */
const busyWaitsMs = [2_000, 5_000, 10_000];
const mostHits = 25;
/** What is remembered of a track. Addresses of previews are good for minutes, and aren't kept. */
const storedCopy = z.object({ id: z.string() });

/**
 * Finds copies of recordings by Deezer's public API. One ISRC may have many, and the first may have no preview or be of
 * something else: a copy counts only where it agrees with the track in all that's known.
 */
export function createDeezerCopies(parts: DeezerApiParts): DeezerCopies {
  const { store, log, deezerUrl } = parts;
  const answers = answersOf(store.services, `deezer ${deezerUrl}`);
  const ask = createAsk(parts);

  async function lookUp(wish: Wish, signal: AbortSignal): Promise<FoundCopy> {
    const refused = new Set<string>();
    let worth: 'none' | 'refused' = 'none';
    for (const url of urlsOf(deezerUrl, wish)) {
      const said = await ask(url, signal);
      if (said === 'later' || said === 'unclear') return 'later';
      if (said === 'refused') worth = 'refused';
      for (const copy of typeof said === 'string' ? [] : said) {
        const why = whyNot(copy, wish);
        if (why === undefined) {
          answers.save(questionOf(wish), { kind: 'found', value: { id: copy.id } });
          return copy;
        }
        refused.add(why);
      }
    }
    answers.save(questionOf(wish), { kind: worth, value: undefined });
    const { track, isrc } = wish;
    const facts = { song: `${track.artist} - ${track.track}`, isrc, why: [...refused] };
    log.write('info', 'Deezer has no preview of a song.', facts);
    return 'none';
  }

  async function copyOf(id: string, signal: AbortSignal): Promise<DeezerCopy | undefined> {
    const said = await ask(`${deezerUrl}/track/${encodeURIComponent(id)}`, signal);
    return typeof said === 'string' ? undefined : said.find((copy) => copy.id === id);
  }

  return {
    async find(track, signal) {
      const wish = wishOf(track);
      if (wish === undefined) return 'none';
      const known = answers.load(questionOf(wish));
      if (known !== undefined && known.kind !== 'found') return 'none';
      const id = storedCopy.safeParse(known?.value).data?.id;
      const copy = id === undefined ? undefined : await copyOf(id, signal);
      return copy !== undefined && whyNot(copy, wish) === undefined ? copy : lookUp(wish, signal);
    },
    again: ({ id }, signal) => copyOf(id, signal),
  };
}

/** One question at a time, of all HARMONIs of a data folder. */
function createAsk(parts: DeezerApiParts) {
  const pace = parts.store.services.pace(`deezer ${parts.deezerUrl}`, optionalPace(gapMs));
  const limits = { atOnce: 1, timeoutMs, busyWaitsMs, saysBusy };
  const ask = createOptionalService({ ...parts, ...limits, pace, name: 'Deezer' });
  return async (url: string, signal: AbortSignal): Promise<ReturnType<typeof readAnswer> | 'later'> => {
    const said = await ask(url, signal);
    if (said.kind === 'found') return readAnswer(said.value);
    if (said.kind !== 'later') return said.kind === 'none' ? [] : said.kind;
    parts.log.write('info', "Deezer couldn't be asked for a preview.", { why: said.error.message });
    return said.kind;
  };
}

function wishOf(track: Track): Wish | undefined {
  const isrc = readIsrc(track.isrc ?? '');
  return isrc === undefined ? undefined : { track, isrc };
}

/** Why a copy is of no use, as the end of a sentence. Pure. */
function whyNot(copy: DeezerCopy, { track, isrc }: Wish): string | undefined {
  if (copy.isrc !== isrc) return copy.isrc === '' ? 'it has no ISRC' : `its ISRC is ${copy.isrc}`;
  return disagreement(track, copy) ?? (copy.preview === '' ? 'it has no preview' : undefined);
}

/** By the ISRC, then by a search in plain words: one for single fields finds less. */
function urlsOf(deezerUrl: string, { track, isrc }: Wish): readonly string[] {
  const words = `${track.artists[0] ?? ''} ${plainTitle(track.track)}`.trim();
  const query = new URLSearchParams({ q: words, limit: String(mostHits) });
  const search = words === '' ? [] : [`${deezerUrl}/search?${query.toString()}`];
  return [`${deezerUrl}/track/isrc:${isrc}`, ...search];
}

/** All that a copy has to agree with. */
function questionOf({ track: { artists, track, durationMs }, isrc }: Wish): string {
  return JSON.stringify([isrc, artists, track, Math.round((durationMs ?? 0) / 1000)]);
}
