import { join } from 'node:path';
import { createTagger } from '../../src/downloads/tag.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { ffmpeg } from './sounds.ts';

export const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;

/** Lines, an empty one, letters of many alphabets, and quotes. */
export const lyrics = 'First line\nÉén, 二, три 🎵\n\n[Chorus]\n"Quoted"; a = b\nLast line';

/** A file in each format, tagged with lyrics by HARMONI. */
export async function songsWithLyrics(): Promise<Readonly<Record<(typeof formats)[number], string>>> {
  const folder = tempFolder();
  const path = (format: string): string => join(folder, `song.${format}`);
  const outputs = formats.flatMap((format) => ['-map', '0:a', path(format)]);
  await ffmpeg(['-f', 'lavfi', '-i', 'sine=440:d=1', ...outputs]);
  const tagger = createTagger();
  for (const format of formats)
    await tagger.write(
      path(format),
      format,
      { properties: { TITLE: ['Song'], LYRICS: [lyrics] } },
      undefined,
    );
  return Object.fromEntries(formats.map((format) => [format, path(format)])) as Record<
    (typeof formats)[number],
    string
  >;
}
