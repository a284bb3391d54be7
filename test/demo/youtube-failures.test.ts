import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FailureRule } from '../stand-ins/youtube-failures.ts';
import { rightId, shortTrack, standInFor, ytdlp, type YtdlpRun } from './run-ytdlp.ts';

interface Expected {
  readonly rule: FailureRule;
  /** What both 2023.03.04 and 2026.10.26 print; ID is the video's. */
  readonly said: string | RegExp;
}

/** One process of yt-dlp for all: each video fails in its own way. */
function describeFailures(name: string, expected: readonly Expected[]): void {
  describe(name, () => {
    let end: () => Promise<void>;
    let ids: string[];
    let run: YtdlpRun;

    beforeAll(async () => {
      const { youtube, folder, ...standIn } = await standInFor(
        expected.map((_, index) => shortTrack(`Song ${index}`)),
        { codecs: ['opus'], decoys: [] },
      );
      end = standIn.end;
      ids = expected.map((_, index) => rightId(youtube, index));
      expected.forEach(({ rule }, index) =>
        youtube.failures.add({ ...rule, videoId: rightId(youtube, index) }),
      );
      const args = ['--socket-timeout', '0.5', '-f', 'ba', '-P', folder, '-o', '%(id)s.%(ext)s'];
      run = await ytdlp(youtube, ...args, '--', ...ids);
    });
    afterAll(() => end());

    test.each(expected.map((each, index) => ({ ...each, index })))(
      '$said ($rule.failure)',
      ({ said, index }) => {
        const place = `ERROR: [youtube] ${ids[index]}: `;
        if (typeof said === 'string') expect(run.errors).toContain(`${place}${said}`);
        else expect(run.errors).toMatch(said);
        expect(run.code).toBe(1);
      },
    );
  });
}

describeFailures('of a video that YouTube refuses the real yt-dlp says', [
  { rule: { failure: 'bot-check' }, said: 'Sign in to confirm you’re not a bot' },
  { rule: { failure: 'age' }, said: 'Sign in to confirm your age' },
  { rule: { failure: 'session-limit' }, said: "This content isn't available, try again later" },
  {
    rule: { failure: 'private' },
    said: "Private video. Sign in if you've been granted access to this video",
  },
  { rule: { failure: 'removed' }, said: 'Video unavailable. This video has been removed by the uploader' },
  {
    rule: { failure: 'not-in-country' },
    said: 'The uploader has not made this video available in your country.',
  },
  { rule: { failure: 'premiere' }, said: 'Premieres in 3 days' },
  { rule: { failure: 'no-formats' }, said: 'No video formats found!' },
  { rule: { failure: 'no-audio' }, said: 'Requested format is not available' },
  { rule: { failure: 'forbidden', on: 'player' }, said: /page: HTTP Error 403: Forbidden/ },
  { rule: { failure: 'too-many-requests', on: 'player' }, said: /page: HTTP Error 429: Too Many Requests/ },
  { rule: { failure: 'rubbish', on: 'player' }, said: /Failed to parse JSON/ },
]);

// Without the id: yt-dlp does not name the video when it fails to fetch the sound.
describeFailures('of a sound that cannot be fetched the real yt-dlp says', [
  { rule: { failure: 'forbidden', on: 'media' }, said: /(data|error): HTTP Error 403: Forbidden/ },
  {
    rule: { failure: 'too-many-requests', on: 'media' },
    said: /(data|error): HTTP Error 429: Too Many Requests/,
  },
  { rule: { failure: 'empty-file' }, said: /Did not get any data blocks/ },
  {
    rule: { failure: 'torn' },
    said: /Did not get any data blocks|more expected\. Giving up after 1 retries/,
  },
  { rule: { failure: 'stall' }, said: /timed out\.* Giving up after 1 retries/ },
]);
