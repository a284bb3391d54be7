import { HarmoniError } from '../errors.ts';
import { mediaText, parseMedia, type Media } from '../tracks/media.ts';
import type { Provider } from './provider.ts';
import { createSoundCloud } from './soundcloud/soundcloud.ts';
import { createYouTube, type YouTubeDeps } from './youtube/youtube.ts';

/** What the providers need from outside. */
export type ProviderDeps = YouTubeDeps;

/** All providers. Their links are read whatever the settings say; the setting `providers` names those that are searched. */
export function createProviders(deps: ProviderDeps): readonly Provider[] {
  return [createYouTube(deps), createSoundCloud(deps)];
}

/**
 * The providers to search, in the order of their names in the setting.
 * @throws HarmoniError config-invalid for a name that none has
 */
export function chooseProviders(all: readonly Provider[], names: readonly string[]): readonly Provider[] {
  return [...new Set(names)].map((name) => {
    const found = all.find((provider) => provider.name === name);
    if (found !== undefined) return found;
    throw new HarmoniError('config-invalid', noProvider(name, all));
  });
}

function noProvider(name: string, all: readonly Pick<Provider, 'name'>[]): string {
  const known = all.map((provider) => provider.name).join(', ');
  return `providers can't include ${JSON.stringify(name)}. It takes ${known}.`;
}

/** What is wrong with the value of a setting, as far as it names a provider that there isn't. Pure. */
export function unknownProvider(key: string, value: unknown): string | undefined {
  if (key !== 'providers' || !Array.isArray(value)) return undefined;
  const nobody = () => Promise.reject(new HarmoniError('internal', 'Only the names are asked for.'));
  const http = { request: nobody, close: () => Promise.resolve() };
  const all = createProviders({ http, musicUrl: '', ytDlp: nobody, silenceMs: 0 });
  const names: readonly unknown[] = value;
  const unknown = names.find((name) => all.every((provider) => provider.name !== name));
  return typeof unknown === 'string' ? noProvider(unknown, all) : undefined;
}

/** The page of a video or upload. Pure. */
export function urlOf(all: readonly Pick<Provider, 'name' | 'url'>[], media: Media): string {
  return all.find(({ name }) => name === media.provider)?.url(media.id) ?? mediaText(media);
}

/**
 * What a link to one video or upload points to, or its "soundcloud:ARTIST/TITLE" as `harmoni review export` writes it;
 * undefined for every other text. Pure.
 */
export function mediaOf(
  all: readonly Pick<Provider, 'name' | 'idOf' | 'url'>[],
  link: string,
): Media | undefined {
  const text = link.trim();
  for (const { name, idOf } of all) {
    const id = idOf(text);
    if (id !== undefined) return { provider: name, id };
  }
  const media = parseMedia(text);
  const provider = all.find(({ name }) => name === media?.provider);
  // "https://..." has the form, too, and any text can stand for the id.
  return media !== undefined && provider?.idOf(provider.url(media.id)) === media.id ? media : undefined;
}
