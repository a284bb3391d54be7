import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { getTools, type GetToolsOptions } from '../../src/doctor/get-tools.ts';
import { locateYtDlp } from '../../src/doctor/tools.ts';
import { createHttp } from '../../src/system/http.ts';
import { createToolBox, type ToolBox } from './tool-box.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');

/** Climbs the ladders of the box's machine, with a GitHub that refuses connections. */
async function climbIn(
  box: ToolBox,
  options: Partial<GetToolsOptions> = {},
): Promise<{ ok: boolean; lines: string[] }> {
  const lines: string[] = [];
  const http = createHttp();
  try {
    const ok = await getTools({
      machine: box.machine,
      ytDlp: box.places,
      ffmpeg: box.places,
      http,
      nowMs,
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
      update: false,
      releaseUrl: 'http://127.0.0.1:9',
      ...options,
    });
    return { ok, lines };
  } finally {
    await http.close();
  }
}

/** A python3 whose venv and pip do what the real ones leave behind. */
const standInPython = (steps: { venv: boolean; pip: boolean }): string => `
echo "python3 $*" >>"$LOG"
PATH=/usr/bin:/bin
case "$2 $3" in
  venv*) ${steps.venv ? 'mkdir -p "$3/bin" && cp "$0" "$3/bin/python3"' : 'mkdir -p "$3"; exit 1'} ;;
  'pip --version') ${steps.pip ? 'exit 0' : 'exit 1'} ;;
  'pip install')
    case $* in
      *--target*) while [ "$1" != --target ]; do shift; done; mkdir -p "$2/bin"; to=$2/bin ;;
      *) to=\${0%/*} ;;
    esac
    echo 'the package' >"$to/yt-dlp" ;;
  *) [ -s "$1" ] && [ "\${1##*/}" = yt-dlp ] && echo 2026.10.26 ;;
esac`;

test('what is there is named and nothing is fetched', async () => {
  await using box = await createToolBox();
  const ytDlp = await box.ytDlp('bin/yt-dlp', '2026.10.26');
  const ffmpeg = await box.ffmpeg('bin/ffmpeg');
  expect(await climbIn(box)).toEqual({
    ok: true,
    lines: [`yt-dlp 2026.10.26 (${ytDlp})`, `ffmpeg 7.1.5-0+deb13u1 (${ffmpeg})`],
  });
  expect(await climbIn(box, { onlyNews: true })).toEqual({ ok: true, lines: [] });
});

test('each way is tried only when the one before failed, and each failure is one line', async () => {
  await using box = await createToolBox();
  await box.script('bin/python3', standInPython({ venv: false, pip: false }));
  await box.script(
    'bin/apt-get',
    `echo "apt-get $* $DEBIAN_FRONTEND" >>"$LOG"; [ "$1" = update ] || { echo 'a lot of text'; echo 'E: Unable to locate package'; exit 100; }`,
  );
  const { ok, lines } = await climbIn(box);
  expect(ok).toBe(false);
  expect(lines).toEqual([
    'yt-dlp from GitHub ...',
    expect.stringMatching(/^yt-dlp from GitHub failed: 127\.0\.0\.1:9 cannot be reached \(.+\)\.$/),
    'yt-dlp from PyPI ...',
    'yt-dlp from PyPI failed: this Python has neither venv nor pip.',
    'yt-dlp from apt-get ...',
    'yt-dlp from apt-get failed: E: Unable to locate package',
    'yt-dlp is missing. Run harmoni doctor --fix to get yt-dlp.',
    'ffmpeg from apt-get ...',
    'ffmpeg from apt-get failed: E: Unable to locate package',
    'ffmpeg is missing. Run harmoni doctor --fix to get ffmpeg.',
  ]);
  expect((await box.log()).filter((line) => line.startsWith('apt-get update'))[0]).toContain(
    'noninteractive',
  );
});

