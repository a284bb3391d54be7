import { describe, expect, test } from 'vitest';
import { lengthFault } from '../../src/matching/real-length.ts';
import type { Candidate, UploadKind } from '../../src/matching/candidate.ts';
import { ofVideo } from '../helpers/media.ts';

const upload = (kind: UploadKind, title = 'Some Band - Song'): Candidate => ({
  ...ofVideo('aaaaaaaaaaa'),
  title,
  kind,
  artists: [],
});
const track = (seconds: number | undefined) => ({
  artists: ['Some Band'],
  artist: 'Some Band',
  track: 'Song',
  ...(seconds === undefined ? {} : { durationMs: seconds * 1000 }),
});

describe('a file of another length than the track', () => {
  test.each([
    // Track, file (s), kind of upload, whether it is right.
    [210, 210, 'song', true],
    [210, 214, 'song', true],
    [210, 205, 'song', true],
    [210, 219, 'song', false],
    [210, 200, 'song', false],
    [210, 222, 'user-video', true],
    [210, 222, 'video', true],
    [210, 240, 'video', false],
    [210, 175, 'user-video', false],
    [210, 250, 'official-video', true],
    [210, 290, 'official-video', false],
    // Scenes make it longer, never shorter.
    [210, 180, 'official-video', false],
    [210, 36_000, 'user-video', false],
    [210, 30, 'song', false],
    // Short ones.
    [6, 6.4, 'song', true],
    [6, 8.9, 'user-video', true],
    [6, 10, 'user-video', false],
    [6, 29, 'official-video', false],
  ] as const)('of %i s that lasts %i s (%s): right is %s', (wanted, real, kind, isRight) => {
    expect(lengthFault(track(wanted), upload(kind), real * 1000) === undefined).toBe(isRight);
  });

  test('may be longer where the title calls it an official video', () => {
    const official = upload('video', 'Some Band - Song (Official Video)');
    expect(lengthFault(track(210), official, 240_000)).toBeUndefined();
  });

  test('is told in minutes', () => {
    expect(lengthFault(track(210), upload('song'), 61_000)).toBe("it's 1:01 long, the song 3:30");
  });

  test.each([undefined, 0])('has no fault where the track says %s', (seconds) => {
    expect(lengthFault(track(seconds), upload('song'), 61_000)).toBeUndefined();
  });
});
