import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { createMatchTrack } from '../../src/matching/find-match.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import type { Finder } from '../../src/matching/match.ts';
import type { SearchKind } from '../../src/providers/provider.ts';
import type { Media } from '../../src/tracks/media.ts';
import { ofVideo, upload, video } from '../helpers/media.ts';

const track: Track = {
  artists: ['Berlinist'],
  artist: 'Berlinist',
  track: 'Windmill',
  album: 'Gris (Original Game Soundtrack)',
  durationMs: 306_000,
  isrc: 'ESA011825277',
};
const right: Candidate = {
  ...ofVideo('rightrightX'),
  title: 'Windmill',
  kind: 'song',
  artists: ['Berlinist'],
  album: 'Gris (Original Game Soundtrack)',
  durationMs: 306_000,
};
const other: Candidate = { ...right, ...ofVideo('otherotherX'), title: 'Debris', durationMs: 171_000 };
const plain: Candidate = {
  ...ofVideo('plainplainX'),
  title: 'Berlinist - Windmill',
  kind: 'video',
  artists: [],
  durationMs: 307_000,
};

type Answers = Partial<Record<SearchKind, readonly Candidate[] | Error>>;

const urlOf = ({ id }: Media): string => `page of ${id}`;

/** A Finder with written answers that notes what it was asked. */
function writtenFinder(answers: Answers): Finder & { readonly asked: SearchKind[] } {
  const asked: SearchKind[] = [];
  return {
    name: 'youtube',
    searches: ['isrc', 'songs', 'videos', 'plain'],
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
  const match = await createMatchTrack({ finders: [finder], urlOf })(
    { ...track, ...more },
    new AbortController().signal,
  );
  return { match, asked: finder.asked };
}

const blocked = new HarmoniError('music-blocked', 'YouTube Music refused the search (HTTP 403).');

describe('finding the match of a track', () => {
  test('costs one request when the ISRC answers', async () => {
    const { match, asked } = await find({ isrc: [right], songs: [other] });
    expect(asked).toEqual(['isrc']);
    expect(match).toMatchObject({ decision: 'sure', pick: { media: right.media }, requests: 1 });
    expect(match.reasons).toContain('found by ISRC');
  });

  test('goes on when the ISRC brings up another song', async () => {
    const { match, asked } = await find({ isrc: [other], songs: [right] });
    expect(asked).toEqual(['isrc', 'songs']);
    expect(match).toMatchObject({ decision: 'sure', pick: { media: right.media }, requests: 2 });
  });

  test('ends with the plain search, and with none when nothing fits', async () => {
    const { match, asked } = await find({ songs: [other] });
    expect(asked).toEqual(['isrc', 'songs', 'videos', 'plain']);
    expect(match).toMatchObject({ decision: 'none', pick: null, confidence: 0, requests: 4 });
    expect(match.runnersUp.map(({ candidate }) => candidate.media)).toEqual([other.media]);
  });

  test('takes the plain search when YouTube Music refuses, and says so', async () => {
    const { match, asked } = await find({ isrc: blocked, plain: [plain] });
    expect(asked).toEqual(['isrc', 'plain']);
    expect(match).toMatchObject({ decision: 'sure', pick: { media: plain.media }, requests: 2 });
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
    const { match, asked } = await find({}, { media: video('namednamedX') });
    expect(asked).toEqual([]);
    expect(match).toMatchObject({
      decision: 'sure',
      confidence: 1,
      requests: 0,
      pick: { media: video('namednamedX'), url: 'page of namednamedX' },
    });
    expect(match.reasons).toEqual(['the source names this video']);
  });

  test('looks at 20 results of a search', async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({
      ...other,
      ...ofVideo(`other${String(at).padStart(6, '0')}`),
    }));
    const { match } = await find({ songs: [...many, right] });
    expect(match.pick).toBeNull();
  });

  test('stops when it is cancelled', async () => {
    const cancelled = new AbortController();
    cancelled.abort();
    const finder = writtenFinder({ isrc: [right] });
    await expect(createMatchTrack({ finders: [finder], urlOf })(track, cancelled.signal)).rejects.toThrow();
    expect(finder.asked).toEqual([]);
  });
});

describe('with a second provider', () => {
  const own: Candidate = {
    media: upload('berlinist/windmill'),
    url: 'https://soundcloud.com/berlinist/windmill',
    title: 'Windmill',
    kind: 'audio',
    place: 'SoundCloud',
    artists: [],
    channel: 'Berlinist',
    durationMs: 306_000,
  };

  async function findInBoth(first: Answers, second: Answers) {
    const youTube = writtenFinder(first);
    const soundCloud = { ...writtenFinder(second), name: 'soundcloud', searches: ['plain'] as const };
    const match = await createMatchTrack({ finders: [youTube, soundCloud], urlOf })(
      track,
      new AbortController().signal,
    );
    return { match, asked: youTube.asked, askedSecond: soundCloud.asked };
  }

  test('it is not asked where the first one is sure', async () => {
    const { match, askedSecond } = await findInBoth({ isrc: [right] }, { plain: [own] });
    expect(match).toMatchObject({ decision: 'sure', pick: { media: right.media }, requests: 1 });
    expect(askedSecond).toEqual([]);
  });

  test('it is asked once where the first one has nothing sure, and named in the reasons', async () => {
    const { match, asked, askedSecond } = await findInBoth({ songs: [other] }, { plain: [own] });
    expect(asked).toEqual(['isrc', 'songs', 'videos', 'plain']);
    expect(askedSecond).toEqual(['plain']);
    expect(match).toMatchObject({ decision: 'sure', pick: { media: own.media }, requests: 5 });
    expect(match.reasons).toContain('on SoundCloud');
  });

  test('what the first one is unsure of stays unsure where the second one has nothing better', async () => {
    const unsure = { ...plain, durationMs: 320_000 };
    const { match } = await findInBoth({ plain: [unsure] }, { plain: [] });
    expect(match).toMatchObject({ decision: 'unsure', pick: { media: unsure.media } });
  });

  test('that fails, the first one decides, and that is said', async () => {
    const failed = new HarmoniError('network-unreachable', "SoundCloud can't be reached.");
    const { match } = await findInBoth({ songs: [other] }, { plain: failed });
    expect(match.decision).toBe('none');
    expect(match.reasons.at(-1)).toBe("a search failed: SoundCloud can't be reached.");
  });

  test("a song of a first one that can't be reached fails, unless the second one has it for sure", async () => {
    const gone = new HarmoniError('network-unreachable', "YouTube can't be reached.");
    const down = { isrc: gone, songs: gone, videos: gone, plain: gone };
    await expect(findInBoth(down, { plain: [] })).rejects.toBe(gone);
    expect((await findInBoth(down, { plain: [own] })).match).toMatchObject({ pick: { media: own.media } });
  });
});
