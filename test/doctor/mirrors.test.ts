import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publicMirrors, readMirrors } from '../../src/doctor/mirrors.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A home whose pip is told by pip.conf. */
function homeWith(text: string): string {
  const home = tempFolder();
  mkdirSync(join(home, '.config', 'pip'), { recursive: true });
  writeFileSync(join(home, '.config', 'pip', 'pip.conf'), text);
  return home;
}

test('without any setting programs come from their publishers', () => {
  expect(readMirrors({ PIP_CONFIG_FILE: '/dev/null' }, tempFolder())).toEqual(publicMirrors);
});

test.each([
  '[global]\nindex-url = https://me:pw@mirror.example/simple/\n',
  '[install]\ntrusted-host = x\n[global]\n  index_url: https://me:pw@mirror.example/simple\n',
])("pip's own file names a mirror", (text) => {
  expect(readMirrors({}, homeWith(text)).pythonIndex).toBe('https://me:pw@mirror.example/simple');
});

test('the environment goes over the file, and what is no address is nothing', () => {
  const home = homeWith('[global]\nindex-url = https://mirror.example/simple\n');
  const env = {
    PIP_INDEX_URL: 'https://other.example/simple/',
    HARMONI_YTDLP_MIRROR: 'https://files.example/yt-dlp/',
  };
  expect(readMirrors(env, home)).toEqual({
    pythonIndex: 'https://other.example/simple',
    ytDlpReleases: 'https://files.example/yt-dlp',
  });
  expect(readMirrors({ PIP_INDEX_URL: 'nonsense' }, home).pythonIndex).toBe('https://mirror.example/simple');
});
