import type { Http } from '../system/http.ts';
import { createRecent } from '../system/recent.ts';
import { asCover } from './cover.ts';
import type { Cover } from './enricher.ts';
import { answersOf, type ServiceMemory } from './service.ts';

/** Front covers of MusicBrainz' releases: for songs that have no other. */
export interface CoverArtArchive {
  /**
   * That of the release, else that of its group; undefined where there's none, or it can't be had now. At 500 pixels, as
   * JPEG or PNG. @throws the signal's reason
   */
  front(
    release: { readonly releaseId: string; readonly groupId: string | undefined },
    signal: AbortSignal,
  ): Promise<Cover | undefined>;
}

export interface CoverArtArchiveParts {
  readonly http: Http;
  readonly services: Pick<ServiceMemory, 'load' | 'save'>;
  /** https://coverartarchive.org */
  readonly url: string;
  readonly userAgent: string;
}

const mostBytes = 10 * 2 ** 20;
const mostRedirects = 5;
/** Songs of an album come one after the other. */
const kept = 8;

export function createCoverArtArchive({
  http,
  services,
  url,
  userAgent,
}: CoverArtArchiveParts): CoverArtArchive {
  const base = url.replace(/\/+$/, '');
  const cache = answersOf(services, `covers ${url}`);
  const recent = createRecent<Promise<Cover | undefined>>(kept);

  async function fetch(path: string, signal: AbortSignal): Promise<Cover | undefined> {
    if (cache.load(path)?.kind === 'none') return undefined;
    try {
      const { status, body } = await http.request({
        url: `${base}/${path}`,
        signal,
        headers: { 'user-agent': userAgent },
        maxBytes: mostBytes,
        timeoutMs: 20_000,
        redirects: mostRedirects,
        mayRedirect: (_, to) => isArchive(to, base),
      });
      if (status === 404) cache.save(path, { kind: 'none', value: undefined });
      return status === 200 ? asCover(body) : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  return {
    async front({ releaseId, groupId }, signal) {
      const paths = [
        `release/${releaseId}/front-500`,
        ...(groupId === undefined ? [] : [`release-group/${groupId}/front-500`]),
      ];
      for (const path of paths) {
        const cover = await recent(path, () => fetch(path, signal));
        if (cover !== undefined) return cover;
      }
      return undefined;
    },
  };
}

/** The pictures are at the Internet Archive, on one of many hosts. */
function isArchive(to: URL, base: string): boolean {
  if (to.origin === new URL(base).origin) return true;
  return to.protocol === 'https:' && /^(?:coverartarchive\.org|(?:[\w-]+\.)*archive\.org)$/.test(to.hostname);
}
