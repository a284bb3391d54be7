import { spawn } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorld, exportifyCsv, finished, makeTracks, projectDir } from '../helpers/world.ts';

test('a provider is one new file and one line', async () => {
  const tracks = makeTracks(1);
  const world = await createWorld({
    tracks,
    catalogue: { decoys: [] },
    config: { providers: ['silence', 'youtube'] },
  });
  try {
    const copy = join(world.folder, 'harmoni');
    cpSync(join(projectDir, 'src'), join(copy, 'src'), { recursive: true });
    for (const name of ['package.json', 'node_modules'])
      symlinkSync(join(projectDir, name), join(copy, name));
    writeFileSync(
      join(copy, 'src', 'providers', 'silence.ts'),
      `import type { Provider } from './provider.ts';
export function createSilence(): Provider {
  return {
    name: 'silence', title: 'Silence', noun: 'pause', searches: ['plain'],
    search: () => Promise.resolve([]),
    url: (id) => 'https://silence.example/' + id,
    idOf: () => undefined,
    knows: () => false,
    readList: () => Promise.resolve({ name: '', entries: [] }),
  };
}`,
    );
    const list = join(copy, 'src', 'providers', 'providers.ts');
    const text = readFileSync(list, 'utf8');
    const line = '[createYouTube(deps), createSoundCloud(deps)]';
    expect(text).toContain(line);
    const longer = '[createYouTube(deps), createSoundCloud(deps), createSilence()]';
    writeFileSync(list, `import { createSilence } from './silence.ts';\n${text.replace(line, longer)}`);

    const csv = join(world.folder, 'One.csv');
    writeFileSync(csv, exportifyCsv(tracks));
    const args = [join(copy, 'src', 'index.ts'), 'match', csv, '--json'];
    const run = await finished(
      spawn(process.execPath, args, { cwd: world.folder, env: world.env, stdio: 'pipe' }),
    );
    // It was asked first, and had nothing.
    expect(run.json()).toMatchObject({
      lists: [{ tracks: [{ decision: 'sure', requests: 2, pick: { media: { provider: 'youtube' } } }] }],
    });
  } finally {
    await world.close();
  }
});
