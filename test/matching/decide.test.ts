import { describe, expect, test } from 'vitest';
import { decide } from '../../src/matching/decide.ts';
import { scoreCandidates } from '../../src/matching/score.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import { ofVideo } from '../helpers/media.ts';

const track: Track = { artists: ['a-ha'], artist: 'a-ha', track: 'Take On Me', durationMs: 225_000 };

function song(id: string, more: Partial<Candidate> = {}): Candidate {
  return {
    ...ofVideo(id),
    title: 'Take On Me',
    kind: 'song',
    artists: ['a-ha'],
    durationMs: 225_000,
    ...more,
  };
}

function decideOn(candidates: readonly Candidate[], more: Partial<Track> = {}) {
  const asked = { ...track, ...more };
  const finds = candidates.map((candidate, rank) => ({ candidate, rank }));
  return decide(asked, scoreCandidates(asked, finds), 1);
}

describe('the decision', () => {
  test('is sure for the recording itself', () => {
    expect(decideOn([song('one')])).toMatchObject({
      decision: 'sure',
      pick: { media: { id: 'one' } },
      requests: 1,
    });
  });

  test('stays sure beside another upload of the same recording, which is kept as acceptable', () => {
    const match = decideOn([song('one'), song('two', { durationMs: 226_000 })]);
    expect(match.decision).toBe('sure');
    expect(match.runnersUp).toMatchObject([{ candidate: { media: { id: 'two' } }, acceptable: true }]);
  });

  test('says of each upload whether it says itself that it is another version', () => {
    const match = decideOn([
      song('one', { durationMs: 236_000 }),
      song('two', { title: 'Take On Me (Live)', durationMs: 225_000 }),
      song('three', { durationMs: 240_000, artists: ['Somebody'] }),
    ]);
    const others = new Map(match.runnersUp.map((one) => [one.candidate.media.id, one.isOtherVersion]));
    expect([match.pick?.media.id, match.isOtherVersion]).toEqual(['one', false]);
    expect([others.get('two'), others.get('three')]).toEqual([true, false]);
  });

  test('says first what keeps it from being sure', () => {
    const { decision, reasons, doubts } = decideOn([
      song('one', { durationMs: 236_000, album: 'Somewhere Else' }),
    ]);
    expect(decision).toBe('unsure');
    expect(reasons[0]).toBe("it's 3:56 long, the song 3:45");
    expect(doubts).toEqual(["it's 3:56 long, the song 3:45", '11 s longer']);
  });

  test('is unsure beside another recording that fits as well, and names it', () => {
    const match = decideOn([song('one', { durationMs: 222_500 }), song('two', { durationMs: 227_500 })]);
    expect(match).toMatchObject({ decision: 'unsure', pick: { media: { id: 'one' } } });
    expect(match.reasons[0]).toBe('"Take On Me" by a-ha fits almost as well');
    expect(match.runnersUp).toMatchObject([{ candidate: { media: { id: 'two' } }, acceptable: false }]);
    expect(match.runnersUp[0]?.doubts[0]).toBe('"Take On Me" by a-ha fits slightly better');
  });

  test('says of a short title without a length why it is not sure', () => {
    const river: Track = { artists: ['Greta Hallam'], artist: 'Greta Hallam', track: 'River' };
    const video = song('one', { title: 'River', kind: 'video', artists: [], channel: 'Sigur Kettle' });
    const match = decide(river, scoreCandidates(river, [{ candidate: video, rank: 3 }]), 1);
    expect(match.decision).not.toBe('sure');
    expect(match.doubts).toEqual(
      expect.arrayContaining([
        'the title is a single word',
        "the song's length isn't known",
        "the channel isn't Greta Hallam's",
      ]),
    );
    expect(match.reasons.slice(0, match.doubts.length)).toEqual(match.doubts);
  });

  test('has no doubts where it is sure', () => {
    expect(decideOn([song('one')]).doubts).toEqual([]);
  });

  test('takes uploads of much the same length for one recording where the track’s is not known', () => {
    const unknown: Track = { artists: ['a-ha'], artist: 'a-ha', track: 'Take On Me' };
    const finds = [song('one'), song('two', { durationMs: 231_000 })].map((candidate, rank) => ({
      candidate,
      rank,
    }));
    expect(decide(unknown, scoreCandidates(unknown, finds), 1).decision).toBe('sure');
  });

  test('is never sure of one that says it is another version', () => {
    const match = decideOn([song('clean', { explicit: false })], { explicit: true });
    expect(match).toMatchObject({ decision: 'unsure', pick: { media: { id: 'clean' } } });
  });

  test('is none, with a reason, when nothing fits', () => {
    const match = decideOn([song('karaoke', { title: 'Take On Me (Karaoke)', artists: ['Sing King'] })]);
    expect(match).toMatchObject({ decision: 'none', pick: null, confidence: 0 });
    expect(match.reasons[0]).toBe('the closest is "Take On Me (Karaoke)"');
    expect(match.runnersUp).toMatchObject([{ candidate: { media: { id: 'karaoke' } }, acceptable: false }]);
  });

  test('is none when nothing was found', () => {
    expect(decideOn([])).toMatchObject({
      decision: 'none',
      reasons: ['the search found nothing'],
      runnersUp: [],
    });
  });
});
