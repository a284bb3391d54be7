import { describe, expect, test } from 'vitest';
import { decide } from '../../src/matching/decide.ts';
import { scoreCandidates } from '../../src/matching/score.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import type { Track } from '../../src/tracks/track.ts';
import { ofVideo, upload } from '../helpers/media.ts';

const track: Track = { artists: ['Some Band'], artist: 'Some Band', track: 'Song', durationMs: 210_000 };

function onSoundCloud(id: string, more: Partial<Candidate> = {}): Candidate {
  return {
    media: upload(id),
    url: `https://soundcloud.com/${id}`,
    title: 'Song',
    kind: 'audio',
    place: 'SoundCloud',
    artists: [],
    channel: 'Some Band',
    durationMs: 210_000,
    ...more,
  };
}

function decideOn(candidates: readonly Candidate[], asked: Track = track) {
  const finds = candidates.map((candidate, rank) => ({ candidate, rank }));
  return decide(asked, scoreCandidates(asked, finds), 1);
}

describe('an upload on SoundCloud', () => {
  test("is sure on the artist's own account, and says where it is", () => {
    const match = decideOn([onSoundCloud('some-band/song')]);
    expect(match).toMatchObject({ decision: 'sure', pick: { media: upload('some-band/song') } });
    expect(match.reasons).toContain('on SoundCloud');
  });

  test.each(['somebody with taste', 'Some Label'])('is never sure on the account of %s', (channel) => {
    const match = decideOn([onSoundCloud('x/song', { title: 'Some Band - Song', channel })]);
    expect(match.decision).toBe('unsure');
    expect(match.reasons[0]).toBe("on SoundCloud, and not on the artist's own account");
  });

  test('is never sure where it lasts as long as a preview, also where the length of the track is not known', () => {
    const { durationMs, ...unknown } = track;
    const preview = onSoundCloud('some-band/song', { durationMs: 30_000 });
    expect(durationMs).toBeGreaterThan(0);
    expect(decideOn([preview], unknown)).toMatchObject({
      decision: 'unsure',
      reasons: expect.arrayContaining(['on SoundCloud, probably a 30 s preview']) as string[],
    });
    expect(decideOn([preview]).decision).toBe('none');
  });

  test('of another version is not taken', () => {
    const match = decideOn([onSoundCloud('some-band/remix', { title: 'Song (Bedroom Remix)' })]);
    expect(match.decision).not.toBe('sure');
  });

  test('comes after the song itself and after a video of the same name', () => {
    const song: Candidate = {
      ...ofVideo('songsongson'),
      title: 'Song',
      kind: 'song',
      artists: ['Some Band'],
      durationMs: 210_000,
    };
    const video: Candidate = {
      ...song,
      ...ofVideo('videovideov'),
      kind: 'video',
      artists: [],
      channel: 'Some Band',
    };
    for (const other of [song, video]) {
      const scored = scoreCandidates(track, [
        { candidate: onSoundCloud('some-band/song'), rank: 0 },
        { candidate: other, rank: 0 },
      ]);
      expect(scored[0]?.candidate.media).toEqual(other.media);
    }
  });
});
