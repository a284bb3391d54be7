import { listenOnLoopback } from '../helpers/loopback.ts';

export interface CoverArtStandIn {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** The path of each request, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** What the archive has for a release or a group: a picture, or an answer of its own. */
export type Front = Buffer | { readonly status: number; readonly location?: string };

/**
 * coverartarchive.org and the Internet Archive behind it on a free port of 127.0.0.1: a front cover is a redirect to
 * archive.org, which redirects to one of its hosts; no cover is a 404.
 * @param fronts by "release/ID" or "release-group/ID"
 */
export async function startCoverArtArchive(
  fronts: Readonly<Record<string, Front>>,
): Promise<CoverArtStandIn> {
  const requests: string[] = [];
  const server = await listenOnLoopback((request, response) => {
    const path = (request.url ?? '').slice(1);
    requests.push(path);
    const [, stage = '', name = ''] =
      /^(download\/|node\/|)((?:release|release-group)\/[^/]+)/.exec(path) ?? [];
    const front = fronts[name];
    const redirect = (location: string): void => void response.writeHead(307, { location }).end('See: ...');
    if (front === undefined) response.writeHead(404).end('<!doctype html>No cover art found');
    else if (!Buffer.isBuffer(front)) {
      response
        .writeHead(front.status, front.location === undefined ? {} : { location: front.location })
        .end('busy');
    } else if (stage === '' && path.endsWith('/front-500')) redirect(`/download/${name}/1-500.jpg`);
    else if (stage === 'download/') redirect(`/node/${name}/1-500.jpg`);
    else if (stage === 'node/') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(front);
    else response.writeHead(400).end('Invalid.');
  });
  return {
    url: server.url,
    requests,
    close: () => server.close(),
  };
}
