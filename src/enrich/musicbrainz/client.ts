import { isrcCode } from '../../tracks/isrc.ts';
import type { AnswerCache, AskService } from '../service.ts';
import { parseRecording, parseRelease, parseSearch, type Recording, type Release } from './answers.ts';
import { isrcsAtOnce, isrcSearch, mostResults, recordingLookup, releaseLookup } from './questions.ts';

export interface MusicBrainz {
  /** The recordings of each ISRC, many ISRCs to a request. One that MusicBrainz doesn't know has an empty list. */
  byIsrc(isrcs: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly Recording[]>>;
  /** @param path a search of questions.ts */
  search(path: string, signal: AbortSignal): Promise<readonly Recording[]>;
  /** undefined where there's none of this id. Its own id may be another one, where MusicBrainz has merged two. */
  recording(id: string, signal: AbortSignal): Promise<Recording | undefined>;
  release(id: string, signal: AbortSignal): Promise<Release | undefined>;
}

export interface MusicBrainzParts {
  readonly ask: AskService;
  readonly cache: AnswerCache;
  /** https://musicbrainz.org/ws/2 */
  readonly url: string;
}

/**
 * MusicBrainz' web service, version 2. Answers are kept by what was asked, each ISRC for itself, so a run that was stopped
 * asks for nothing twice. All of it throws what `AskService` throws.
 */
export function createMusicBrainz({ ask, cache, url }: MusicBrainzParts): MusicBrainz {
  const base = `${url.replace(/\/+$/, '').replace(/(\/ws\/2)?$/, '/ws/2')}/`;

  /** The answer to a path: undefined for none, or where it's refused. */
  async function get(path: string, signal: AbortSignal): Promise<unknown> {
    const known = cache.load(path);
    if (known !== undefined) return known.value;
    const answer = await ask(base + path, signal);
    const value = answer.kind === 'found' ? answer.value : undefined;
    cache.save(path, { kind: answer.kind, value });
    return value;
  }

  async function askBatch(
    isrcs: readonly string[],
    signal: AbortSignal,
    found: Map<string, readonly Recording[]>,
  ): Promise<void> {
    const answer = await ask(base + isrcSearch(isrcs), signal);
    const { count, recordings } = parseSearch(answer.kind === 'found' ? answer.value : undefined);
    if (count > mostResults && isrcs.length > 1) {
      const half = Math.ceil(isrcs.length / 2);
      await askBatch(isrcs.slice(0, half), signal, found);
      await askBatch(isrcs.slice(half), signal, found);
      return;
    }
    for (const isrc of isrcs) {
      const own = recordings.filter((item) => hasIsrc(item, isrc));
      const kind = answer.kind === 'refused' ? 'refused' : own.length === 0 ? 'none' : 'found';
      cache.save(isrcKey(isrc), { kind, value: kind === 'found' ? own : undefined });
      found.set(isrc, parseAll(own));
    }
  }

  return {
    async byIsrc(isrcs, signal) {
      const found = new Map<string, readonly Recording[]>();
      for (const isrc of isrcs) {
        const known = cache.load(isrcKey(isrc));
        if (known !== undefined) found.set(isrc, parseAll(known.value));
      }
      const left = [...new Set(isrcs)].filter((isrc) => !found.has(isrc));
      for (let at = 0; at < left.length; at += isrcsAtOnce) {
        await askBatch(left.slice(at, at + isrcsAtOnce), signal, found);
      }
      return found;
    },
    search: async (path, signal) => parseAll(parseSearch(await get(path, signal)).recordings),
    recording: async (id, signal) => parseRecording(await get(recordingLookup(id), signal)),
    release: async (id, signal) => parseRelease(await get(releaseLookup(id), signal)),
  };
}

const isrcKey = (isrc: string): string => `isrc/${isrc}`;

/** The index finds by words: what it found says itself which ISRCs it has. */
function hasIsrc(item: unknown, isrc: string): boolean {
  return parseRecording(item)?.isrcs.some((own) => isrcCode(own) === isrc) ?? false;
}

function parseAll(items: unknown): readonly Recording[] {
  if (!Array.isArray(items)) return [];
  return items.map(parseRecording).filter((recording) => recording !== undefined);
}
