import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { check } from '../../src/downloads/check-stage.ts';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { tag } from '../../src/downloads/tag-stage.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { workOf, type Work } from '../../src/downloads/work.ts';
import { settingsOf } from '../../src/engine/wish.ts';
import { makeTracks } from '../helpers/world.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { untaggedFile } from './sounds.ts';

const tagger = createTagger();
const [track] = makeTracks(1, { fromMs: 1_000, stepMs: 0 });

/** A song whose conversion left a file. */
function converted(path: string, extension: 'opus' | 'm4a'): Work {
  if (track === undefined) throw new Error('There is no track.');
  const work = workOf({ position: 0, list: 0, track, chosen: true, outcome: undefined });
  const media = { provider: 'youtube', id: 'fJ9rUzIMcZQ' };
  const url = `https://www.youtube.com/watch?v=${media.id}`;
  const candidate = { media, url, title: track.track, kind: 'song' as const, artists: track.artists };
  work.candidates = [{ candidate, confidence: 1 }];
  const plan = planConversion(extension, extension === 'opus' ? 'opus' : 'aac', 'high');
  work.made = {
    downloaded: { path, codec: undefined, durationMs: 1_000, title: undefined, channel: undefined },
    converted: { path, plan, cuts: [] },
    additions: { properties: {} },
  };
  return work;
}

const settingsWith = (hasTags: boolean) =>
  settingsOf({ ...configSchema.parse({}), enable_metadata_embedding: hasTags }, { accept: 'sure' });

test('without tags the file stays as it is, and is read back all the same', async () => {
  const path = join(tempFolder(), '0.finished');
  await untaggedFile('opus', path);
  const before = readFileSync(path);
  const work = converted(path, 'opus');
  const settings = settingsWith(false);
  expect(await check(work, settings)).toBe('next');
  expect(await tag(work, { settings, tagger })).toBe('next');
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(work.made.found).toMatchObject({ format: 'Ogg Opus', fault: undefined });
});

test.each([true, false])(
  'a file of another kind than its name says fails (tags: %j)',
  async (embedMetadata) => {
    const path = join(tempFolder(), '0.finished');
    await untaggedFile('ogg', path);
    const work = converted(path, 'opus');
    const settings = settingsWith(embedMetadata);
    expect(await check(work, settings)).toBe('next');
    expect(await tag(work, { settings, tagger })).toMatchObject({
      failure: { code: 'verify-failed', message: expect.stringContaining('It should be opus') as string },
    });
  },
);

test.each([true, false])('what is no sound fails before its tags (tags: %j)', async (embedMetadata) => {
  const path = join(tempFolder(), '0.finished');
  writeFileSync(path, 'no sound at all');
  const work = converted(path, 'm4a');
  const settings = settingsWith(embedMetadata);
  const end = await check(work, settings).catch((error: unknown) => ({ failure: error }));
  expect(end).toMatchObject({ failure: { code: 'verify-failed' } });
});
