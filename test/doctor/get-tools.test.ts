import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { getTools, type GetToolsOptions } from '../../src/doctor/get-tools.ts';
import type { Mirrors } from '../../src/doctor/mirrors.ts';
import { locateYtDlp } from '../../src/doctor/tools.ts';
import { createHttp } from '../../src/system/http.ts';
import { putPackage, startPublisher, type Fault, type Publisher } from '../helpers/publisher.ts';
import { makeZip } from '../sources/make-zip.ts';
import { createToolBox, type ToolBox } from './tool-box.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');

/** An address that refuses connections. */
const nowhere = 'http://127.0.0.1:9';

/** Climbs the ladders of the box's machine, with a GitHub and a PyPI that refuse connections. */
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
      mirrors: { pythonIndex: nowhere, ytDlpReleases: nowhere },
      ...options,
    });
    return { ok, lines };
  } finally {
    await http.close();
  }
}

/** A python3 that has neither pip nor venv: it knows its version, and runs what was unpacked for it. */
const standInPython = `
echo "python3 $*" >>"$LOG"
case $1 in
  -c) echo 3.11.2 ;;
  -m) [ "$2" = compileall ] ;;
  *) [ -s "\${1%/*}/yt_dlp/__init__.py" ] && [ -s "\${1%/*}/yt_dlp_ejs/__init__.py" ] && echo 2026.10.26 ;;
esac`;

/** A PyPI with yt-dlp's two packages, and an ffmpeg that is the box's script. */
async function startIndex(ffmpeg = '#!/bin/sh\nexit 1'): Promise<Publisher & { mirrors: Mirrors }> {
  const publisher = await startPublisher();
  const info =
    'Name: yt-dlp\nRequires-Dist: requests; extra == "default"\nRequires-Dist: yt-dlp-ejs==0.8.0; extra == "default"\n';
  putPackage(publisher, 'yt-dlp', {
    'yt_dlp-2026.9.1-py3-none-any.whl': makeZip([{ name: 'too old', data: '' }]),
    'yt_dlp-2026.10.26-py3-none-any.whl': makeZip([
      { name: 'yt_dlp/__init__.py', data: 'main = None' },
      { name: 'yt_dlp-2026.10.26.dist-info/METADATA', data: info },
    ]),
  });
  const solver = makeZip([{ name: 'yt_dlp_ejs/__init__.py', data: 'version = None' }]);
  putPackage(publisher, 'yt-dlp-ejs', { 'yt_dlp_ejs-0.8.0-py3-none-any.whl': solver });
  for (const name of ['requests', 'urllib3', 'idna', 'charset-normalizer', 'certifi']) {
    const file = name.replace('-', '_');
    putPackage(publisher, name, {
      [`${file}-2.5.0-py3-none-any.whl`]: makeZip([{ name: `${file}/__init__.py`, data: '' }]),
      [`${file}-2.6.0-cp311-cp311-manylinux2014_x86_64.whl`]: makeZip([
        { name: 'for one machine', data: '' },
      ]),
    });
  }
  const name = (program: string): string => `imageio_ffmpeg/binaries/${program}`;
  putPackage(publisher, 'imageio-ffmpeg', {
    'imageio_ffmpeg-0.6.0-py3-none-manylinux2014_x86_64.whl': makeZip([
      { name: name('ffmpeg-linux-x86_64-v7.0.2'), data: ffmpeg },
    ]),
    'imageio_ffmpeg-0.8.1-py3-none-manylinux_2_28_x86_64.whl': makeZip([
      { name: name('README.md'), data: 'no program' },
      { name: name('ffmpeg-linux-x86_64-v9.0.2'), data: '#!/bin/sh\nexit 127' },
    ]),
  });
  return { ...publisher, mirrors: { pythonIndex: `${publisher.url}/simple`, ytDlpReleases: nowhere } };
}

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
  await box.script('bin/python3', standInPython);
  await box.script(
    'bin/apt-get',
    `echo "apt-get $* $DEBIAN_FRONTEND" >>"$LOG"; [ "$1" = update ] || { echo 'a lot of text'; echo 'E: Unable to locate package'; exit 100; }`,
  );
  const { ok, lines } = await climbIn(box);
  expect(ok).toBe(false);
  const refused: unknown = expect.stringMatching(
    /^(?:yt-dlp|ffmpeg) from \w+ failed: 127\.0\.0\.1:9 can't be reached \(.+\)\.$/,
  );
  expect(lines).toEqual([
    'yt-dlp from GitHub ...',
    refused,
    'yt-dlp from PyPI ...',
    refused,
    'yt-dlp from apt-get ...',
    'yt-dlp from apt-get failed: E: Unable to locate package',
    'yt-dlp is missing. Run harmoni doctor --fix to install yt-dlp.',
    'ffmpeg from PyPI ...',
    refused,
    'ffmpeg from apt-get ...',
    'ffmpeg from apt-get failed: E: Unable to locate package',
    'ffmpeg is missing. Run harmoni doctor --fix to install ffmpeg.',
  ]);
  expect((await box.log()).filter((line) => line.startsWith('apt-get update'))[0]).toContain(
    'noninteractive',
  );
});

