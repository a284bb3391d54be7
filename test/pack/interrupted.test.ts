import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDir } from '../helpers/world.ts';

test('a package.json that an interrupted npm pack left is put back, once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-postpack-'));
  try {
    const own = readFileSync(join(projectDir, 'package.json'), 'utf8');
    cpSync(join(projectDir, 'src'), join(folder, 'src'), { recursive: true });
    symlinkSync(join(projectDir, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json.kept'), own);
    writeFileSync(join(folder, 'package.json.kept.new'), '{"half":');
    writeFileSync(join(folder, 'package.json'), '{"name":"harmoni","type":"module","version":"2.0.0"}');
    for (let times = 0; times < 2; times++) {
      const run = spawnSync(process.execPath, ['src/npm/build/package.ts', 'postpack'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(run.stderr).toBe('');
      expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(own);
    }
    expect(existsSync(join(folder, 'package.json.kept'))).toBe(false);
    expect(existsSync(join(folder, 'package.json.kept.new'))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
