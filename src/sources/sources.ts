import { HarmoniError } from '../errors.ts';
import type { Provider } from '../providers/provider.ts';
import type { TrackList } from '../tracks/track.ts';
import { archive } from './archive.ts';
import { folder } from './folder.ts';
import { listFile } from './list-file.ts';
import { createPipedList, type Stdin } from './piped-list.ts';
import { createLinkSource } from './provider-link.ts';
import { serviceLink } from './service-link.ts';
import { songText } from './song-text.ts';
import { createSpotifySource, type SpotifyDeps } from './spotify.ts';
import type { ReadOptions, Source } from './source.ts';
import { unknownInput } from './unknown-input.ts';

/** What the kinds of input need from outside. */
export interface SourceDeps extends SpotifyDeps, Stdin {
  readonly providers: readonly Provider[];
}

/** All kinds of input. The first that accepts one reads it, so the last two, which accept anything, stay last. */
export function createSources(deps: SourceDeps): readonly Source[] {
  return [
    ...deps.providers.map(createLinkSource),
    createSpotifySource(deps),
    createPipedList(deps),
    archive,
    folder,
    listFile,
    serviceLink,
    unknownInput,
    songText,
  ];
}

/**
 * Reads the lists that an input names.
 * @throws HarmoniError as `Source.read` does
 */
export async function readSource(
  sources: readonly Source[],
  input: string,
  options: ReadOptions,
): Promise<readonly TrackList[]> {
  const trimmed = input.trim();
  const links = sources.filter(({ isLink }) => isLink === true);
  const readLink = (link: string) => readSource(links, link, options);
  for (const source of sources) {
    if (trimmed !== '' && (await source.accepts(trimmed)))
      return source.read(trimmed, { readLink, ...options });
  }
  const what =
    trimmed === '' ? "There's nothing to read: the input is empty." : `HARMONI can't read ${trimmed}.`;
  throw new HarmoniError('source-not-understood', what);
}
