import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { describe, expect, test } from 'vitest';
import { examineFile } from '../../src/downloads/examine-file.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { untaggedFile } from './sounds.ts';
import { expectedTags, propertiesOfRows } from './tag-rows.ts';

const tagger = createTagger();
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const cover = { mimeType: 'image/png', data: png } as const;

/** What music-metadata finds in a file, by its names there. */
async function tagsOf(path: string): Promise<Record<string, readonly string[]>> {
  const { native } = await parseFile(path);
  const found: Record<string, string[]> = {};
  const add = (id: string, ...values: unknown[]): void =>
    void (found[id] = [...(found[id] ?? []), ...values.map(textOf)]);
  for (const [kind, tags] of Object.entries(native)) {
    // ID3v1 holds thirty letters of some of them once more.
    if (kind === 'ID3v1' || kind === 'exif') continue;
    for (const { id, value } of tags) {
      if (id === 'UFID') add(`UFID:${ownerOf(value)}`, value);
      else if (id === 'TIPL')
        for (const [role, names] of Object.entries(value as object))
          add(`TIPL:${role}`, ...(names as unknown[]));
      else add(id, value);
    }
  }
  return found;
}

const ownerOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'owner_identifier' in value
    ? String(value.owner_identifier)
    : '';

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === true ? '1' : String(value);
  if ('identifier' in value) return Buffer.from(value.identifier as Uint8Array).toString();
  return 'text' in value ? String(value.text) : '';
}

describe.each(['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const)('%s', (format) => {
  test('has every tag where other programs look for it', async () => {
    const path = join(tempFolder(), `song.${format}`);
    await untaggedFile(format, path);
    await tagger.write(path, format, { properties: propertiesOfRows }, cover);
    const found = await tagsOf(path);
    const expected = expectedTags(format);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name]]))).toEqual(expected);
    const { facts } = await examineFile(path, { sizeBytes: statSync(path).size, modifiedMs: 0 }, undefined);
    expect(facts.heard).toEqual({ verdict: 'proven', by: 'deezer', bitError: 0.041 });
  });

  test('keeps all of it, and the cover, when some of it is written anew', async () => {
    const folder = tempFolder();
    const path = join(folder, `song.${format}`);
    await untaggedFile(format, path);
    await tagger.write(path, format, { properties: propertiesOfRows }, cover);
    const changes = { LABEL: ['Other'], GENRE: [], SUBTITLE: ['New'], DISCNUMBER: ['2/2'] };
    const copy = join(folder, 'copy');
    copyFileSync(path, copy);
    await tagger.update(copy, format, { properties: changes }, undefined);
    const found = await tagsOf(copy);
    const was = await tagsOf(path);
    const changed = Object.keys({ ...was, ...found }).filter(
      (name) => JSON.stringify(was[name]) !== JSON.stringify(found[name]),
    );
    expect(changed.toSorted()).toEqual(changedNames[format]);
    const after = await tagger.read(copy);
    expect(after.properties).toMatchObject({
      LABEL: ['Other'],
      SUBTITLE: ['New'],
      LYRICS: propertiesOfRows['LYRICS'],
    });
    expect(after.properties).not.toHaveProperty('GENRE');
    expect((await parseFile(copy)).common.picture?.[0]?.data).toEqual(new Uint8Array(png));
  });
});

const inVorbis = ['DISCNUMBER', 'GENRE', 'LABEL', 'SUBTITLE'];
const inId3 = ['TCON', 'TIT3', 'TPOS', 'TPUB'];
const changedNames = {
  opus: inVorbis,
  ogg: inVorbis,
  flac: inVorbis,
  mp3: inId3,
  wav: inId3,
  m4a: ['----:com.apple.iTunes:LABEL', '----:com.apple.iTunes:SUBTITLE', 'disk', '©gen'],
};
