import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ffmpegArgumentsFault } from '../../src/config/ffmpeg-options.ts';
import { splitArguments } from '../../src/config/extra-args.ts';
import { openConfig } from '../../src/config/store.ts';
import { readConfig, requireValid } from '../../src/config/read-config.ts';
import { ytDlpArgumentsFault } from '../../src/config/ytdlp-options.ts';
import { runProcess } from '../../src/system/process.ts';
import { realTools } from '../helpers/world.ts';

const wordsOf = (line: string): readonly string[] => splitArguments(line) ?? [];
const ytDlp = (line: string): string | undefined => ytDlpArgumentsFault(wordsOf(line));
const ffmpeg = (line: string): string | undefined => ffmpegArgumentsFault(wordsOf(line));

describe('ytdlp_extra_args takes', () => {
  test.each([
    '',
    '--cookies-from-browser firefox',
    '--cookies /nas/cookies.txt',
    '--cookies=/nas/cookies.txt',
    '--proxy socks5://me:word@127.0.0.1:9050 -4',
    '-r 1M',
    '-r1M',
    '-4vr 1M',
    '-4 -R 10 --retry-sleep exp=1:20',
    '--extractor-args "youtube:player_client=web;po_token=web+XYZ"',
    '--no-check-certificates --legacy-server-connect',
    '--sleep-requests 1 --sleep-interval 5 --max-sleep-interval 10',
    // A value is a value, whatever it looks like.
    '--user-agent --output',
  ])('%s', (line) => {
    expect(ytDlp(line)).toBeUndefined();
  });
});

describe('ytdlp_extra_args refuses', () => {
  test.each([
    ['-o x', '-o', 'output_dir'],
    ['-ox', '-o', 'output_dir'],
    ['-4o x', '-o', 'output_dir'],
    ['--output=x', '--output', 'output_dir'],
    ['--outp x', '--outp', 'output_dir'],
    ['-P /home/me/Mine', '-P', 'output_dir'],
    ['--paths home:/x', '--paths', 'output_dir'],
    ['--no-overwrites', '--no-overwrites', 'output_dir'],
    ['--exec "rm -rf /"', '--exec', 'other programs'],
    ['--exec-before-download x', '--exec-before-download', 'other programs'],
    ['--netrc-cmd x', '--netrc-cmd', 'other programs'],
    ['--config-location /x', '--config-location', 'options from that file'],
    ['--config-locations /x', '--config-locations', 'options from that file'],
    ['--alias x -o', '--alias', 'options from that file'],
    ['--simulate', '--simulate', 'harmoni match'],
    ['--sim', '--sim', ''],
    ['-s', '-s', 'harmoni match'],
    ['-4s', '-s', 'harmoni match'],
    ['--skip-download', '--skip-download', 'harmoni match'],
    ['-x', '-x', 'audio_format'],
    ['-vx', '-x', 'audio_format'],
    ['--extract-audio', '--extract-audio', 'audio_format'],
    ['--audio-format mp3', '--audio-format', 'audio_format'],
    ['-f 140', '-f', 'audio_format'],
    ['--print id', '--print', 'itself'],
    ['-O id', '-O', ''],
    ['-J', '-J', 'itself'],
    ['--dump-json', '--dump-json', 'itself'],
    ['-q', '-q', 'itself'],
    ['--no-progress', '--no-progress', 'itself'],
    ['--batch-file x', '--batch-file', 'harmoni download'],
    ['-a x', '-a', 'harmoni download'],
    ['--download-archive x', '--download-archive', 'harmoni download'],
    ['--load-info-json x', '--load-info-json', 'harmoni download'],
    ['--ffmpeg-location /x', '--ffmpeg-location', 'ffmpeg_path'],
    ['-U', '-U', 'doctor'],
    ['--embed-metadata', '--embed-metadata', 'metadata_template'],
    ['--username me', '--username', 'cookies_file'],
    ['--something-new', '--something-new', 'cookies, proxy'],
    ['--prox x', '--prox', 'Write --proxy in full'],
    ['--constructor', '--constructor', 'cookies, proxy'],
  ])('%s, naming it and the way to do it', (line, name, way) => {
    const fault = ytDlp(line) ?? '';
    expect(fault).toContain(`can't include ${name}.`);
    expect(fault).toContain(way);
  });

  test.each(['https://youtu.be/aaaaaaaaaaa', '--', '-4 -- x', '-', '"" -4', '--proxy a b'])(
    'what is no option: %s',
    (line) => {
      expect(ytDlp(line)).toMatch(/^can't include a link, a file or --/);
    },
  );

  test.each(['--proxy', '-4 -r', '--cookies-from-browser'])('an option without its value: %s', (line) => {
    expect(ytDlp(line)).toMatch(/^must give -\S+ its value/);
  });

  test('a value where none belongs', () => {
    expect(ytDlp('--verbose=x')).toMatch(/doesn't take one/);
  });
});

test('yt-dlp itself reads the allowed options with as many values as HARMONI does', async () => {
  const source = readFileSync(new URL('../../src/config/ytdlp-options.ts', import.meta.url), 'utf8');
  const list = source.slice(source.indexOf('const allowed'), source.indexOf('const advice'));
  const options = Array.from(list.matchAll(/'(-[^']+)': ([01])/g), ([, name = '', values]) => ({
    name,
    values,
  }));
  expect(options.length).toBeGreaterThan(40);
  const { ytDlp: path } = await realTools();
  const run = (args: readonly string[]) => runProcess(path, ['--ignore-config', ...args]);
  // Taken for an option, --version is answered; taken for a value, it is not.
  const none = options.filter(({ values }) => values === '0').map(({ name }) => name);
  expect(await run([...none, '--version'])).toMatchObject({ exitCode: 0 });
  // These look at their value while options are read.
  const picky = /^--(?:extractor-args|add-header|js-runtimes|remote-components|retry-sleep|plugin-dirs)/;
  const one = options.filter(({ name, values }) => values === '1' && !picky.test(name));
  const { exitCode, stderr } = await run(one.flatMap(({ name }) => [name, '--version']));
  expect(exitCode).toBe(2);
  expect(stderr).not.toMatch(/no such option|requires/);
});

