import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { planConversion } from '../../../src/downloads/conversion-plan.ts';
import { createTagger } from '../../../src/downloads/tag.ts';
import { convertFile, sine } from '../../downloads/sounds.ts';

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const tagger = createTagger();

/** All kinds of tags, one of them unknown to HARMONI. */
export const tagsOf = (number: number): Readonly<Record<string, readonly string[]>> => ({
  TITLE: [`Song ${number}`],
  ARTIST: ['Amber "A" Ensemble'],
  ARTISTS: ['Amber', 'Ensemble'],
  ALBUM: ['Älbum'],
  ALBUMARTIST: ['Amber'],
  TRACKNUMBER: [`${number}/12`],
  DISCNUMBER: ['1/2'],
  DATE: ['1999-05-01'],
  GENRE: ['Rock', 'Pop'],
  LYRICS: ['[00:00.10] la\n[00:00.50] lu'],
  MUSICBRAINZ_TRACKID: ['11111111-1111-4111-8111-111111111111'],
  REPLAYGAIN_TRACK_GAIN: ['-6.20 dB'],
  MYTAG: ['mine', 'two'],
});

type Format = 'mp3' | 'm4a' | 'opus' | 'flac' | 'ogg' | 'wav';

/** Makes a song of a second at a path, with a cover; without `videoId` it's the user's own. */
export async function makeSong(path: string, number: number, videoId?: string): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  const format = path.split('.').at(-1) as Format; // of the union above, in all tests
  const plan = planConversion(format, format === 'm4a' ? 'aac' : 'opus', 'low');
  await convertFile(await sine(format === 'm4a' ? 'm4a' : 'webm'), path, plan);
  const properties = { ...tagsOf(number), ...(videoId === undefined ? {} : { YOUTUBE_ID: [videoId] }) };
  await tagger.write(path, format, { properties }, { mimeType: 'image/png', data: png });
  return path;
}

export const videoIdOf = (number: number): string => `video${String(number).padStart(6, '0')}`;

/** Every file below a folder that isn't hidden, with a hash of what is in it. */
export function contentsOf(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path), path] as const)
      .filter(([way]) => !way.startsWith('.'))
      .toSorted()
      .map(([way, path]) => [way, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
