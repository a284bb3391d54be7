import { copyFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, describe, expect, test } from 'vitest';
import { planConversion, type ConversionPlan } from '../../src/downloads/conversion-plan.ts';
import { faultOf, inspect } from '../../src/downloads/inspect.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import type { Cover } from '../../src/enrich/enricher.ts';
import type { Track } from '../../src/tracks/track.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { video } from '../helpers/media.ts';
import { convertFile, sine } from './sounds.ts';

const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
const tagger = createTagger();
const made = new Map<string, string>();
const keep = mkdtempSync(join(tmpdir(), 'harmoni-test-'));
afterAll(() => rmSync(keep, { recursive: true }));

/** An untagged file of the format, one second long, under a name that does not tell it. */
async function untagged(format: ConversionPlan['extension'], folder: string): Promise<string> {
  const path = join(folder, '0.finished');
  const known = made.get(format);
  if (known === undefined) {
    const from = await sine(format === 'm4a' ? 'm4a' : 'webm');
    const plan = planConversion(format, format === 'm4a' ? 'aac' : 'opus', 'low');
    await convertFile(from, path, plan);
    const kept = join(keep, format);
    copyFileSync(path, kept);
    made.set(format, kept);
  } else copyFileSync(known, path);
  return path;
}

// A PNG of one pixel.
const cover: Cover = {
  mimeType: 'image/png',
  data: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

const track: Track = {
  artists: ['椎名林檎', 'Tyler, The Creator'],
  artist: '椎名林檎, Tyler, The Creator',
  track: 'Söng "1" — 😀 שלום',
  album: 'Album / Two; Three',
  albumArtists: ['椎名林檎'],
  releaseDate: '2019-05-31',
  trackNumber: 3,
  trackTotal: 12,
  discNumber: 1,
  discTotal: 2,
  isrc: 'ZZTST1900001',
  genres: ['j-pop', 'rap'],
  label: 'Label',
  tempo: 120,
  key: 9,
  mode: 0,
  spotifyUri: 'spotify:track:1',
  extra: { DANCEABILITY: '0.7' },
};

describe.each(formats)('%s', (format) => {
  test('gives back all tags, the totals and the cover', async () => {
    const path = await untagged(format, tempFolder());
    const fields = tagFieldsOf(track, 'comprehensive', video('aaaaaaaaaaa'));
    await tagger.write(path, format, fields, cover);
    const found = await inspect(path, format);
    expect(faultOf(found, { extension: format, durationMs: 1_000, fields, cover: true })).toBeUndefined();
    const { common, native } = await parseFile(path);
    expect(common).toMatchObject({
      title: track.track,
      artist: track.artist,
      album: track.album,
      albumartist: '椎名林檎',
      track: { no: 3, of: 12 },
      disk: { no: 1, of: 2 },
      isrc: ['ZZTST1900001'],
      genre: ['j-pop', 'rap'],
    });
    expect(common.date ?? String(common.year)).toMatch(/^2019/);
    expect(Buffer.from(common.picture?.[0]?.data ?? []).equals(cover.data)).toBe(true);
    const own = JSON.stringify(native);
    for (const value of ['spotify:track:1', 'aaaaaaaaaaa', '0.7', 'Am']) expect(own).toContain(value);
  });

  test('marks explicit songs and compilations where its players look for them', async () => {
    const path = await untagged(format, tempFolder());
    const marked = { ...track, explicit: true, albumArtists: ['Various Artists'] };
    await tagger.write(path, format, tagFieldsOf(marked, 'comprehensive', undefined), cover);
    const { common, native } = await parseFile(path);
    expect(common.compilation).toBe(true);
    const fields = Object.values(native).flat();
    const valueOf = (id: string): unknown => fields.find((field) => field.id === id)?.value;
    if (format === 'm4a') expect(valueOf('rtng')).toBe(1);
    if (['opus', 'ogg', 'flac'].includes(format)) {
      const totals = ['TRACKNUMBER', 'TRACKTOTAL', 'DISCNUMBER', 'DISCTOTAL'].map(valueOf);
      expect(totals).toEqual(['3', '12', '1', '2']);
    }

    const plain = await untagged(format, tempFolder());
    await tagger.write(plain, format, tagFieldsOf(track, 'comprehensive', undefined), cover);
    const found = await parseFile(plain);
    expect(found.common.compilation ?? false).toBe(false);
    expect(Object.values(found.native).flat()).not.toContainEqual(expect.objectContaining({ id: 'rtng' }));
  });

  test('stays a whole file under hostile texts', async () => {
    const path = await untagged(format, tempFolder());
    const text = 'a\u0000b\r\nc\u001b[31m \ud800 \ufeff= e\u0301 ' + 'x'.repeat(70_000);
    const evil: Track = {
      artists: [text, text],
      artist: text,
      track: `\ufeff${text}`,
      album: '\u0000',
      extra: { 'A=B': text, 'GRÖßE 😀': text, '': text, 'TXXX:X': text, TITLE: 'not this', TRACKNUMBER: 'x' },
    };
    const fields = tagFieldsOf(evil, 'comprehensive', video('aaaaaaaaaaa'));
    await tagger.write(path, format, fields, undefined);
    const found = await inspect(path, format);
    expect(faultOf(found, { extension: format, durationMs: 1_000, fields, cover: false })).toBeUndefined();
  });

  test('without a title or an artist is tagged with the rest', async () => {
    const path = await untagged(format, tempFolder());
    const fields = tagFieldsOf({ artists: [], artist: '', track: '' }, 'basic', video('aaaaaaaaaaa'));
    await tagger.write(path, format, fields, undefined);
    const found = await inspect(path, format);
    expect(faultOf(found, { extension: format, durationMs: 1_000, fields, cover: false })).toBeUndefined();
  });
});

test('files are tagged one after the other, and one that fails does not stop the next', async () => {
  const folder = tempFolder();
  const good = await untagged('mp3', folder);
  const bad = join(folder, 'bad');
  writeFileSync(bad, '');
  const fields = tagFieldsOf(track, 'basic', undefined);
  const ends = await Promise.allSettled([
    tagger.write(bad, 'mp3', fields, undefined),
    tagger.write(join(folder, 'nowhere'), 'mp3', fields, undefined),
    tagger.write(good, 'mp3', fields, undefined),
  ]);
  expect(ends).toMatchObject([
    { status: 'rejected', reason: { code: 'tag-failed' } },
    { status: 'rejected', reason: { code: 'tag-failed' } },
    { status: 'fulfilled' },
  ]);
  expect((await inspect(good, 'mp3')).facts.title).toBe(track.track);
});

test.runIf(mayMount).each(['wav', 'mp3'] as const)('a full disk is called that (.%s)', async (format) => {
  using disk = mountDisk(join(tempFolder(), 'disk'), 500);
  const path = await untagged(format, disk.folder);
  const { bavail, bsize } = statfsSync(disk.folder);
  writeFileSync(join(disk.folder, 'rest'), Buffer.alloc(bavail * bsize));
  const fields = tagFieldsOf(
    { artists: ['One'], artist: 'One', track: 'x'.repeat(20_000) },
    'comprehensive',
    video('aaaaaaaaaaa'),
  );
  await expect(createTagger().write(path, format, fields, undefined)).rejects.toMatchObject({
    code: 'disk-full',
  });
});
