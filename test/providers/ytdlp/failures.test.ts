import { expect, test } from 'vitest';
import { errorCodes, HarmoniError } from '../../../src/errors.ts';
import { classifyYtDlpError, lastWords, parseErrorLine } from '../../../src/providers/ytdlp/failures.ts';

const youTube = { title: 'YouTube', noun: 'video' };

test.each([
  ['ERROR: [youtube] -aaaaaaaaaa: Video unavailable', '-aaaaaaaaaa', 'Video unavailable'],
  [
    'ERROR: [youtube:tab] PLabc: Unable to download API page',
    undefined,
    'PLabc: Unable to download API page',
  ],
  [
    'ERROR: unable to download video data: HTTP Error 403',
    undefined,
    'unable to download video data: HTTP Error 403',
  ],
  ['ERROR: [download] Got error: timed out', undefined, 'Got error: timed out'],
  ['\u001b[0;31mERROR:\u001b[0m [youtube] aaaaaaaaaaa: Private video', 'aaaaaaaaaaa', 'Private video'],
  ['ERROR:', undefined, ''],
])('%j is an error line', (line, id, text) => {
  expect(parseErrorLine(line)).toMatchObject({ id, text });
});

test.each(['', 'WARNING: [youtube] x', 'a line with ERROR: in it', 'Traceback (most recent call last):'])(
  '%j is none',
  (line) => {
    expect(parseErrorLine(line)).toBeUndefined();
  },
);

test.each([
  ["Sign in to confirm you're not a bot. Use --cookies-from-browser", 'bot-check'],
  ['Sign in to confirm you’re not a bot. This helps protect our community.', 'bot-check'],
  ['Sign in to confirm your age. This video may be inappropriate for some users.', 'age-restricted'],
  ["Video unavailable. This content isn't available, try again later.", 'session-limit'],
  [
    'Video unavailable. This content isn’t available, try again later. The current session has been rate-limited by YouTube',
    'session-limit',
  ],
  [
    'Video unavailable. The uploader has not made this video available in your country',
    'video-not-in-country',
  ],
  ['Private video. Sign in if you have been granted access to this video', 'video-private'],
  ['Premieres in 3 days', 'video-not-yet-out'],
  ['This live event will begin in 2 hours.', 'video-not-yet-out'],
  [
    'Requested format is not available. Use --list-formats for a list of available formats',
    'format-not-available',
  ],
  ['The downloaded file is empty', 'download-empty'],
  ['Did not get any data blocks', 'download-empty'],
  ['No supported JavaScript runtime could be found', 'js-runtime-missing'],
  ['unable to write data: [Errno 28] No space left on device', 'disk-full'],
  ["unable to open for writing: [Errno 13] Permission denied: 'x.part'", 'output-not-writable'],
  ['Unable to download API page: HTTP Error 429: Too Many Requests', 'http-too-many-requests'],
  ['unable to download video data: HTTP Error 403: Forbidden', 'http-forbidden'],
  ['Video unavailable', 'video-unavailable'],
  ['Video unavailable. This video has been removed by the uploader', 'video-unavailable'],
  [
    'This video is no longer available because the YouTube account associated with this video has been terminated.',
    'video-unavailable',
  ],
  ['This video is only available to Music Premium members', 'video-unavailable'],
  ['Join this channel to get access to members-only content like this video', 'video-unavailable'],
  ['<urlopen error [Errno -2] Name or service not known>', 'network-unreachable'],
  [
    "Failed to resolve 'www.youtube.com' ([Errno -3] Temporary failure in name resolution)",
    'network-unreachable',
  ],
  ['[Errno 8] nodename nor servname provided, or not known', 'network-unreachable'],
  ['[Errno 111] Connection refused', 'network-unreachable'],
  ['The read operation timed out', 'network-timeout'],
  ['[Errno 104] Connection reset by peer', 'download-failed'],
  ['1024 bytes read, 4096 more expected', 'download-failed'],
  ['unable to download video data: HTTP Error 503: Service Unavailable', 'youtube-unavailable'],
  [
    "Unable to download API page: ('Unable to connect to proxy', NewConnectionError('[Errno 111] Connection refused')); please report this issue on x",
    'proxy-unreachable',
  ],
  ['<urlopen error Tunnel connection failed: 403 Forbidden>', 'proxy-unreachable'],
])('"%s" is %s', (text, code) => {
  expect(classifyYtDlpError(text, youTube)).toMatchObject({ code });
});

test('what is not known is told in its first sentence', () => {
  const text =
    'Something new happened; please report this issue on https://github.com/yt-dlp. Confirm you are on the latest version';
  expect(classifyYtDlpError(text, youTube)).toEqual({
    code: 'extractor-failed',
    message: "yt-dlp didn't understand YouTube's answer. It says: Something new happened.",
  });
  expect(classifyYtDlpError('Something odd happened; try again', youTube)).toEqual({
    code: 'download-failed',
    message: 'yt-dlp says: Something odd happened.',
  });
});

test('to update yt-dlp is advised only where yt-dlp says so', () => {
  const advised = errorCodes.filter((code) => /update yt-dlp/i.test(new HarmoniError(code, '').fix));
  expect(advised).toEqual(['extractor-failed']);
});

test('of an old yt-dlp, its last words are not its advice to update', () => {
  const warning =
    'WARNING: Your yt-dlp version (2023.03.04) is older than 90 days!\n         It is strongly recommended\n         To suppress this warning, add --no-update to your command/config.\n';
  expect(lastWords(warning)).toBeUndefined();
  expect(lastWords(`bad things\n${warning}`)).toBe('bad things');
});

test('a sentence without an end is cut', () => {
  expect(classifyYtDlpError('x'.repeat(10_000), youTube).message.length).toBeLessThan(250);
});
