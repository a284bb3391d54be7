import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkTarget } from '../../src/engine/export-copy.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('no copy goes into the library or around it, also by a link, and none is refused beside it', async () => {
  const folder = tempFolder();
  const library = join(folder, 'music');
  mkdirSync(join(library, 'A'), { recursive: true });
  symlinkSync(library, join(folder, 'link'));
  const refused = ['music', 'music/new', 'link', 'link/A', 'link/new/deep', '.'];
  for (const way of refused) {
    await expect(checkTarget(join(folder, way), library)).rejects.toMatchObject({ code: 'usage' });
  }
  await expect(checkTarget(join(folder, 'music'), join(folder, 'link'))).rejects.toMatchObject({
    code: 'usage',
  });
  for (const way of ['stick', 'music2/new', 'stick/link']) await checkTarget(join(folder, way), library);
});
