import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

/** What a request to the stand-in is about. `music` is YouTube Music's search, `search` plain YouTube's. */
export type RequestKind =
  'search' | 'music' | 'player' | 'next' | 'browse' | 'resolve' | 'media' | 'picture' | 'other';

/** A request to the stand-in, understood. What a kind does not have is absent. */
export interface YouTubeCall {
  readonly kind: RequestKind;
  readonly videoId?: string | undefined;
  readonly query?: string | undefined;
  /** The filter of a search. */
  readonly params?: string | undefined;
  /** The page of which yt-dlp wants to know what it is. */
  readonly address?: string | undefined;
  readonly browseId?: string | undefined;
  readonly itag?: string | undefined;
  /** The parameter and the header, of a request for sound. */
  readonly range?: string | undefined;
  readonly rangeHeader?: string | undefined;
}

const mostBodyBytes = 64 * 1024;

const word = z.string().optional();
const bodySchema = z.object({
  context: z.object({ client: z.object({ clientName: z.string() }) }),
  query: word,
  params: word,
  videoId: word,
  browseId: word,
  url: word,
});

const kinds: Readonly<Record<string, RequestKind>> = {
  search: 'search',
  player: 'player',
  next: 'next',
  browse: 'browse',
  'navigation/resolve_url': 'resolve',
};

/** Reads what is asked; a request that YouTube would not understand is of the kind `other`. */
export async function readCall(request: IncomingMessage): Promise<YouTubeCall> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const parameter = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  if (request.method === 'GET' && pathname === '/videoplayback') {
    return {
      kind: 'media',
      videoId: parameter('id'),
      itag: parameter('itag'),
      range: parameter('range'),
      rangeHeader: request.headers.range,
    };
  }
  const [, pictured] = /^\/vi\/([\w-]{11})\/\w+\.jpg$/.exec(pathname) ?? [];
  if (request.method === 'GET' && pictured !== undefined) return { kind: 'picture', videoId: pictured };
  const kind = kinds[pathname.replace('/youtubei/v1/', '')];
  const body = bodySchema.safeParse(await readJson(request));
  if (request.method !== 'POST' || kind === undefined || !body.success) return { kind: 'other' };
  const { context, query, params, videoId, browseId, url } = body.data;
  const isMusic = kind === 'search' && context.client.clientName === 'WEB_REMIX';
  return { kind: isMusic ? 'music' : kind, query, params, videoId, browseId, address: url };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > mostBodyBytes) return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
