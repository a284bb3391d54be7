/**
 * One piece of sound at a provider: a YouTube video, a track on SoundCloud. `provider` is the name of a Provider
 * (providers/provider.ts), `id` that provider's own id.
 */
export interface Media {
  readonly provider: string;
  readonly id: string;
}

const mediaForm = /^([a-z][a-z0-9]{1,30}):(\S{1,300})$/;

/** "youtube:dQw4w9WgXcQ": the form in the store, in tags and in keys. */
export function mediaText({ provider, id }: Media): string {
  return `${provider}:${id}`;
}

/** Reads what `mediaText` wrote; undefined for anything else. */
export function parseMedia(text: string): Media | undefined {
  const [, provider, id] = mediaForm.exec(text) ?? [];
  return provider === undefined || id === undefined ? undefined : { provider, id };
}

export function isSameMedia(a: Media | undefined, b: Media | undefined): boolean {
  return a !== undefined && b !== undefined && a.provider === b.provider && a.id === b.id;
}

/** How outcomes and JSON documents name it. `videoId` is from when YouTube was the only provider, and programs read it. */
export function mediaInJson(media: Media): { readonly media: Media; readonly videoId?: string } {
  return media.provider === 'youtube' ? { videoId: media.id, media } : { media };
}
