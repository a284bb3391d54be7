import { spawn } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { expect, test } from 'vitest';
import { createWorld, exportifyCsv, finished, makeTracks, projectDir } from '../helpers/world.ts';

test('an enricher is one new file and one line', async () => {
  const world = await createWorld({ tracks: makeTracks(1), catalogue: { decoys: [] } });
  try {
    const copy = join(world.folder, 'harmoni');
    cpSync(join(projectDir, 'src'), join(copy, 'src'), { recursive: true });
    for (const name of ['package.json', 'node_modules'])
      symlinkSync(join(projectDir, name), join(copy, name));
    writeFileSync(
      join(copy, 'src', 'enrich', 'mood.ts'),
      `import type { Enricher } from './enricher.ts';
export function createMoodEnricher(): Enricher {
  return { name: 'mood', isWanted: () => true, find: () => Promise.resolve({ properties: { MOOD: ['calm'] } }) };
}`,
    );
    const list = join(copy, 'src', 'enrich', 'enrichers.ts');
    const text = readFileSync(list, 'utf8');
    const line = 'createLyricsEnricher,\n]';
    expect(text).toContain(line);
    writeFileSync(
      list,
      `import { createMoodEnricher } from './mood.ts';\n${text.replace(line, 'createLyricsEnricher,\n  createMoodEnricher,\n]')}`,
    );

    const csv = join(world.folder, 'One.csv');
    writeFileSync(csv, exportifyCsv(makeTracks(1)));
    const args = [join(copy, 'src', 'index.ts'), 'download', csv, '--yes', '--json'];
    const run = await finished(
      spawn(process.execPath, args, { cwd: world.folder, env: world.env, stdio: 'pipe' }),
    );
    expect(run.json()).toMatchObject({ summary: { done: 1 } });
    const { path } = (run.json() as { lists: { tracks: { path: string }[] }[] }).lists[0]?.tracks[0] ?? {};
    expect((await parseFile(path ?? '')).common.mood).toBe('calm');
  } finally {
    await world.close();
  }
});
