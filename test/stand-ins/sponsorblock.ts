import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { listenOnLoopback } from '../helpers/loopback.ts';

/** A part that somebody marked; times in seconds. */
export interface MarkedSegment {
  readonly videoID: string;
  readonly segment: readonly [number, number];
  readonly category?: string;
  readonly actionType?: string;
  readonly videoDuration?: number;
  readonly votes?: number;
}

export type SponsorBlockFault = '429' | '500' | 'html' | 'empty' | { readonly slowMs: number };

export interface SponsorBlockStandIn {
  /** The setting sponsorblock_url. */
  readonly url: string;
  readonly segments: MarkedSegment[];
  readonly requests: URL[];
  readonly faults: SponsorBlockFault[];
  close(): Promise<void>;
}

const hashOf = (videoId: string): string => createHash('sha256').update(videoId).digest('hex');

/**
 * SponsorBlock on loopback (SponsorBlockServer, getSkipSegmentsByHash): all videos whose hash begins so, and one more whose
 * segments are of every kind. Without any it answers 404.
 */
export async function startSponsorBlock(): Promise<SponsorBlockStandIn> {
  const server = await listenOnLoopback((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    standIn.requests.push(url);
    const fault = standIn.faults.shift();
    const usual = (): void => answer(standIn.segments, url, response);
    if (fault === undefined) usual();
    else if (typeof fault === 'object') setTimeout(usual, fault.slowMs);
    else if (fault === 'html') response.writeHead(200).end('<!DOCTYPE html><title>502</title>');
    else if (fault === 'empty') response.writeHead(200).end();
    else response.writeHead(Number(fault)).end('Too many requests');
  });
  const standIn: SponsorBlockStandIn = {
    url: `${server.url}/api`,
    segments: [],
    requests: [],
    faults: [],
    close: () => server.close(),
  };
  return standIn;
}

function answer(segments: readonly MarkedSegment[], url: URL, response: ServerResponse): void {
  const prefix = /^\/api\/skipSegments\/([0-9a-f]{4,32})$/i.exec(url.pathname)?.[1]?.toLowerCase();
  if (prefix === undefined) {
    response.writeHead(400).end('Hash prefix does not match format requirements.');
    return;
  }
  const list = (name: string, otherwise: string): readonly string[] =>
    JSON.parse(url.searchParams.get(name) ?? JSON.stringify([otherwise])) as string[];
  const categories = list('categories', 'sponsor');
  const actions = list('actionTypes', 'skip');
  const found = segments
    .filter(({ videoID }) => hashOf(videoID).startsWith(prefix))
    .map(({ videoID, segment, category = 'music_offtopic', actionType = 'skip', ...rest }) => ({
      videoID,
      row: {
        category,
        actionType,
        segment,
        UUID: hashOf(String(segment)),
        locked: 0,
        description: '',
        ...rest,
      },
    }))
    .filter(({ row }) => categories.includes(row.category) && actions.includes(row.actionType));
  if (found.length === 0) {
    response.writeHead(404).end('Not Found');
    return;
  }
  const byVideo = Map.groupBy(found, ({ videoID }) => videoID);
  const strangers = {
    category: 'music_offtopic',
    actionType: 'skip',
    segment: [0, 1_000],
    votes: 50,
    videoDuration: 0,
  };
  const body = [
    { videoID: 'stranger-01', segments: [strangers] },
    ...[...byVideo].map(([videoID, rows]) => ({ videoID, segments: rows.map(({ row }) => row) })),
  ];
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
