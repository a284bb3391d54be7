import { HarmoniError } from '../errors.ts';
import type { MediaEntry, MediaList, Provider } from '../providers/provider.ts';
import type { SkippedRow, Track } from '../tracks/track.ts';
import { cleanText } from './clean-text.ts';
import { emptyList } from './empty-list.ts';
import type { Source } from './source.ts';
import { namesOfUpload, type Music } from '../tracks/upload.ts';

type LinkReader = Pick<Provider, 'name' | 'title' | 'noun' | 'url' | 'knows' | 'readList'>;

/** A link to a video, an upload or a playlist of a provider: what it leads to is downloaded, without any search. */
export function createLinkSource(provider: LinkReader): Source {
  return {
    kind: `a ${provider.title} link`,
    isLink: true,
    accepts: (input) => provider.knows(input),
    async read(input, { signal }) {
      const found = await provider.readList(input, signal).catch((error: unknown) => {
        throw asLinkError(error);
      });
      const list = asList(provider, found);
      if (list.tracks.length === 0) throw emptyList(list.name, list.skipped);
      return [list];
    },
  };
}

/** What is said of a song's match, said of a link: there is no other match. */
function asLinkError(error: unknown): unknown {
  if (!(error instanceof HarmoniError)) return error;
  const fix = error.fix.replace('Choose another match with harmoni review', 'Check the link');
  return new HarmoniError(error.code, error.message, { fix, cause: error });
}

const gone = /^\[?(private|deleted|unavailable) video\]?$/i;

function asList(provider: LinkReader, { name, origin, entries }: MediaList) {
  const tracks: Track[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, entry] of entries.entries()) {
    const title = cleanText(entry.title);
    const [, state] = gone.exec(title) ?? [];
    if (title !== '' && state === undefined) tracks.push(asTrack(provider, entry, title));
    else {
      const reason =
        state === undefined
          ? `a ${provider.noun} without a title: probably private or deleted`
          : `a ${state.toLowerCase()} ${provider.noun}`;
      skipped.push({ row: index + 1, reason, text: provider.url(entry.id) });
    }
  }
  const clean = cleanText(name);
  return {
    name: clean === '' ? provider.title : clean,
    ...(origin === undefined ? {} : { origin }),
    tracks,
    skipped,
    folder: origin === undefined ? ('library' as const) : ('own' as const),
  };
}

function asTrack({ name }: LinkReader, entry: MediaEntry, title: string): Track {
  const { channel = '', music, durationMs, id } = entry;
  return {
    ...namesOfUpload(name, { title, channel: cleanText(channel), music: music && cleanMusic(music) }),
    ...(durationMs === undefined ? {} : { durationMs }),
    media: { provider: name, id },
  };
}

function cleanMusic({ track, artists, album, ...music }: Music): Music {
  return {
    ...music,
    track: cleanText(track),
    artists: artists.map(cleanText),
    ...(album === undefined ? {} : { album: cleanText(album) }),
  };
}
