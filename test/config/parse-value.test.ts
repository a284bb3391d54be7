import { describe, expect, it } from 'vitest';
import { nearestName } from '../../src/tracks/nearest-name.ts';
import { checkValue, parseTyped, requireConfigKey } from '../../src/config/parse-value.ts';
import type { ConfigKey } from '../../src/config/schema.ts';

describe('parseTyped', () => {
  it.each<[ConfigKey, string, unknown]>([
    ['retry_attempts', ' 4 ', 4],
    ['retry_delay', '2.5', 2.5],
    ['enable_metadata_embedding', 'no', false],
    ['enable_metadata_embedding', 'TRUE', true],
    ['audio_format', 'FLAC', 'flac'],
    ['audio_format', 'aac', 'm4a'],
    ['audio_quality', 'low', 'low'],
    ['audio_quality', '192', 192],
    ['audio_quality', '"192"', 192],
    ['output_dir', "'/srv/my music'", '/srv/my music'],
    ['output_dir', ' my music ', 'my music'],
    ['output_dir', '2024', '2024'],
    ['file_name_template', 'One-Folder', '{artist} - {track}'],
    ['cookies_file', '', ''],
    ['pending_lists', '', []],
    ['pending_lists', 'my lists/a, b.csv', ['my lists/a, b.csv']],
    ['pending_lists', '["liked", "b.csv"]', ['liked', 'b.csv']],
    ['ytdlp_extra_args', '--proxy "a b"', '--proxy "a b"'],
    ['ytdlp_extra_args', '["--proxy", "a b"]', ['--proxy', 'a b']],
    [
      'spotify_scopes',
      'user-library-read, playlist-read-private',
      ['user-library-read', 'playlist-read-private'],
    ],
  ])('reads %s %j as %j', (key, text, value) => {
    expect(parseTyped(key, text)).toEqual({ ok: true, value });
  });

  it.each<[ConfigKey, string, string]>([
    ['retry_attempts', '99', 'retry_attempts is "99", but it must be a whole number from 0 to 10.'],
    ['retry_attempts', '1.5', 'retry_attempts is "1.5", but it must be a whole number from 0 to 10.'],
    [
      'file_name_template',
      'music/{artist}',
      'file_name_template is "music/{artist}", but it must contain {track} or {number}.',
    ],
    [
      'file_name_template',
      '{artits} - {track}',
      `file_name_template is "{artits} - {track}", but it can't contain {artits} (did you mean {artist}?).`,
    ],
    [
      'file_name_template',
      '{artist:lowr} - {track}',
      `file_name_template is "{artist:lowr} - {track}", but it can't use the function lowr (did you mean lower?).`,
    ],
    ['retry_delay', '1,5', 'retry_delay is "1,5", but it must be a number from 0 to 60.'],
    ['retry_delay', '', 'retry_delay is "", but it must be a number from 0 to 60.'],
    ['audio_format', 'mp5', 'audio_format is "mp5", but it must be best, mp3, m4a, opus, flac, ogg or wav.'],
    [
      'audio_quality',
      '500',
      'audio_quality is "500", but it must be best, high, medium or low, or a whole number from 64 to 320.',
    ],
    [
      'enable_metadata_embedding',
      'maybe',
      'enable_metadata_embedding is "maybe", but it must be true or false.',
    ],
    ['output_dir', '  ', `output_dir is "", but it must be text that isn't empty.`],
    [
      'youtube_music_url',
      'http://example.com',
      'youtube_music_url is "http://example.com", but it must start with https://, or http:// and a loopback address.',
    ],
  ])('refuses %s %j and names the value and what is allowed', (key, text, message) => {
    expect(parseTyped(key, text)).toEqual({ ok: false, message });
  });
});

it('does not take true for a number, nor a number for a text', () => {
  expect(checkValue('retry_attempts', true).ok).toBe(false);
  expect(checkValue('output_dir', 5).ok).toBe(false);
});

it('names the setting that was meant', () => {
  expect(() => requireConfigKey('audioformat')).toThrow(
    'There\'s no setting "audioformat". Did you mean audio_format?',
  );
  expect(() => requireConfigKey('zzz')).toThrow(/There's no setting "zzz"\.$/);
  expect(() => requireConfigKey('toString')).toThrow("There's no setting");
});

it.each([
  ['output-dir', 'output_dir'],
  ['OUTPUT_DIR', 'output_dir'],
  ['retry_atempts', 'retry_attempts'],
  ['quite_different', undefined],
])('takes %s for %s', (typed, meant) => {
  expect(nearestName(typed, ['output_dir', 'retry_attempts', 'retry_delay'])).toBe(meant);
});