test.each([
  ['in a venv', { venv: true, pip: true }],
  ['in a plain folder where Python has no venv', { venv: false, pip: true }],
])('yt-dlp comes from PyPI %s, and its copy survives a move of the project', async (_name, steps) => {
  await using box = await createToolBox();
  await box.ffmpeg('bin/ffmpeg');
  await box.script('bin/python3', standInPython(steps));
  const { ok, lines } = await climbIn(box);
  const path = join(box.toolsDir, 'yt-dlp');
  expect(lines.at(-2)).toBe(`yt-dlp 2026.10.26 (${path})`);
  expect(ok).toBe(true);
  const moved = join(box.folder, 'moved');
  await rename(box.toolsDir, moved);
  expect(await locateYtDlp({ ...box.places, toolsDir: moved })).toMatchObject({ version: '2026.10.26' });
});

test('apt-get is left alone where HARMONI is not root', async () => {
  await using box = await createToolBox();
  await box.script('bin/apt-get', 'echo apt-get >>"$LOG"');
  await climbIn(box, { machine: { ...box.machine, root: false } });
  expect(await box.log()).toEqual([]);
});

test('what apt-get brings is found on PATH', async () => {
  await using box = await createToolBox();
  const source = await box.ffmpeg('ffmpeg from Debian');
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await box.script('bin/apt-get', `[ "$1" = update ] || cp '${source}' '${box.bin}/ffmpeg'`);
  expect((await climbIn(box)).lines.at(-1)).toBe(`ffmpeg 7.1.5-0+deb13u1 (${join(box.bin, 'ffmpeg')})`);
});

test('ffmpeg comes out of the npm package, whose script is not run', async () => {
  await using box = await createToolBox();
  const source = await box.ffmpeg('ffmpeg in the package');
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await box.script(
    'bin/npm',
    `echo "npm $*" >>"$LOG"
    to="$3/node_modules/@ffmpeg-installer/linux-x64"
    mkdir -p "$to" && cat '${source}' >"$to/ffmpeg"`,
  );
  const { ok, lines } = await climbIn(box);
  expect(ok).toBe(true);
  expect(lines.at(-1)).toBe(`ffmpeg 7.1.5-0+deb13u1 (${join(box.toolsDir, 'ffmpeg')})`);
  expect((await box.log())[1]).toMatch(/--ignore-scripts .*@ffmpeg-installer\/linux-x64$/);
});

test('a yt-dlp too old for YouTube is not enough, but stays when there is no other', async () => {
  await using box = await createToolBox();
  const path = await box.ytDlp('bin/yt-dlp', '2023.03.04');
  await box.ffmpeg('bin/ffmpeg');
  const failed = await climbIn(box);
  expect(failed.ok).toBe(true);
  expect(failed.lines[0]).toBe(`yt-dlp 2023.03.04 (${path}); looking for a newer one`);
  expect(failed.lines).toContain(`yt-dlp 2023.03.04 (${path})`);
  await box.script('bin/python3', standInPython({ venv: true, pip: true }));
  expect((await climbIn(box)).lines).toContain(`yt-dlp 2026.10.26 (${join(box.toolsDir, 'yt-dlp')})`);
});

test.each([
  ["HARMONI's own copy", 'tools/yt-dlp', '2026.11.20', true],
  ['a stale one on PATH', 'bin/yt-dlp', '2026.08.19', true],
  ['a fresh one on PATH', 'bin/yt-dlp', '2026.11.20', false],
])('with update, %s: looked for a newer one', async (_name, place, version, looked) => {
  await using box = await createToolBox();
  await box.ytDlp(place, version);
  await box.ffmpeg('bin/ffmpeg');
  expect((await climbIn(box, { update: true })).lines.includes('yt-dlp from GitHub ...')).toBe(looked);
  expect((await climbIn(box)).lines).not.toContain('yt-dlp from GitHub ...');
});

test('an explicit choice is never replaced, and said when it does not run', async () => {
  await using box = await createToolBox();
  const envPath = await box.ytDlp('mine', '2023.03.04');
  await box.ffmpeg('bin/ffmpeg');
  expect((await climbIn(box, { ytDlp: { ...box.places, envPath }, update: true })).lines).toHaveLength(2);
  const { ok, lines } = await climbIn(box, { ytDlp: { ...box.places, envPath: '/nowhere' } });
  expect(ok).toBe(false);
  expect(lines[0]).toMatch(/^\/nowhere is no yt-dlp that runs\. Correct HARMONI_YTDLP/);
});
