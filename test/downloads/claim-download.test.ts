import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimDownload } from '../../src/downloads/claim-download.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A batch's folder, and a file of the user's beside it. */
function scene() {
  const root = tempFolder();
  const folder = join(root, 'download-1');
  mkdirSync(folder);
  const precious = join(root, 'precious.opus');
  writeFileSync(precious, 'precious');
  return { folder, precious, to: join(root, '7.source') };
}

test("a plain file of the batch is taken, under a name of HARMONI's", () => {
  const { folder, to } = scene();
  writeFileSync(join(folder, 'abc.webm'), 'sound');
  expect(claimDownload(join(folder, 'abc.webm'), folder, to)).toBe(`${to}.webm`);
  expect(readFileSync(`${to}.webm`, 'utf8')).toBe('sound');
  expect(existsSync(join(folder, 'abc.webm'))).toBe(false);
});

test('an ending that is none is left out', () => {
  const { folder, to } = scene();
  writeFileSync(join(folder, 'abc. -rf'), 'sound');
  expect(claimDownload(join(folder, 'abc. -rf'), folder, to)).toBe(to);
});

describe('refused, and left as it is, is', () => {
  test.each<[string, (set: ReturnType<typeof scene>) => string]>([
    ['a file elsewhere', ({ precious }) => precious],
    ['a way out of the folder', ({ folder }) => join(folder, '..', 'precious.opus')],
    [
      'a file of a folder inside',
      ({ folder }) => {
        mkdirSync(join(folder, 'deep'));
        writeFileSync(join(folder, 'deep', 'x.webm'), 'x');
        return join(folder, 'deep', 'x.webm');
      },
    ],
    ['a file that is not there', ({ folder }) => join(folder, 'nothing.webm')],
    [
      'a folder',
      ({ folder }) => {
        mkdirSync(join(folder, 'x.webm'));
        return join(folder, 'x.webm');
      },
    ],
    [
      'a FIFO',
      ({ folder }) => {
        execFileSync('mkfifo', [join(folder, 'x.webm')]);
        return join(folder, 'x.webm');
      },
    ],
    [
      'a link',
      ({ folder, precious }) => {
        symlinkSync(precious, join(folder, 'x.webm'));
        return join(folder, 'x.webm');
      },
    ],
    [
      'a second name of another file',
      ({ folder, precious }) => {
        linkSync(precious, join(folder, 'x.webm'));
        return join(folder, 'x.webm');
      },
    ],
    ['the folder itself', ({ folder }) => folder],
    ['nothing', () => ''],
  ])('%s', (_, claim) => {
    const set = scene();
    expect(() => claimDownload(claim(set), set.folder, set.to)).toThrow(
      expect.objectContaining({ code: 'download-misplaced' }),
    );
    expect(readFileSync(set.precious, 'utf8')).toBe('precious');
  });
});