describe('ffmpeg_extra_args', () => {
  test.each([
    '',
    '-af loudnorm=I=-16',
    '-filter:a "volume=2,atempo=1.1"',
    '-ar 44100 -ac 1',
    '-b:a 192k -q:a 2 -compression_level 12',
    '-metadata comment=HARMONI -threads 1',
  ])('takes %s', (line) => {
    expect(ffmpeg(line)).toBeUndefined();
  });

  test.each([
    ['-i /etc/passwd', '-i'],
    ['-f s16le', '-f'],
    ['-map 0:v', '-map'],
    ['-t 10', '-t'],
    ['-ss 10 -to 20', '-ss'],
    ['-c:a copy', '-c:a'],
    ['-vn', '-vn'],
    ['-y', '-y'],
    ['-loglevel quiet', '-loglevel'],
    ['-nostats', '-nostats'],
    ['-filter_complex x', '-filter_complex'],
    ['-b:v 1M', '-b:v'],
    ['--ar 44100', '--ar'],
    ['-/filter:a /x', '-/filter:a'],
    ['-nonsense 1', '-nonsense'],
  ])('refuses %s', (line, name) => {
    expect(ffmpeg(line)).toContain(`can't include ${name}.`);
  });

  test.each(['/home/me/mine.mp3', '-ar 44100 out.mp3', '-ar 44100 tcp://127.0.0.1:9'])(
    'refuses another output: %s',
    (line) => {
      expect(ffmpeg(line)).toMatch(/^can't include a file name/);
    },
  );

  test('refuses filters that write files, and an option without its value', () => {
    expect(ffmpeg('-af "ametadata=mode=print:file=/home/me/x"')).toMatch(/files/);
    expect(ffmpeg('-af "volume=2, amovie=/x"')).toMatch(/files/);
    expect(ffmpeg('-ar')).toBe('must give -ar its value.');
  });
});

describe('config.json with a refused argument', () => {
  const text = JSON.stringify({
    ytdlp_extra_args: '--proxy http://me:TOPSECRET@proxy:1 -o /home/me/%(id)s',
    ffmpeg_extra_args: ['-y', 'x'],
  });

  test('is named by validate and stops a job, and no password is shown', () => {
    const reading = readConfig(text, 'config.json');
    expect(reading.problems.map(({ message }) => message)).toEqual([
      "ytdlp_extra_args can't include -o. HARMONI decides where files go. Set output_dir and file_name_template instead.",
      "ffmpeg_extra_args can't include -y. HARMONI reads ffmpeg's output itself.",
    ]);
    expect(reading.config).toMatchObject({ ytdlp_extra_args: '', ffmpeg_extra_args: '' });
    expect(() => requireValid(reading, 'config.json')).toThrow(/ytdlp_extra_args can't include -o/);
    expect(() => requireValid(reading, 'config.json')).not.toThrow(/TOPSECRET/);
  });

  test('is not written by config set, as a line or a list; what is meant is', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'harmoni-test-')), 'config.json');
    writeFileSync(path, '{}');
    const store = openConfig(path);
    for (const value of ['-x', '["-x"]', '-V', '--cookies "x']) {
      await expect(store.set('ytdlp_extra_args', value)).rejects.toMatchObject({
        code: 'config-invalid',
        message: expect.stringMatching(
          /^ytdlp_extra_args (?:can't include -[xV]|has an unclosed quote)/,
        ) as string,
      });
    }
    expect(readFileSync(path, 'utf8')).toBe('{}');
    await store.set('ytdlp_extra_args', '["--cookies", "/My Files/c.txt"]');
    expect(store.load().ytdlp_extra_args).toEqual(['--cookies', '/My Files/c.txt']);
  });
});
