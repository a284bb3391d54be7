import type { ErrorLine } from './failures.ts';

/** One video or upload to be downloaded: the provider's id for it, and its page. */
export interface Request {
  readonly id: string;
  readonly url: string;
}

/** Tells which request a line of yt-dlp's is about. */
export interface Whose {
  /**
   * Of a line on stdout.
   * @param url what yt-dlp was given, where the line says so
   * @returns the request's id, or yt-dlp's own where nobody asked for it
   */
  told(ytDlpId: string, url: string | undefined): string;
  /**
   * Of an error.
   * @param isNext whether a request has not been begun and not ended
   * @returns undefined where that cannot be told
   */
  failed(error: Pick<ErrorLine, 'by' | 'id'>, isNext: (id: string) => boolean): string | undefined;
}

/** Who of yt-dlp calls what it reads by another name than is used here. */
const byPath = /^soundcloud\b/;

/**
 * A video's id is the same for YouTube and for yt-dlp. An upload on SoundCloud is known here by the path of its page
 * ("artist/title"), and yt-dlp calls it by that path or by a number. Pure but for what it remembers.
 */
export function createWhose(requests: readonly Request[]): Whose {
  const ids = new Set(requests.map(({ id }) => id));
  const byPage = new Map(requests.map(({ id, url }) => [url, id]));
  const byNumber = new Map<string, string>();
  const known = (ytDlpId: string): string | undefined => (ids.has(ytDlpId) ? ytDlpId : byNumber.get(ytDlpId));
  return {
    told(ytDlpId, url) {
      const id = url === undefined ? undefined : byPage.get(url);
      if (id !== undefined && !ids.has(ytDlpId)) byNumber.set(ytDlpId, id);
      return known(ytDlpId) ?? ytDlpId;
    },
    failed({ by, id: ytDlpId }, isNext) {
      if (ytDlpId !== undefined) {
        const id = known(ytDlpId);
        if (id !== undefined) return id;
        // Without the secret of a private link.
        const withSecret = requests.find((request) => request.id.startsWith(`${ytDlpId}/`));
        if (withSecret !== undefined) return withSecret.id;
      }
      if (by === undefined || !byPath.test(by)) return ytDlpId;
      // It goes from page to page in order, so a number not heard of before, or none, is the next page's.
      return requests.find((request) => isNext(request.id))?.id ?? ytDlpId;
    },
  };
}
