import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { createYouTubeLinkSource, type YouTubeLinkDeps } from '../../src/sources/youtube-link.ts';
import { failureOf } from './failure-of.ts';

const signal = new AbortController().signal;

function sourceOf(answer: Awaited<ReturnType<YouTubeLinkDeps['listVideos']>>) {
  const asked: string[] = [];
  const source = createYouTubeLinkSource({
    listVideos: async (url) => {
      asked.push(url);
      return answer;
    },
  });
  return { source, asked };
}

const video = {
  id: 'fJ9rUzIMcZQ',
  title: 'Queen – Bohemian Rhapsody (Official Video Remastered)',
  channel: 'Queen Official',
  durationMs: 360_000,
};

describe('a link to a video', () => {
  test('gives one song, straight into the library', async () => {
    const { source, asked } = sourceOf({ title: video.title, videos: [video] });
    const lists = await source.read('https://www.youtube.com/watch?v=fJ9rUzIMcZQ&list=PLabcdef12345', {
      signal,
    });
    expect(asked).toEqual(['https://www.youtube.com/watch?v=fJ9rUzIMcZQ']);
    expect(lists).toMatchObject([
      {
        folder: 'library',
        skipped: [],
        tracks: [{ artist: 'Queen', durationMs: 360_000, youtubeId: 'fJ9rUzIMcZQ' }],
      },
    ]);
    expect(lists[0]?.tracks[0]?.extra).toEqual({
      YOUTUBE_TITLE: video.title,
      YOUTUBE_CHANNEL: 'Queen Official',
    });
  });
});

describe('a link to a playlist', () => {
  test('gives its videos, and says which are gone', async () => {
    const { source, asked } = sourceOf({
      title: 'Best\u001b of Queen',
      videos: [
        video,
        { id: 'aaaaaaaaaaa', title: '[Private video]' },
        { id: 'bbbbbbbbbbb', title: '[Deleted video]' },
        { id: 'ccccccccccc', title: '' },
        { id: 'ddddddddddd', title: 'Don’t Stop Me Now', channel: 'QueenVEVO' },
      ],
    });
    const [list] = await source.read('youtube.com/playlist?list=PLabcdef12345', { signal });
    expect(asked).toEqual(['https://www.youtube.com/playlist?list=PLabcdef12345']);
    expect(list).toMatchObject({ name: 'Best of Queen', folder: 'own' });
    expect(list?.tracks.map(({ artist, youtubeId }) => [artist, youtubeId])).toEqual([
      ['Queen', 'fJ9rUzIMcZQ'],
      ['Queen', 'ddddddddddd'],
    ]);
    expect(list?.skipped).toEqual([
      { row: 2, reason: 'a private video', text: 'https://www.youtube.com/watch?v=aaaaaaaaaaa' },
      { row: 3, reason: 'a deleted video', text: 'https://www.youtube.com/watch?v=bbbbbbbbbbb' },
      {
        row: 4,
        reason: 'a video without a title: probably private or deleted',
        text: 'https://www.youtube.com/watch?v=ccccccccccc',
      },
    ]);
  });

  test('with nothing left is refused with the reason', async () => {
    const { source } = sourceOf({ title: 'Gone', videos: [{ id: 'aaaaaaaaaaa', title: '[Private video]' }] });
    expect(
      await failureOf(source.read('https://youtube.com/playlist?list=PLabcdef12345', { signal })),
    ).toMatchObject({
      code: 'source-empty',
      message: 'Gone has no song. Its only row is: a private video (1).',
    });
  });
});

test('a link of another kind is accepted, to be refused with the reason', async () => {
  const { source, asked } = sourceOf({ title: '', videos: [] });
  expect(await source.accepts('https://www.youtube.com/@queen')).toBe(true);
  const failure = await failureOf(source.read('https://www.youtube.com/@queen', { signal }));
  expect(failure.code).toBe('source-not-understood');
  expect(failure.message).toContain('not of channels');
  expect(asked).toEqual([]);
});

test('a failure of YouTube is passed on', async () => {
  const source = createYouTubeLinkSource({
    listVideos: async () => {
      throw new HarmoniError('video-private', 'The video is private.');
    },
  });
  expect(await failureOf(source.read('https://youtu.be/fJ9rUzIMcZQ', { signal }))).toMatchObject({
    code: 'video-private',
  });
});
