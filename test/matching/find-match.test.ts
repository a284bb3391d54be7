import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { createMatchTrack } from '../../src/matching/find-match.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import type { Finder, SearchKind } from '../../src/matching/match.ts';

const track: Track = {
  artists: ['Berlinist'],
  artist: 'Berlinist',
  track: 'Windmill',
  album: 'Gris (Original Game Soundtrack)',
  durationMs: 306_000,
  isrc: 'ESA011825277',
};
const right: Candidate = {
  videoId: 'rightrightX',
  title: 'Windmill',
  kind: 'song',
  artists: ['Berlinist'],
  album: 'Gris (Original Game Soundtrack)',
  durationMs: 306_000,
};
const other: Candidate = { ...right, videoId: 'otherotherX', title: 'Debris', durationMs: 171_000 };
const plain: Candidate = {
  videoId: 'plainplainX',
  title: 'Berlinist - Windmill',
  kind: 'video',
  artists: [],
  durationMs: 307_000,
};

type Answers = Partial<Record<SearchKind, readonly Candidate[] | Error>>;

/** A Finder with written answers that notes what it was asked. */
function writtenFinder(answers: Answers): Finder & { readonly asked: SearchKind[] } {
  const asked: SearchKind[] = [];
  return {
    asked,
    async search(kind) {
      asked.push(kind);
      const answer = answers[kind] ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

async function find(answers: Answers, more: Partial<Track> = {}) {
  const finder = writtenFinder(answers);
  const match = await createMatchTrack({ finder })({ ...track, ...more }, new AbortController().signal);
  return { match, asked: finder.asked };
}

const blocked = new HarmoniError('music-blocked', 'YouTube Music refused the search (HTTP 403).');

describe('finding the match of a track', () => {
  test('costs one request when the ISRC answers', async () => {
    const { match, asked } = await find({ isrc: [right], songs: [other] });
    expect(asked).toEqual(['isrc']);
    expect(match).toMatchObject({ decision: 'sure', pick: { videoId: right.videoId }, requests: 1 });
    expect(match.reasons).toContain('found by its ISRC');
  });

  test('goes on when the ISRC brings up another song', async () => {
    const { match, asked } = await find({ isrc: [other], songs: [right] });
    expect(asked).toEqual(['isrc', 'songs']);
    expect(match).toMatchObject({ decision: 'sure', pick: { videoId: right.videoId }, requests: 2 });
  });

  test('ends with the plain search, and with none when nothing fits', async () => {
    const { match, asked } = await find({ songs: [other] });
    expect(asked).toEqual(['isrc', 'songs', 'videos', 'plain']);
    expect(match).toMatchObject({ decision: 'none', pick: null, confidence: 0, requests: 4 });
    expect(match.runnersUp.map(({ candidate }) => candidate.videoId)).toEqual([other.videoId]);
  });

  test('takes the plain search when YouTube Music refuses, and says so', async () => {
    const { match, asked } = await find({ isrc: blocked, plain: [plain] });
    expect(asked).toEqual(['isrc', 'plain']);
    expect(match).toMatchObject({ decision: 'sure', pick: { videoId: plain.videoId }, requests: 2 });
    expect(match.reasons.at(-1)).toContain('refused');
  });

  test('passes over one search that fails', async () => {
    const { match, asked } = await find({
      isrc: new HarmoniError('response-not-understood', 'No JSON.'),
      songs: [right],
    });
    expect(asked).toEqual(['isrc', 'songs']);
    expect(match.decision).toBe('sure');
  });

  test('fails when every search fails', async () => {
    const missing = new HarmoniError('ytdlp-missing', 'yt-dlp was not found.');
    await expect(find({ isrc: blocked, plain: missing })).rejects.toBe(missing);
  });

  test('searches nothing when the source named the video', async () => {
    const { match, asked } = await find({}, { youtubeId: 'namednamedX' });
    expect(asked).toEqual([]);
    expect(match).toMatchObject({
      decision: 'sure',
      confidence: 1,
      requests: 0,
      pick: { videoId: 'namednamedX' },
    });
    expect(match.reasons).toEqual(['the source named the video']);
  });

  test('looks at 20 results of a search', async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({
      ...other,
      videoId: `other${String(at).padStart(6, '0')}`,
    }));
    const { match } = await find({ songs: [...many, right] });
    expect(match.pick).toBeNull();
  });

  test('stops when it is cancelled', async () => {
    const cancelled = new AbortController();
    cancelled.abort();
    const finder = writtenFinder({ isrc: [right] });
    await expect(createMatchTrack({ finder })(track, cancelled.signal)).rejects.toThrow();
    expect(finder.asked).toEqual([]);
  });
});