test('yt-dlp comes from PyPI without pip and venv, and its copy survives a move of the project', async () => {
  await using box = await createToolBox();
  await box.ffmpeg('bin/ffmpeg');
  await box.script('bin/python3', standInPython);
  const { mirrors } = await startIndex();
  const { ok, lines } = await climbIn(box, { mirrors });
  expect(lines.at(-2)).toBe(`yt-dlp 2026.10.26 (${join(box.toolsDir, 'yt-dlp')})`);
  expect(ok).toBe(true);
  expect(await readdir(join(box.toolsDir, 'downloads'))).toEqual([]);
  const moved = join(box.folder, 'moved');
  await rename(box.toolsDir, moved);
  expect(await locateYtDlp({ ...box.places, toolsDir: moved })).toMatchObject({ version: '2026.10.26' });
});

test('a python3 that is a shim is asked once for the Python behind it, which is what yt-dlp runs on', async () => {
  await using box = await createToolBox();
  await box.ffmpeg('bin/ffmpeg');
  const behind = await box.script('versions/3.11.2/python3', standInPython);
  await box.script('bin/python3', `[ "$1" = -c ] || exit 1\necho 3.11.2\necho '${behind}'`);
  const { mirrors } = await startIndex();
  const { ok } = await climbIn(box, { mirrors });
  expect(ok).toBe(true);
  expect(await readFile(join(box.toolsDir, 'yt-dlp'), 'utf8')).toContain(`exec '${behind}'`);
});

test('without Python and GitHub, the line says that Python is what is missing', async () => {
  await using box = await createToolBox();
  await box.ffmpeg('bin/ffmpeg');
  const { mirrors } = await startIndex();
  const { lines } = await climbIn(box, { mirrors });
  expect(lines).toContain(
    'yt-dlp from PyPI failed: it needs Python 3. Install it, or give this machine access to github.com.',
  );
});

