import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import type { MediaList, Provider } from '../../src/providers/provider.ts';
import { createSoundCloud } from '../../src/providers/soundcloud/soundcloud.ts';
import { createYouTube } from '../../src/providers/youtube/youtube.ts';
import { createLinkSource } from '../../src/sources/provider-link.ts';
import { failureOf } from './failure-of.ts';

const signal = new AbortController().signal;

const nobody = () => Promise.reject(new HarmoniError('internal', 'Nothing is to be asked here.'));
const youTube = createYouTube({
  http: { request: nobody, close: () => Promise.resolve() },
  musicUrl: '',
  ytDlp: nobody,
  silenceMs: 0,
});
const soundCloud = createSoundCloud({ ytDlp: nobody, silenceMs: 0 });

/** The source of a provider whose links lead to what is given. */
function sourceOf(answer: MediaList, provider: Provider = youTube) {
  return createLinkSource({ ...provider, readList: () => Promise.resolve(answer) });
}

const video = {
  id: 'fJ9rUzIMcZQ',
  title: 'Queen – Bohemian Rhapsody (Official Video Remastered)',
  channel: 'Queen Official',
  durationMs: 360_000,
};

describe('a link to a video', () => {
  test('gives one song, straight into the library', async () => {
    const source = sourceOf({ name: video.title, entries: [video] });
    const lists = await source.read('https://www.youtube.com/watch?v=fJ9rUzIMcZQ', { signal });
    expect(lists).toMatchObject([
      {
        folder: 'library',
        skipped: [],
        tracks: [{ artist: 'Queen', durationMs: 360_000, media: { provider: 'youtube', id: 'fJ9rUzIMcZQ' } }],
      },
    ]);
    expect(lists[0]?.tracks[0]?.extra).toEqual({
      YOUTUBE_TITLE: video.title,
      YOUTUBE_CHANNEL: 'Queen Official',
    });
  });
});

test('a link to a video that is gone has a remedy for links, not for songs', async () => {
  const failing = () => Promise.reject(new HarmoniError('video-unavailable', 'It is gone.'));
  const source = createLinkSource({ ...youTube, readList: failing });
  const reading = source.read('https://www.youtube.com/watch?v=fJ9rUzIMcZQ', { signal });
  await expect(reading).rejects.toMatchObject({ code: 'video-unavailable', fix: 'Check the link.' });
});

describe('a link to a playlist', () => {
  test('gives its videos, and says which are gone', async () => {
    const source = sourceOf({
      name: 'Best\u001b of Queen',
      origin: 'youtube:playlist:PLabcdef12345',
      entries: [
        video,
        { id: 'aaaaaaaaaaa', title: '[Private video]' },
        { id: 'bbbbbbbbbbb', title: '[Deleted video]' },
        { id: 'ccccccccccc', title: '' },
        { id: 'ddddddddddd', title: 'Don’t Stop Me Now', channel: 'QueenVEVO' },
      ],
    });
    const [list] = await source.read('youtube.com/playlist?list=PLabcdef12345', { signal });
    expect(list).toMatchObject({
      name: 'Best of Queen',
      origin: 'youtube:playlist:PLabcdef12345',
      folder: 'own',
    });
    expect(list?.tracks.map(({ artist, media }) => [artist, media?.id])).toEqual([
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
    const source = sourceOf({
      name: 'Gone',
      origin: 'youtube:playlist:PLabcdef12345',
      entries: [{ id: 'aaaaaaaaaaa', title: '[Private video]' }],
    });
    expect(
      await failureOf(source.read('https://youtube.com/playlist?list=PLabcdef12345', { signal })),
    ).toMatchObject({
      code: 'source-empty',
      message: 'Gone has no songs. Its only row is: a private video (1).',
    });
  });
});

describe('a SoundCloud link', () => {
  test('gives the upload as it is called there, to be downloaded without a search', async () => {
    const entry = {
      id: 'some-band/song',
      title: 'Some Band - Song',
      channel: 'Some Band',
      durationMs: 200_000,
    };
    const source = sourceOf({ name: entry.title, entries: [entry] }, soundCloud);
    const [list] = await source.read('https://soundcloud.com/some-band/song', { signal });
    expect(list).toMatchObject({
      name: 'Some Band - Song',
      folder: 'library',
      tracks: [
        {
          artists: ['Some Band'],
          track: 'Song',
          media: { provider: 'soundcloud', id: 'some-band/song' },
          extra: { SOUNDCLOUD_TITLE: 'Some Band - Song', SOUNDCLOUD_CHANNEL: 'Some Band' },
        },
      ],
    });
  });

  test('of a set names what it cannot read', async () => {
    const entries = [
      { id: 'some-band/song', title: 'Song', channel: 'Some Band' },
      { id: '12345', title: '' },
    ];
    const origin = 'soundcloud:set:some-band/album';
    const [list] = await sourceOf({ name: '', origin, entries }, soundCloud).read('x', { signal });
    expect(list).toMatchObject({ name: 'SoundCloud', origin, folder: 'own' });
    expect(list?.skipped).toEqual([
      {
        row: 2,
        reason: 'a track without a title: probably private or deleted',
        text: 'https://api.soundcloud.com/tracks/12345',
      },
    ]);
  });
});

test.each([
  [youTube, 'https://www.youtube.com/@queen', 'not to channels'],
  [soundCloud, 'https://soundcloud.com/some-band/likes', 'not to artists'],
])('a link of another kind is accepted, to be refused with the reason', async (provider, link, reason) => {
  const source = createLinkSource(provider);
  expect(await source.accepts(link)).toBe(true);
  const failure = await failureOf(source.read(link, { signal }));
  expect(failure.code).toBe('source-not-understood');
  expect(failure.message).toContain(reason);
});

test('a failure of the provider is passed on', async () => {
  const readList = () => Promise.reject(new HarmoniError('video-private', 'The video is private.'));
  const source = createLinkSource({ ...youTube, readList });
  expect(await failureOf(source.read('https://youtu.be/fJ9rUzIMcZQ', { signal }))).toMatchObject({
    code: 'video-private',
  });
});
