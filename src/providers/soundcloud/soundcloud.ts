import { HarmoniError } from '../../errors.ts';
import type { Candidate } from '../../matching/candidate.ts';
import type { MediaList, Provider } from '../provider.ts';
import { describeArgs, searchArgs } from '../ytdlp/arguments.ts';
import { readEntries, type Entry, type YtDlpDeps } from '../ytdlp/entries.ts';
import { parseSoundCloudLink, soundCloudIdOf, soundCloudSetUrl, soundCloudUrl } from './links.ts';

const service = { title: 'SoundCloud', noun: 'track' };
/** yt-dlp looks at the picture of every hit, one request each. */
const resultsPerSearch = 10;

/**
 * SoundCloud through yt-dlp: its search, and links to tracks and sets. It allows about 600 requests in 10 minutes, which
 * is 150 tracks, and refuses what comes too fast with a 429, so it needs no budget per hour (yt-dlp 2026.10.26).
 */
export function createSoundCloud(deps: YtDlpDeps): Provider {
  return {
    name: 'soundcloud',
    ...service,
    searches: ['plain'],
    async search(_kind, query, signal) {
      const found = await readEntries(
        deps,
        service,
        (settings) => searchArgs('scsearch', query, resultsPerSearch, settings),
        signal,
      );
      return found.flatMap((entry) => (entry.title === undefined ? [] : [asCandidate(entry, entry.title)]));
    },
    url: soundCloudUrl,
    idOf: soundCloudIdOf,
    knows: (link) => parseSoundCloudLink(link) !== undefined,
    async readList(text, signal) {
      const link = parseSoundCloudLink(text);
      if (link === undefined || link.kind === 'unsupported') {
        throw new HarmoniError('source-not-understood', link?.reason ?? "That isn't a SoundCloud link.", {
          fix: 'Use a link to a track (soundcloud.com/ARTIST/TITLE) or a set (soundcloud.com/ARTIST/sets/NAME).',
        });
      }
      const url =
        link.kind === 'short'
          ? link.url
          : link.kind === 'set'
            ? soundCloudSetUrl(link.id)
            : soundCloudUrl(link.id);
      // A set itself tells no more of most of its tracks than their numbers.
      const entries = await readEntries(
        deps,
        service,
        (settings) => describeArgs(url, settings, 'each entry'),
        signal,
      );
      const set = link.kind === 'track' ? undefined : setOf(entries[0], link);
      return {
        name: (set === undefined ? entries[0]?.title : entries[0]?.list) ?? '',
        ...(set === undefined ? {} : { origin: `soundcloud:set:${set}` }),
        entries: entries.map(asMediaEntry),
      };
    },
  };
}

/** The id of the set that an entry was listed in. A short link may lead to a track as well. */
function setOf(entry: Entry | undefined, link: { readonly kind: 'set' | 'short'; readonly id?: string }) {
  if (link.kind === 'set') return link.id;
  const page = parseSoundCloudLink(entry?.listUrl ?? '');
  return page?.kind === 'set' ? page.id : undefined;
}

function asMediaEntry(entry: Entry): MediaList['entries'][number] {
  const { title = '', channel, durationMs } = entry;
  return {
    id: idOfEntry(entry),
    title,
    ...(channel === undefined ? {} : { channel }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

/** The path of its page, which people can open and paste, where yt-dlp tells it. */
function idOfEntry({ id, url }: Entry): string {
  return soundCloudIdOf(url ?? '') ?? id;
}

function asCandidate(entry: Entry, title: string): Candidate {
  const { channel, artists, durationMs, viewCount } = entry;
  const id = idOfEntry(entry);
  return {
    media: { provider: 'soundcloud', id },
    url: soundCloudUrl(id),
    title,
    kind: 'audio',
    place: service.title,
    artists,
    ...(channel === undefined ? {} : { channel }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(viewCount === undefined ? {} : { viewCount }),
  };
}
