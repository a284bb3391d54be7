import { expect, test } from 'vitest';
import { parseHtmlPage, parseJsonPage } from '../../src/doctor/python-index.ts';
import { allowsPython, newestWheels, wheelsFor } from '../../src/doctor/wheels.ts';

const page = 'https://me:secret@mirror.example/simple/yt-dlp/';
const hash = 'a'.repeat(64);

test('an index answers in JSON', () => {
  const files = [
    { filename: 'a.whl', url: '../../files/a.whl', hashes: { sha256: hash }, 'requires-python': '>=3.11' },
    { filename: 'withdrawn.whl', url: 'w.whl', hashes: { sha256: hash }, yanked: 'broken' },
    { filename: 'without.whl', url: 'w.whl', hashes: {}, yanked: false },
  ];
  expect(parseJsonPage(JSON.stringify({ files }), page)).toEqual([
    {
      fileName: 'a.whl',
      url: 'https://me:secret@mirror.example/files/a.whl',
      sha256: hash,
      requiresPython: '>=3.11',
    },
  ]);
});

test('or in HTML, with a user and password for its own host alone', () => {
  const html = `<!DOCTYPE html><html><body><a href="/">Home</a>
    <a href='https://files.example/a.whl#sha256=${hash.toUpperCase()}' data-requires-python="&gt;=3.11,&lt;4">a.whl</a>
    <a data-requires-python="" href="b.whl?x=1&amp;y=2#sha256=${hash}"
      class="file">b.whl</a><a href="c.whl#sha256=${hash}" data-yanked="">c.whl</a></body></html>`;
  expect(parseHtmlPage(html, page)).toEqual([
    { fileName: 'a.whl', url: 'https://files.example/a.whl', sha256: hash, requiresPython: '>=3.11,<4' },
    {
      ...{ fileName: 'b.whl', sha256: hash, requiresPython: '' },
      url: 'https://me:secret@mirror.example/simple/yt-dlp/b.whl?x=1&y=2',
    },
  ]);
});

test.each(['', '{', '[]', '{"files":[{}]}', 'null', '<html>Please sign in</html>'])(
  '%j is no index',
  (text) => {
    expect(parseJsonPage(text, page)).toEqual([]);
    expect(parseHtmlPage(text, page)).toEqual([]);
  },
);

const wheel = (fileName: string) => ({ fileName, url: '', sha256: hash, requiresPython: '' });
const names = (files: readonly { fileName: string }[]) => files.map(({ fileName }) => fileName);

test('the newest release comes first: by numbers, without test releases and sources', () => {
  const files = [
    'p-2026.9.27-py3-none-any.whl',
    'p-2026.10.26-py3-none-any.whl',
    'p-2026.10.30.dev0-py3-none-any.whl',
  ];
  expect(names(newestWheels([...files, 'p-2027.1.1.tar.gz'].map(wheel)))).toEqual([files[1], files[0]]);
});

const old = [
  'f-0.7.0-py3-none-macosx_10_9_intel.macosx_10_9_x86_64.whl',
  'f-0.7.0-py3-none-macosx_11_0_arm64.whl',
  'f-0.7.0-py3-none-manylinux2014_x86_64.whl',
  'f-0.7.0-py3-none-manylinux2014_aarch64.whl',
];
const recent = [
  'f-0.8.1-py3-none-macosx_10_13_x86_64.whl',
  'f-0.8.1-py3-none-manylinux_2_28_aarch64.whl',
  'f-0.8.1-py3-none-manylinux_2_28_x86_64.whl',
  'f-0.8.1-py3-none-win32.whl',
  'f-0.8.1-py3-none-win_amd64.whl',
  'f-0.8.1.tar.gz',
];

test.each([
  ['linux', 'x64', false, [recent[2], old[2]]],
  ['linux', 'arm64', false, [recent[1], old[3]]],
  ['linux', 'x64', true, [old[2]]],
  ['linux', 'riscv64', false, []],
  ['darwin', 'x64', false, [recent[0]]],
  ['darwin', 'arm64', false, [old[1]]],
  ['win32', 'x64', false, [recent[4]]],
  ['win32', 'arm64', false, []],
  ['freebsd', 'x64', false, []],
] as const)('%s on %s (musl: %s) tries %j', (platform, arch, musl, wanted) => {
  expect(names(wheelsFor({ platform, arch, musl }, [...recent, ...old].map(wheel)))).toEqual(wanted);
});

test.each([
  ['', '3.5.0', true],
  ['>=3.11', '3.11.0', true],
  ['>=3.11', '3.9.20', false],
  ['>=3.9,<3.13', '3.12.1', true],
  ['>=3.9,<3.13', '3.13.0', false],
  ['!=3.12.*,>3.8', '3.12.4', false],
  ['!=3.1.*', '3.12.4', true],
  ['==3.12.*', '3.12.4', true],
])('%j and Python %s: %s', (requires, version, allowed) => {
  expect(allowsPython(requires, version)).toBe(allowed);
});
