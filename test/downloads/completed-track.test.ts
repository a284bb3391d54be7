import { describe, expect, test } from 'vitest';
import { completedTrack } from '../../src/downloads/completed-track.ts';
import { workOf, type Work } from '../../src/downloads/work.ts';
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

function downloaded(track: Track, title: string | undefined, channel?: string): Work {
  const work = workOf({ position: 0, list: 0, track, chosen: true, outcome: undefined });
  const candidate = { media, url, title: track.track, kind: 'video' as const, artists: track.artists };
  work.candidates = [{ candidate, confidence: 1 }];
  work.made = { downloaded: { path: 'x', codec: 'opus', durationMs: 1000, title, channel } };
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
