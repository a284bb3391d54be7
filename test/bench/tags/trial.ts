import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asCover } from '../../../src/enrich/cover.ts';
import { faultOf, inspect } from '../../../src/downloads/inspect.ts';
import { tagFieldsOf, type TagFields } from '../../../src/downloads/tag-fields.ts';
import type { Tagger } from '../../../src/downloads/tag.ts';
import type { Cover } from '../../../src/enrich/enricher.ts';
import type { Track } from '../../../src/tracks/track.ts';
import { video } from '../../helpers/media.ts';
import { md5, type Reader, type Reading } from './readers.ts';
import { decode, type Sound } from './sounds.ts';

/** A file that was tagged, and all that it should hold. */
export interface Trial {
  readonly path: string;
  readonly sound: Sound;
  readonly fields: TagFields;
  readonly cover: Cover | undefined;
  /** For the report: what was put in. */
  readonly about: string;
}

/** Tags a copy of the sound as a job would. Returns the trial, and what HARMONI's own reader finds wrong. */
export async function tryOne(
  tagger: Tagger,
  folder: string,
  name: string,
  put: { sound: Sound; track: Track; picture: Buffer; about: string },
): Promise<{ trial: Trial; fault: string | undefined }> {
  const { sound, track, picture, about } = put;
  const path = join(folder, `${name}.${sound.extension}`);
  // The work file has no extension that tells: nor has this one while it is tagged and read.
  await copyFile(sound.path, path);
  const fields = tagFieldsOf(track, 'comprehensive', video('aaaaaaaaaaa'));
  const cover = asCover(picture);
  const trial: Trial = { path, sound, fields, cover, about };
  try {
    await tagger.write(path, sound.extension, fields, cover);
    const { extension, durationMs } = sound;
    const found = await inspect(path, extension);
    const fault = faultOf(found, { extension, durationMs, fields, cover: cover !== undefined });
    const off = Math.abs(found.durationMs - durationMs);
    return { trial, fault: fault ?? (off > 100 ? `it lasts ${found.durationMs} ms` : undefined) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { trial, fault: `${String(error)}${cause}` };
  }
}

/** What another reader finds wrong with the files. */
export async function readBy(reader: Reader, trials: readonly Trial[]): Promise<readonly string[]> {
  const readings = await reader.read(trials.map(({ path }) => path));
  return trials.flatMap((trial, at) => {
    const fault = differenceOf(readings[at] ?? { error: 'no answer' }, trial);
    return fault === undefined ? [] : [`${reader.name}: ${fault} (${trial.about})`];
  });
}

function differenceOf(reading: Reading, trial: Trial): string | undefined {
  if (reading.error !== undefined) return reading.error;
  for (const name of ['title', 'artist', 'album'] as const) {
    const wanted = trial.fields.properties[name.toUpperCase()]?.[0];
    if (wanted !== undefined && reading[name] !== wanted)
      return `${name} is ${shorten(reading[name])} instead of ${shorten(wanted)}`;
  }
  const wanted = trial.cover === undefined ? [] : [md5(trial.cover.data)];
  if (JSON.stringify(reading.covers) !== JSON.stringify(wanted))
    return `${reading.covers?.length ?? 0} covers, or another one, instead of ${wanted.length}`;
  const off = Math.abs((reading.durationMs ?? 0) - trial.sound.durationMs);
  return off > 150
    ? `it lasts ${reading.durationMs ?? 0} ms instead of ${trial.sound.durationMs}`
    : undefined;
}

function shorten(text: string | null | undefined): string {
  const shown = JSON.stringify(text ?? null);
  return shown.length > 60 ? `${shown.slice(0, 60)}... (${shown.length})` : shown;
}

/** Whether the tags changed a sample. */
export async function soundFaults(ffmpegPath: string, trials: readonly Trial[]): Promise<readonly string[]> {
  const sums = await decode(
    ffmpegPath,
    trials.map(({ path }) => path),
  );
  return trials.flatMap(({ sound, about }, at) =>
    sums[at] === sound.pcm ? [] : [`ffmpeg: it sounds different from before (${about})`],
  );
}
