import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { YouTubeStandIn } from '../stand-ins/youtube-stand-in.ts';
import { rightId, shortTrack, standInFor } from './run-ytdlp.ts';

const songs = 'EgWKAQIIAWoMEA4QChADEAQQCRAF';
const videos = 'EgWKAQIQAWoMEA4QChADEAQQCRAF';
const track = shortTrack('Rude Song', {
  artists: ['Some Band', 'A Guest'],
  artist: 'Some Band, A Guest',
  album: 'An Album',
  explicit: true,
  isrc: 'ZZDEM2600001',
});

let youtube: YouTubeStandIn;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ youtube, end } = await standInFor([track]));
});
afterAll(() => end());
beforeEach(() => {
  youtube.failures.clear();
  youtube.requests.clear();
});

async function ask(query: string, params?: string): Promise<Response> {
  const context = { client: { clientName: 'WEB_REMIX', clientVersion: '1.20260707.12.00', hl: 'en' } };
  return fetch(`${youtube.musicUrl}/youtubei/v1/search`, {
    method: 'POST',
    body: JSON.stringify({ context, query, params }),
  });
}

/** All values of a key, wherever it stands. */
function allOf(key: string, json: unknown): unknown[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) => [
    ...(name === key ? [value] : []),
    ...allOf(key, value),
  ]);
}

describe('YouTube Music’s search', () => {
  test('filtered for songs has rows of songs only, with artists, album, length and the explicit badge', async () => {
    const json: unknown = await (await ask('some band rude song', songs)).json();

    const [first] = allOf('musicResponsiveListItemRenderer', json);
    expect(allOf('text', first).filter((text) => typeof text === 'string')).toEqual([
      ...['Rude Song', 'Some Band', ' & ', 'A Guest', ' • ', 'An Album', ' • ', '0:04'],
    ]);
    expect(allOf('pageType', first)).toEqual([
      'MUSIC_PAGE_TYPE_ARTIST',
      'MUSIC_PAGE_TYPE_ARTIST',
      'MUSIC_PAGE_TYPE_ALBUM',
    ]);
    expect(allOf('iconType', first)).toEqual(['MUSIC_EXPLICIT_BADGE']);
    expect(new Set(allOf('musicVideoType', json))).toEqual(new Set(['MUSIC_VIDEO_TYPE_ATV']));
    expect(youtube.requests.all).toMatchObject([{ kind: 'music', filter: songs, status: 200 }]);
  });

  test('filtered for videos has official and user videos only', async () => {
    const json: unknown = await (await ask('some band rude song', videos)).json();

    expect(new Set(allOf('musicVideoType', json))).toEqual(
      new Set(['MUSIC_VIDEO_TYPE_OMV', 'MUSIC_VIDEO_TYPE_UGC']),
    );
  });

  test('unfiltered for an ISRC has the recording in a card of its own', async () => {
    const json: unknown = await (await ask('zzdem2600001')).json();

    const [card] = allOf('musicCardShelfRenderer', json);
    expect(allOf('videoId', card)).toContain(rightId(youtube));
    expect(allOf('videoId', allOf('musicShelfRenderer', json))).not.toContain(rightId(youtube));
  });

  test('has no rows where it finds nothing', async () => {
    const json: unknown = await (await ask('nothing of the kind', songs)).json();

    expect(allOf('musicResponsiveListItemRenderer', json)).toEqual([]);
  });

  test('can have broken rows among the good ones', async () => {
    youtube.failures.add({ failure: 'parts-missing', on: 'music' });

    const json: unknown = await (await ask('some band rude song', songs)).json();

    const rows = allOf('musicResponsiveListItemRenderer', json);
    expect(rows[0]).toEqual({});
    expect(allOf('videoId', rows)).toContain(rightId(youtube));
  });

  test.each([
    { failure: 'forbidden', status: 403, type: 'application/json; charset=UTF-8' },
    { failure: 'too-many-requests', status: 429, type: 'application/json; charset=UTF-8' },
    { failure: 'html', status: 200, type: 'text/html; charset=utf-8' },
  ] as const)('can be blocked: $failure', async ({ failure, status, type }) => {
    youtube.failures.add({ failure, on: 'music', times: 1 });

    const blocked = await ask('rude song', songs);

    expect([blocked.status, blocked.headers.get('content-type')]).toEqual([status, type]);
    expect((await ask('rude song', songs)).status).toBe(200);
  });

  test('can answer with half a JSON', async () => {
    youtube.failures.add({ failure: 'rubbish', on: 'music' });

    await expect((await ask('rude song', songs)).json()).rejects.toThrow(SyntaxError);
  });

  test('can break the connection', async () => {
    youtube.failures.add({ failure: 'reset', on: 'music' });

    await expect(ask('rude song', songs)).rejects.toThrow('fetch failed');
  });

  test('refuses what YouTube would not understand', async () => {
    const answer = await fetch(`${youtube.musicUrl}/youtubei/v1/search`, { method: 'POST', body: '{}' });

    expect(answer.status).toBe(404);
    expect(youtube.requests.count('other')).toBe(1);
  });
});
