import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlayerFailure } from '../../src/demo/youtube-failures.ts';
import { rightId, shortTrack, standInFor, ytdlp, type YtdlpRun } from './run-ytdlp.ts';

/** What both 2023.03.04 and 2026.10.26 print after the id. */
const refusals: readonly { failure: PlayerFailure; said: string }[] = [
  { failure: 'bot-check', said: 'Sign in to confirm you’re not a bot' },
  { failure: 'age', said: 'Sign in to confirm your age' },
  { failure: 'session-limit', said: "This content isn't available, try again later" },
  { failure: 'private', said: "Private video. Sign in if you've been granted access to this video" },
  { failure: 'removed', said: 'Video unavailable. This video has been removed by the uploader' },
  { failure: 'not-in-country', said: 'The uploader has not made this video available in your country' },
  { failure: 'premiere', said: 'Premieres in 3 days' },
  { failure: 'no-formats', said: 'No video formats found!' },
  { failure: 'no-audio', said: 'Requested format is not available' },
];

describe('a video that YouTube refuses makes the real yt-dlp say', () => {
  let end: () => Promise<void>;
  let ids: string[];
  let run: YtdlpRun;

  // One process for all: each video refuses in its own way.
  beforeAll(async () => {
    const standIn = await standInFor(refusals.map(({ failure }) => shortTrack(failure)));
    end = standIn.end;
    ids = refusals.map((_, index) => rightId(standIn.youtube, index));
    refusals.forEach(({ failure }, index) =>
      standIn.youtube.failures.add({ failure, videoId: rightId(standIn.youtube, index) }),
    );
    run = await ytdlp(standIn.youtube, '-f', 'ba', '-P', standIn.folder, '--', ...ids, 'AAAAAAAAAAA');
  });
  afterAll(() => end());

  test.each(refusals.map((refusal, index) => ({ ...refusal, index })))(
    '$said ($failure)',
    ({ said, index }) => {
      expect(run.errors).toContain(`ERROR: [youtube] ${ids[index]}: ${said}`);
    },
  );

  test('Video unavailable (an id that nobody has)', () => {
    expect(run.errors).toMatch(/^ERROR: \[youtube\] AAAAAAAAAAA: Video unavailable$/m);
  });
});
