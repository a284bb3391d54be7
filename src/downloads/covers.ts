import type { Http } from '../system/http.ts';
import type { Cover } from './tag.ts';

const mostBytes = 10 * 2 ** 20;
const kept = 32;

/** Fetches covers; a list of one album asks once. A cover that cannot be had is no failure of the track. */
export interface Covers {
  get(url: string, signal: AbortSignal): Promise<Cover | undefined>;
}

export function createCovers(http: Http): Covers {
  const recent = new Map<string, Promise<Cover | undefined>>();
  async function fetch(url: string, signal: AbortSignal): Promise<Cover | undefined> {
    try {
      const { status, body } = await http.request({
        url,
        signal,
        maxBytes: mostBytes,
        timeoutMs: 10_000,
        redirects: 3,
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
      const found = recent.get(url) ?? fetch(url, signal);
      recent.delete(url);
      recent.set(url, found);
      const oldest = recent.keys().next().value;
      if (recent.size > kept && oldest !== undefined) recent.delete(oldest);
      return found;
    },
  };
}

/** By its first bytes, whatever the server calls it. */
export function asCover(data: Buffer): Cover | undefined {
  if (data.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return { mimeType: 'image/jpeg', data };
  if (data.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])))
    return { mimeType: 'image/png', data };
  return undefined;
}
