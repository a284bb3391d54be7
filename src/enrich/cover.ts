import type { Http } from '../system/http.ts';
import { isPublicAddress, literalAddress } from '../system/public-address.ts';
import { createRecent } from '../system/recent.ts';
import type { Cover, Enricher, EnricherParts } from './enricher.ts';

/** The front cover that the source or the upload names. */
export function createCoverEnricher({ http, services }: Pick<EnricherParts, 'http' | 'services'>): Enricher {
  const covers = createCovers(http, services);
  return {
    name: 'cover',
    isWanted: ({ metadataTemplate, embedMetadata }) => embedMetadata && metadataTemplate === 'comprehensive',
    async find({ coverUrls }, signal) {
      for (const url of coverUrls) {
        const cover = await covers.get(url, signal);
        if (cover !== undefined) return { cover };
      }
      return {};
    },
  };
}

const mostBytes = 10 * 2 ** 20;
const kept = 32;

/**
 * Fetches covers; a list of one album asks once. A cover that cannot be had is no failure of the track. Lists of any
 * origin name the addresses, so none may lead into the user's own network.
 */
export interface Covers {
  get(url: string, signal: AbortSignal): Promise<Cover | undefined>;
}

/** @param services the services that the user has set; where one runs in the own network, its covers are there too */
export function createCovers(http: Http, services: readonly string[] = []): Covers {
  const except = services.filter(isInOwnNetwork).map((url) => new URL(url).origin);
  const recent = createRecent<Promise<Cover | undefined>>(kept);
  async function fetch(url: string, signal: AbortSignal): Promise<Cover | undefined> {
    try {
      const { status, body } = await http.request({
        url,
        signal,
        maxBytes: mostBytes,
        timeoutMs: 10_000,
        redirects: 3,
        publicOnly: { except },
      });
      return status === 200 ? asCover(body) : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }
  return {
    get(url, signal) {
      if (!/^https?:\/\//.test(url)) return Promise.resolve(undefined);
      return recent(url, () => fetch(url, signal));
    },
  };
}

/** A name other than localhost is asked for when it is connected to, as that of any cover. */
function isInOwnNetwork(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  const literal = literalAddress(target);
  return target.hostname === 'localhost' || (literal !== undefined && !isPublicAddress(literal));
}

/** By its first bytes, whatever the server calls it. */
export function asCover(data: Buffer): Cover | undefined {
  if (data.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return { mimeType: 'image/jpeg', data };
  if (data.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])))
    return { mimeType: 'image/png', data };
  return undefined;
}
