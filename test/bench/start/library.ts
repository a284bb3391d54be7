import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planConversion } from '../../../src/downloads/conversion-plan.ts';
import { createTagger } from '../../../src/downloads/tag.ts';
import { tagFieldsOf } from '../../../src/downloads/tag-fields.ts';
import type { Track } from '../../../src/tracks/track.ts';
import { convertFile, sine } from '../../downloads/sounds.ts';
import { video } from '../../helpers/media.ts';

/** Stands in every tag for the number of the song. */
const token = '909090';
const formats = ['mp3', 'm4a', 'opus', 'flac'] as const;

/** A file of a format, and where its song's number stands in it: one byte to a digit, or two in UTF-16. */
interface Template {
  readonly extension: string;
  readonly file: Buffer;
  readonly places: readonly { readonly at: number; readonly wide: boolean }[];
}

export function benchTrack(number: string): Track {
  return {
    artists: [`Artist ${number}`],
    artist: `Artist ${number}`,
    track: `Song ${number}`,
    album: 'Collected Tones',
    durationMs: 1_000,
    isrc: `ZZTST9${number}`,
    spotifyUri: `spotify:track:bench${number}`,
  };
}

export const numberOf = (index: number): string => String(index + 1).padStart(token.length, '0');

/** One real, tagged second of sound in each format, made with ffmpeg in `folder`. */
export async function makeTemplates(folder: string): Promise<readonly Template[]> {
  await mkdir(folder, { recursive: true });
  const tagger = createTagger();
  const templates: Template[] = [];
  for (const format of formats) {
    const path = join(folder, `template.${format}`);
    const plan = planConversion(format, format === 'm4a' ? 'aac' : 'opus', 'low');
    await convertFile(await sine(format === 'm4a' ? 'm4a' : 'webm'), path, plan);
    const fields = tagFieldsOf(benchTrack(token), 'comprehensive', video(`bench${token}`));
    await tagger.write(path, plan.extension, fields, undefined);
    const file = await readFile(path);
    templates.push({ extension: format, file, places: [...placesOf(file, false), ...placesOf(file, true)] });
  }
  return templates;
}

function placesOf(file: Buffer, wide: boolean): Template['places'] {
  const wanted = Buffer.from(token, wide ? 'utf16le' : 'latin1');
  const places: { at: number; wide: boolean }[] = [];
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) places.push({ at, wide });
  if (!wide && places.length === 0) throw new Error('The tags do not hold the number of the song.');
  return places;
}

/**
 * Writes `count` songs below `root`, each with tags of its own, into the folders that `folderOf` names. The checksum of
 * Ogg's pages is not renewed, which no reader of tags looks at.
 */
export async function makeLibrary(
  root: string,
  templates: readonly Template[],
  count: number,
  folderOf: (index: number) => string,
): Promise<void> {
  const made = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const folder = join(root, folderOf(index));
    if (!made.has(folder)) await mkdir(folder, { recursive: true });
    made.add(folder);
    const template = templates[index % templates.length];
    if (template === undefined) throw new Error('There is no template.');
    const number = numberOf(index);
    const file = Buffer.from(template.file);
    for (const { at, wide } of template.places) file.write(number, at, wide ? 'utf16le' : 'latin1');
    await writeFile(join(folder, `Artist ${number} - Song ${number}.${template.extension}`), file);
  }
}
