import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { listBackups } from '../../src/automation/backup/read.ts';
import { startProgram } from '../helpers/child-program.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createBackupBench } from './backup-bench.ts';

const url = new URL('programs/restore-for-ever.ts', import.meta.url);
const random = createRandom(testSeed);
const kills = 8;

test(`a restore that is killed at any moment has happened as a whole or not at all (seed ${testSeed})`, async () => {
  const bench = createBackupBench(tempFolder());
  const paths: string[] = [];
  for (const word of ['one', 'two']) {
    bench.say(word);
    paths.push((await bench.backUp()).backup.path);
  }
  const journal = join(bench.data, 'restoring', 'journal.json');
  for (let kill = 0; kill < kills; kill += 1) {
    const program = startProgram(url, [bench.folder, ...paths]);
    await program.line();
    // Every other one while the files are put in place, which takes a few milliseconds.
    if (kill % 2 === 0) while (!existsSync(journal)) await immediate();
    await new Promise((resolve) => setTimeout(resolve, random.between(0, kill % 2 === 0 ? 12 : 300)));
    await program.kill('SIGKILL');
    const [first, ...others] = bench.words();
    expect(['one', 'two']).toContain(first);
    expect(others).toEqual([first, first]);
    expect(readdirSync(bench.data)).not.toContain('restoring');
  }
  // What has the name of a backup is one.
  const backups = await listBackups(join(bench.data, 'backups'), 'all');
  expect(backups.filter(({ faults }) => faults.length > 0)).toEqual([]);
});
