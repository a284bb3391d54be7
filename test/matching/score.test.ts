import { describe, expect, test } from 'vitest';
import { scoreCandidates } from '../../src/matching/score.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import { ofVideo } from '../helpers/media.ts';

const track: Track = {
  artists: ['The Smashing Pumpkins'],
  artist: 'The Smashing Pumpkins',
  track: '1979',
  album: 'Mellon Collie and the Infinite Sadness (Deluxe Edition)',
  durationMs: 266_000,
};

function upload(title: string, more: Partial<Candidate> = {}): Candidate {
  return {
    ...ofVideo(title.padEnd(11, '-').slice(0, 11)),
    title,
    kind: 'video',
    artists: [],
    durationMs: 266_000,
    ...more,
  };
}

function song(title: string, more: Partial<Candidate> = {}): Candidate {
  return upload(title, { kind: 'song', artists: ['The Smashing Pumpkins'], ...more });
}

function score(
  candidate: Candidate,
  more: Partial<Track> = {},
  place: { rank?: number; byIsrc?: boolean } = {},
) {
  const [scored] = scoreCandidates({ ...track, ...more }, [{ candidate, rank: 0, ...place }]);
  if (scored === undefined) throw new Error('one candidate, one score');
  return scored;
}

describe('the score of a candidate', () => {
  test.each([
    ['its title agrees', upload('The Smashing Pumpkins - 1979'), upload('The Smashing Pumpkins - Zero')],
    ['its artist agrees', song('1979'), song('1979', { artists: ['Somebody Else'] })],
    ['its length agrees', song('1979'), song('1979', { durationMs: 280_000 })],
    [
      'its album agrees',
      song('1979', { album: 'Mellon Collie and the Infinite Sadness' }),
      song('1979', { album: 'Rotten Apples' }),
    ],
    ['it does not say live', song('1979'), song('1979 (Live)')],
    [
      'its album does not say live',
      song('1979', { album: 'Hits' }),
      song('1979', { album: 'Live in Chicago' }),
    ],
    [
      'the channel is the artist’s own',
      upload('1979', { channel: 'The Smashing Pumpkins - Topic' }),
      upload('1979', { channel: 'Grunge Fan' }),
    ],
    [
      'the channel is verified',
      upload('Smashing Pumpkins - 1979', { channelVerified: true, channel: 'X' }),
      upload('Smashing Pumpkins - 1979', { channel: 'X' }),
    ],
    [
      'more people saw it',
      upload('Smashing Pumpkins - 1979', { viewCount: 9_000_000 }),
      upload('Smashing Pumpkins - 1979', { viewCount: 90 }),
    ],
    [
      'nobody else plays',
      upload('Smashing Pumpkins - 1979'),
      upload('Garage Band - 1979 (Smashing Pumpkins)'),
    ],
    ['it has no stranger as a guest', song('1979'), song('1979 (feat. Somebody Else)')],
  ])('is higher when %s', (_, better, worse) => {
    expect(score(better).points).toBeGreaterThan(score(worse).points);
  });

  test('is higher when the search for the ISRC found it, and for the first of the results', () => {
    expect(score(song('1979'), {}, { byIsrc: true }).points).toBeGreaterThan(score(song('1979')).points);
    expect(score(song('1979')).points).toBeGreaterThan(score(song('1979'), {}, { rank: 9 }).points);
  });

  test('forgives an official video a scene before the song, not a user’s upload', () => {
    const [official, users] = [
      upload('1979', { kind: 'official-video', durationMs: 300_000, artists: ['The Smashing Pumpkins'] }),
      upload('The Smashing Pumpkins - 1979', { durationMs: 300_000 }),
    ];
    expect(score(official).points).toBeGreaterThan(score(users).points);
  });

  test('takes explicit and clean for two recordings, and views for nothing beside that', () => {
    const clean = song('1979', { explicit: false, viewCount: 1e9 });
    expect(score(song('1979', { explicit: true }), { explicit: true }).points).toBeGreaterThan(
      score(clean, { explicit: true }).points,
    );
    expect(score(clean, { explicit: true }).objections).toEqual(['not the explicit version']);
  });

  test('gives every term a reason in words', () => {
    const { reasons } = score(song('1979 (Live)', { durationMs: 300_000, album: 'Hits' }));
    expect(reasons).toEqual([
      'title matches',
      'by The Smashing Pumpkins',
      'says "live"',
      '34 s longer',
      'from another album, "Hits"',
      'official audio',
    ]);
  });

  test('stays between 0 and 1 and does not mind missing fields', () => {
    const bare: Candidate = { ...ofVideo('aaaaaaaaaaa'), title: '', kind: 'video', artists: [] };
    const { confidence } = score(bare, { artists: [], artist: '', track: '' });
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });
});

describe('the official song and its own Topic video', () => {
  const asked = { artists: ['Greta Hallam'], artist: 'Greta Hallam', track: 'River' };
  const song: Candidate = {
    ...ofVideo('song'),
    title: 'River',
    kind: 'song',
    artists: ['Greta Hallam'],
    durationMs: 200_000,
  };
  const topic: Candidate = {
    ...ofVideo('topic'),
    title: 'River',
    kind: 'video',
    artists: [],
    channel: 'Greta Hallam - Topic',
    durationMs: 200_400,
  };
  const both = (track: Track, songs: Partial<Candidate>, rank: number, topics: Partial<Candidate> = {}) => {
    const finds = [
      { candidate: { ...song, ...songs }, rank },
      { candidate: { ...topic, ...topics }, rank: 0 },
    ];
    const scored = scoreCandidates(track, finds);
    const alone = scoreCandidates(track, finds.slice(0, 1))[0];
    return {
      first: scored[0]?.candidate.media.id,
      song: scored.find((one) => one.candidate.kind === 'song'),
      alone,
    };
  };

  test.each(
    [undefined, 200_000, 204_000, 215_000, 260_000].flatMap((durationMs) =>
      [undefined, 'River Songs', 'Hits'].flatMap((album) =>
        [0, 3, 15].map((rank) => [durationMs, album, rank] as const),
      ),
    ),
  )('asked for %s ms of album %s, found at place %s: the song comes first', (durationMs, album, rank) => {
    const track = {
      ...asked,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(album === undefined ? {} : { album }),
    };
    expect(both(track, { album: 'River Songs' }, rank).first).toBe('song');
  });

  test('the song is as likely as the video, and says why', () => {
    const { song: lifted, alone } = both(asked, {}, 0);
    expect(lifted?.confidence).toBeGreaterThan(alone?.confidence ?? 1);
    expect(lifted?.reasons).toContain("on Greta Hallam's own channel");
  });

  test.each([
    ['of another title', {}, { title: 'River (Live)' }],
    ['of another length', {}, { durationMs: 230_000 }],
    ["of somebody else's", {}, { channel: 'Sigur Kettle - Topic' }],
    ['beside a song that objects', { explicit: false }, {}],
  ])('a Topic video %s changes nothing', (_what, songs, topics) => {
    const { song: lifted, alone } = both({ ...asked, explicit: true }, songs, 0, topics);
    expect(lifted?.points).toBe(alone?.points);
  });
});
