import { describe, expect, test } from 'vitest';
import {
  parseYouTubeLink,
  youtubeIdOf,
  youtubePlaylistUrl,
  youtubeUrl,
} from '../../../src/providers/youtube/links.ts';

const id = 'fJ9rUzIMcZQ';
const list = 'PLMC9KNkIncKtPzgY-5rmhvj7fax8fdxoj';

describe('a link to one video', () => {
  test.each([
    `https://www.youtube.com/watch?v=${id}`,
    `http://youtube.com/watch?v=${id}&t=42s`,
    `https://www.youtube.com/watch?v=${id}&list=${list}&index=3`,
    `https://www.youtube.com/watch?list=${list}&v=${id}`,
    `m.youtube.com/watch?v=${id}`,
    `https://music.youtube.com/watch?v=${id}&list=RDAMVM${id}`,
    `https://youtu.be/${id}?si=abc`,
    `youtu.be/${id}`,
    `https://www.youtube.com/shorts/${id}`,
    `https://www.youtube.com/embed/${id}?autoplay=1`,
    `https://www.youtube-nocookie.com/embed/${id}`,
    `https://www.youtube.com/live/${id}?feature=share`,
    `https://www.youtube.com/v/${id}`,
    `  HTTPS://WWW.YOUTUBE.COM/watch?v=${id}  `,
  ])('%s', (text) => {
    expect(parseYouTubeLink(text)).toEqual({ kind: 'video', videoId: id });
  });
});

describe('a link to a playlist', () => {
  test.each([
    [`https://www.youtube.com/playlist?list=${list}`, list],
    [
      `https://music.youtube.com/playlist?list=OLAK5uy_lbZyfa7BB0m8r8GSdcnAJ7lgX9U4OmsEQ`,
      'OLAK5uy_lbZyfa7BB0m8r8GSdcnAJ7lgX9U4OmsEQ',
    ],
    [`https://music.youtube.com/browse/VL${list}`, list],
    [`https://www.youtube.com/embed/videoseries?list=${list}`, list],
    [`https://www.youtube.com/watch?list=${list}`, list],
    ['https://www.youtube.com/playlist?list=LL', 'LL'],
  ])('%s', (text, playlistId) => {
    expect(parseYouTubeLink(text)).toEqual({ kind: 'playlist', playlistId });
  });
});

test.each([
  'https://www.youtube.com/@queen',
  'https://www.youtube.com/channel/UCiMhD4jzUqG-IgPzUmmytRQ',
  'https://www.youtube.com/results?search_query=queen',
  'https://www.youtube.com/',
  'https://www.youtube.com/watch?v=short',
  `https://www.youtube.com/watch?v=${id}x`,
  'https://youtu.be/',
  'https://www.youtube.com/playlist?list=--exec',
  'https://www.youtube.com/playlist',
])('%s is of YouTube, but nothing to download', (text) => {
  expect(parseYouTubeLink(text)).toMatchObject({ kind: 'unsupported' });
});

test.each([
  'https://example.com/watch?v=fJ9rUzIMcZQ',
  'https://youtube.com.example.com/watch?v=fJ9rUzIMcZQ',
  'https://notyoutube.com/watch?v=fJ9rUzIMcZQ',
  'Queen - youtube.com',
  'Queen',
  '',
])('%j is no link of YouTube', (text) => {
  expect(parseYouTubeLink(text)).toBeUndefined();
});

test('addresses lead back to what they are of', () => {
  expect(parseYouTubeLink(youtubeUrl(id))).toEqual({ kind: 'video', videoId: id });
  expect(parseYouTubeLink(youtubePlaylistUrl(list))).toEqual({ kind: 'playlist', playlistId: list });
  expect([youtubeIdOf(id), youtubeIdOf(`https://youtu.be/${id}`), youtubeIdOf('Queen')]).toEqual([
    id,
    id,
    undefined,
  ]);
});