test.each<[Fault, string]>([
  ['missing', 'the server answered 404 for yt_dlp_ejs-0.8.0-py3-none-any.whl.'],
  ['wrong', 'yt_dlp_ejs-0.8.0-py3-none-any.whl has the wrong checksum.'],
  ['truncated', 'yt_dlp_ejs-0.8.0-py3-none-any.whl has the wrong checksum.'],
])('a part of yt-dlp that is %s leaves the copy that was there', async (fault, sentence) => {
  await using box = await createToolBox();
  await box.ffmpeg('bin/ffmpeg');
  const path = await box.ytDlp('tools/yt-dlp', '2023.03.04');
  await box.script('bin/python3', standInPython);
  const { mirrors, ...index } = await startIndex();
  index.fault('/files/yt_dlp_ejs', fault);
  expect((await climbIn(box, { mirrors })).lines).toContain(`yt-dlp from PyPI failed: ${sentence}`);
  expect(await locateYtDlp(box.places)).toMatchObject({ path, version: '2023.03.04' });
  expect((await readdir(box.toolsDir)).toSorted()).toEqual(['downloads', 'versions.json', 'yt-dlp']);
  index.fault('/files/yt_dlp_ejs', undefined);
  expect((await climbIn(box, { mirrors })).lines).toContain(`yt-dlp 2026.10.26 (${path})`);
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

test('ffmpeg comes out of a Python package, without Python; an older one where the newest does not run', async () => {
  await using box = await createToolBox();
  const source = await box.ffmpeg('ffmpeg in the package');
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  const { mirrors, requests } = await startIndex(await readFile(source, 'utf8'));
  const { ok, lines } = await climbIn(box, { mirrors });
  expect(ok).toBe(true);
  expect(lines.at(-1)).toBe(`ffmpeg 7.1.5-0+deb13u1 (${join(box.toolsDir, 'ffmpeg')})`);
  expect(requests.map((path) => path.split('-')[1])).toEqual(['ffmpeg/', '0.8.1', '0.6.0']);
  expect((await readdir(box.toolsDir)).toSorted()).toEqual(['downloads', 'ffmpeg', 'versions.json']);
  expect(await readdir(join(box.toolsDir, 'downloads'))).toEqual([]);
});

test('an ffmpeg that makes no fingerprints is enough, until somebody asks for a better one', async () => {
  await using box = await createToolBox();
  const source = await box.ffmpeg('ffmpeg in the package');
  await box.ytDlp('bin/yt-dlp', '2026.11.20');
  const poor = await box.ffmpeg('bin/ffmpeg', undefined, []);
  const { mirrors, requests } = await startIndex(await readFile(source, 'utf8'));
  expect((await climbIn(box, { mirrors })).lines.at(-1)).toBe(`ffmpeg 7.1.5-0+deb13u1 (${poor})`);
  expect(requests).toEqual([]);
  const { lines } = await climbIn(box, { mirrors, update: true });
  expect(lines).toContain(`ffmpeg 7.1.5-0+deb13u1 (${poor}) lacks chromaprint, looking for a newer one`);
  expect(lines.at(-1)).toBe(`ffmpeg 7.1.5-0+deb13u1 (${join(box.toolsDir, 'ffmpeg')})`);
  // One of its own that's no better isn't fetched again and again.
  await box.ffmpeg('tools/ffmpeg', undefined, []);
  requests.splice(0);
  expect((await climbIn(box, { mirrors, update: true })).lines.at(-1)).toContain(poor);
  expect(requests).toEqual([]);
});

test("HARMONI's own ffmpeg of 2018 is exchanged for one of today", async () => {
  await using box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  const source = await box.ffmpeg('ffmpeg in the package');
  await box.script('tools/ffmpeg', "[ $1 = -version ] && echo 'ffmpeg version N-92722-gf22fcd4483'; exit 0");
  const { mirrors } = await startIndex(await readFile(source, 'utf8'));
  expect((await climbIn(box, { mirrors })).lines.at(-1)).toContain('ffmpeg 7.1.5');
});

test('a yt-dlp too old for YouTube is not enough, but stays when there is no other', async () => {
  await using box = await createToolBox();
  const path = await box.ytDlp('bin/yt-dlp', '2023.03.04');
  await box.ffmpeg('bin/ffmpeg');
  const failed = await climbIn(box);
  expect(failed.ok).toBe(true);
  expect(failed.lines[0]).toBe(`yt-dlp 2023.03.04 (${path}), looking for a newer one`);
  expect(failed.lines).toContain(`yt-dlp 2023.03.04 (${path})`);
  await box.script('bin/python3', standInPython);
  const { mirrors } = await startIndex();
  expect((await climbIn(box, { mirrors })).lines).toContain(
    `yt-dlp 2026.10.26 (${join(box.toolsDir, 'yt-dlp')})`,
  );
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
  expect(lines[0]).toMatch(/^\/nowhere isn't a working yt-dlp\. Fix HARMONI_YTDLP/);
});
