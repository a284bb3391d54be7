import { describe, expect, test } from 'vitest';
import { completedTrack, coverUrlsOf } from '../../src/downloads/completed-track.ts';
import { workOf, type Downloaded, type Work } from '../../src/downloads/work.ts';
import type { Track } from '../../src/tracks/track.ts';

const media = { provider: 'youtube', id: 'fJ9rUzIMcZQ' };
const url = 'https://www.youtube.com/watch?v=fJ9rUzIMcZQ';
const bare: Track = {
  artists: [],
  artist: '',
  track: url,
  media,
  addedAt: '2024-01-02',
  extra: { TYPE: 'x' },
};

function downloaded(
  track: Track,
  title: string | undefined,
  channel?: string,
  more: Partial<Downloaded> = {},
): Work {
  const work = workOf({ position: 0, list: 0, track, chosen: true, outcome: undefined });
  const candidate = { media, url, title: track.track, kind: 'video' as const, artists: track.artists };
  work.candidates = [{ candidate, confidence: 1 }];
  work.made = { downloaded: { path: 'x', codec: 'opus', durationMs: 1000, title, channel, ...more } };
  return work;
}

describe('a track that is known by a link alone', () => {
  test.each([
    ['Queen - Lazy (Official Video)', 'Queen Official', ['Queen'], 'Lazy'],
    ['Lazy', 'Queen - Topic', ['Queen'], 'Lazy'],
    ['Lazy', undefined, [], 'Lazy'],
  ])('gets its names from the upload: %j of %j', (title, channel, artists, track) => {
    expect(completedTrack(downloaded(bare, title, channel))).toEqual({
      artists,
      artist: artists.join(', '),
      track,
      media,
      addedAt: '2024-01-02',
      extra: {
        TYPE: 'x',
        YOUTUBE_TITLE: title,
        ...(channel === undefined ? {} : { YOUTUBE_CHANNEL: channel }),
      },
    });
  });

  test.each([undefined, '', ' '])('keeps its link where the upload has no title (%j)', (title) => {
    expect(completedTrack(downloaded(bare, title, 'Queen'))).toMatchObject({
      track: url,
      artists: ['Queen'],
    });
  });
});

test('a track with names of its own keeps them, whatever the upload is called', () => {
  const named = { ...bare, artists: ['Queen'], artist: 'Queen', track: 'Lazy' };
  expect(completedTrack(downloaded(named, 'Other - Song', 'Somebody'))).toEqual(named);
  const titled = { ...bare, track: 'Lazy' };
  expect(completedTrack(downloaded(titled, 'Other - Song', 'Queen - Topic'))).toEqual({
    ...titled,
    artists: ['Queen'],
    artist: 'Queen',
  });
});

describe('where the service knows the song', () => {
  const music = { track: 'Lazy', artists: ['Queen', 'X'], album: 'News', releaseDate: '1977-10-28' };

  test.each([
    ['a link', bare],
    [
      'a title of a playlist',
      { ...bare, artists: ['Y'], artist: 'Y', track: 'Z', extra: { YOUTUBE_TITLE: 'Y - Z' } },
    ],
  ])('%s gets its names, album and date from there', (_, track) => {
    expect(completedTrack(downloaded(track, 'Y - Z', 'Queen', { music }))).toMatchObject({
      artists: ['Queen', 'X'],
      artist: 'Queen, X',
      track: 'Lazy',
      album: 'News',
      releaseDate: '1977-10-28',
      extra: { YOUTUBE_TITLE: 'Y - Z', YOUTUBE_CHANNEL: 'Queen' },
    });
  });

  const named: Track = { artists: ['A'], artist: 'A', track: 'T' };
  test.each([
    ['names nothing but the song', {}, { album: 'News', releaseDate: '1977-10-28' }],
    ['is from that album', { album: 'news' }, { album: 'news', releaseDate: '1977-10-28' }],
    ['has a date', { album: 'News', releaseDate: '1978' }, { album: 'News', releaseDate: '1978' }],
  ])('a song of a list that %s gets what it lacks', (_, own, expected) => {
    expect(completedTrack(downloaded({ ...named, ...own }, 'x', 'y', { music }))).toEqual({
      ...named,
      ...expected,
    });
  });

  test("an upload of SoundCloud's keeps the names that its title has: there it's the same once more", () => {
    const track = {
      ...bare,
      media: { provider: 'soundcloud', id: 'a/b' },
      track: 'https://soundcloud.com/a/b',
    };
    const work = downloaded(track, 'Y - Z', 'Queen', { music: { track: 'Y - Z', artists: [] } });
    work.candidates = work.candidates.map(({ candidate, confidence }) => ({
      candidate: { ...candidate, media: track.media },
      confidence,
    }));
    expect(completedTrack(work)).toMatchObject({ artist: 'Y', track: 'Z' });
  });

  test('a song of another album gets no date', () => {
    const track = { ...named, album: 'Greatest Hits' };
    expect(completedTrack(downloaded(track, 'x', 'y', { music }))).toEqual(track);
  });
});

describe('the cover', () => {
  const pictures = [
    'https://i/1.webp',
    'https://i/0.jpg',
    'https://i/hq.jpg?a=b',
    'https://i/x',
    'https://i/max.jpg',
  ];
  const urlsOf = (track: Track) => coverUrlsOf(downloaded(track, 'T', 'C', { pictures }), track);

  test('of a song from a link is its picture, the largest first', () => {
    expect(urlsOf(bare)).toEqual(['https://i/max.jpg', 'https://i/hq.jpg?a=b', 'https://i/0.jpg']);
  });

  test('that a list names is taken', () => {
    expect(urlsOf({ ...bare, coverUrl: 'https://own' })).toEqual(['https://own']);
  });

  test('of a song that was searched for is never the picture of a video', () => {
    expect(urlsOf({ artists: ['A'], artist: 'A', track: 'T' })).toEqual([]);
  });
});
