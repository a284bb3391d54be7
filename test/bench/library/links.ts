import { existsSync } from 'node:fs';
import { copyFile, link, mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { tagFieldsOf } from '../../../src/downloads/tag-fields.ts';
import { createTagger } from '../../../src/downloads/tag.ts';
import { picturePng } from '../../../src/demo/picture.ts';
import { ffmpeg } from '../../downloads/sounds.ts';
import { video } from '../../helpers/media.ts';
import { benchTrack, numberOf } from '../start/library.ts';

/** How ffmpeg makes each of the six formats. */
const codecs = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '128k'],
  m4a: ['-c:a', 'aac', '-b:a', '128k'],
  opus: ['-c:a', 'libopus', '-b:a', '96k'],
  flac: ['-c:a', 'flac'],
  ogg: ['-c:a', 'libvorbis', '-b:a', '112k'],
  wav: ['-c:a', 'pcm_s16le'],
} as const;

export interface LinkedLibrary {
  readonly files: number;
  /** Songs that the links lead to. */
  readonly real: number;
  readonly seconds: number;
  /** Each song sounds like none of the others. */
  readonly isEachItsOwn?: boolean;
}

/**
 * Fills `root` with hard links to real songs in six formats: each with its own tags and a cover of 500x500.
 * @param folder on the same disk
 */
export async function linkLibrary(
  root: string,
  folder: string,
  { files, real, seconds, isEachItsOwn = false }: LinkedLibrary,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const formats = Object.keys(codecs) as (keyof typeof codecs)[]; // of the const table above
  const songs: string[] = [];
  for (let index = 0; index < real; index += 1) {
    const extension = formats[index % formats.length] ?? 'mp3';
    const sound = isEachItsOwn ? index : 0;
    const base = join(folder, `sound-${sound}.${extension}`);
    if (!existsSync(base)) await makeSound(base, sound, seconds, codecs[extension]);
    const path = join(folder, `${numberOf(index)}.${extension}`);
    await copyFile(base, path);
    await tag(path, extension, index);
    songs.push(path);
  }
  for (let index = 0; index < files; index += 1) {
    const song = songs[index % songs.length] ?? '';
    const place = join(root, `Artist ${Math.floor(index / 100)}`, `Album ${Math.floor((index % 100) / 10)}`);
    if (index % 10 === 0) await mkdir(place, { recursive: true });
    await link(song, join(place, `${numberOf(index)}${extname(song)}`));
  }
}

async function makeSound(
  path: string,
  number: number,
  seconds: number,
  codec: readonly string[],
): Promise<void> {
  const tone = `0.3*sin(${2_000 + 61 * number}*t*(2+sin(t*${1 + (number % 7)})))`;
  const sound = `aevalsrc=${tone}|${tone}:d=${seconds}:s=44100`;
  await ffmpeg(['-f', 'lavfi', '-i', sound, ...codec, '-map_metadata', '-1', path]);
}

const tagger = createTagger();

async function tag(path: string, extension: keyof typeof codecs, index: number): Promise<void> {
  const number = numberOf(index);
  const track = { ...benchTrack(number), genres: ['Tones'], releaseDate: String(1960 + (index % 60)) };
  const fields = tagFieldsOf(track, 'comprehensive', video(`bench${number}`));
  const cover = { data: picturePng(number, { width: 500, height: 500 }), mimeType: 'image/png' } as const;
  await tagger.write(path, extension, fields, cover);
}
