import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTagger } from '../../src/downloads/tag.ts';
import { runProcess } from '../../src/system/process.ts';
import { findMutagen } from '../bench/tags/readers.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { projectDir } from '../helpers/world.ts';
import { untaggedFile } from './sounds.ts';

const tools = join(process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'), 'tools');
const mutagen = await findMutagen(tools);
if (mutagen === undefined)
  sayLeftOut('tags of other programs in retagged files', 'pip cannot install mutagen');

const shown = z.record(z.string(), z.array(z.string()));

/** Every tag of a file, as mutagen shows it, of any program. */
async function foreignTags(verb: 'write' | 'read', path: string): Promise<Record<string, string[]>> {
  const { stdout, stderr } = await runProcess(
    'python3',
    [join(import.meta.dirname, 'programs', 'foreign_tags.py')],
    {
      env: { ...process.env, PYTHONPATH: join(tools, 'mutagen'), PYTHONIOENCODING: 'utf-8' },
      input: `${JSON.stringify([verb, path])}\n`,
    },
  );
  if (stdout === '') throw new Error(stderr.slice(-500));
  return shown.parse(JSON.parse(stdout) ?? {});
}

const added = {
  LABEL: ['Example Records'],
  REPLAYGAIN_TRACK_GAIN: ['-3.00 dB'],
  MUSICBRAINZ_ALBUMID: ['7a0d0f2e-5b1c-4d7f-9a51-0b4f6c1e2d3a'],
};
const names = /^(?:tpub|label|.*replaygain_track_gain|.*musicbrainz[_ ]album ?id|.*:label)$/i;
/** TagLib writes an ID3v1 tag, too, whose comment mutagen shows apart. */
const ofId3v1 = 'COMM:ID3v1 Comment:eng';

describe.skipIf(mutagen === undefined)('mutagen', () => {
  const tagger = createTagger();

  test.each(['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const)(
    'finds every tag and picture of other programs in a %s that HARMONI has given more tags, and no other',
    async (format) => {
      const path = join(tempFolder(), `song.${format}`);
      await untaggedFile(format, path);
      await foreignTags('write', path);
      const before = await foreignTags('read', path);
      expect(Object.keys(before).length).toBeGreaterThan(10);
      await tagger.update(path, format, { properties: added }, undefined);
      await tagger.update(path, format, { properties: { LABEL: ['Other Records'] } }, undefined);
      const after = await foreignTags('read', path);
      const news = Object.keys(after).filter((name) => !(name in before) && name !== ofId3v1);
      expect(news.filter((name) => !names.test(name))).toEqual([]);
      expect(news).toHaveLength(3);
      expect(Object.fromEntries(Object.keys(before).map((name) => [name, after[name]]))).toEqual(before);
    },
  );

  test.each(['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const)(
    'finds every other tag in a %s whose cover HARMONI has written',
    async (format) => {
      const path = join(tempFolder(), `song.${format}`);
      await untaggedFile(format, path);
      await foreignTags('write', path);
      const isPicture = (name: string): boolean => /^(?:APIC|covr|metadata_block_picture)/.test(name);
      const others = (tags: Record<string, string[]>): object =>
        Object.fromEntries(Object.entries(tags).filter(([name]) => !isPicture(name) && name !== ofId3v1));
      const before = others(await foreignTags('read', path));
      const data = Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]);
      await tagger.update(path, format, { properties: {} }, { mimeType: 'image/jpeg', data });
      const after = await foreignTags('read', path);
      expect(others(after)).toEqual(before);
      expect(
        Object.entries(after)
          .filter(([name]) => isPicture(name))
          .flatMap(([, values]) => values),
      ).toHaveLength(1);
    },
  );
});
