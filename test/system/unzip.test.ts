import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unzip } from '../../src/system/unzip.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { makeZip } from '../sources/make-zip.ts';

function archive(bytes: Buffer): { path: string; out: string } {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.zip'), bytes);
  return { path: join(folder, 'a.zip'), out: join(folder, 'out') };
}

const signal = new AbortController().signal;
const options = (out: string) => ({ placeOf: (name: string) => join(out, name), mostBytes: 1000, signal });
const files = [
  { name: 'a/b.txt', data: 'b' },
  { name: 'c', data: 'c' },
];

test('what is wanted is unpacked, with its mode', async () => {
  const { path, out } = archive(makeZip(files));
  await unzip(path, {
    ...options(out),
    mode: 0o755,
    placeOf: (name) => (name === 'c' ? join(out, 'd') : undefined),
  });
  expect(readdirSync(out)).toEqual(['d']);
  expect(statSync(join(out, 'd')).mode & 0o777).toBe(0o755);
  await unzip(path, options(out));
  expect(readFileSync(join(out, 'a', 'b.txt'), 'utf8')).toBe('b');
});

test.each([
  ['an archive cut in two', makeZip(files).subarray(0, 60), /^the archive is damaged\.$/],
  ['no archive', Buffer.from('<html>'), /^the archive is damaged\.$/],
  ['a name outside', makeZip([{ name: '../../evil', data: 'x' }]), /^the archive is damaged\.$/],
  ['an absolute name', makeZip([{ name: '/tmp/evil', data: 'x' }]), /^the archive is damaged\.$/],
  ['a bomb', makeZip([{ name: 'a', data: 'x'.repeat(2000) }]), /unpacks to more than expected/],
  [
    'a bomb that lies',
    makeZip([{ name: 'a', data: 'x'.repeat(2000), claimedSize: 5 }]),
    /^the archive is damaged\.$/,
  ],
  ['flipped bits', makeZip(files).fill(0xff, 32, 40), /^the archive is damaged\.$/],
])('%s is refused in one sentence', async (_name, bytes, sentence) => {
  const { path, out } = archive(bytes);
  await expect(unzip(path, options(out))).rejects.toThrow(sentence);
});
