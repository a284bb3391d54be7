import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTagger } from '../../src/downloads/tag.ts';
import { findMutagen } from '../bench/tags/readers.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { projectDir } from '../helpers/world.ts';
import { untaggedFile } from './sounds.ts';
import { expectedTags, propertiesOfRows } from './tag-rows.ts';

const mutagen = await findMutagen(join(process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'), 'tools'));
if (mutagen === undefined) sayLeftOut('the tags as mutagen reads them', 'pip cannot install it');

// mutagen is what Picard and beets read with.
describe.skipIf(mutagen === undefined)('mutagen', () => {
  const tagger = createTagger();

  test.each(['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const)(
    'finds every tag of a file in %s under its name, written at once or one by one',
    async (format) => {
      const folder = tempFolder();
      const [whole, bare] = [join(folder, `whole.${format}`), join(folder, `bare.${format}`)];
      await untaggedFile(format, whole);
      copyFileSync(whole, bare);
      await tagger.write(whole, format, { properties: propertiesOfRows }, undefined);
      for (const [name, values] of Object.entries(propertiesOfRows).slice(0, 12)) {
        await tagger.update(bare, format, { properties: { [name]: values } }, undefined);
      }
      await tagger.update(bare, format, { properties: propertiesOfRows }, undefined);
      const readings = (await mutagen?.read([whole, bare])) ?? [];
      expect(readings).toHaveLength(2);
      const expected = expectedTags(format);
      for (const { tags = {}, error } of readings) {
        expect(error).toBeUndefined();
        expect(Object.fromEntries(Object.keys(expected).map((name) => [name, tags[name]]))).toEqual(expected);
      }
    },
  );
});
