import { relative } from 'node:path';
import { findSongs } from '../engine/library-songs.ts';
import type { Store } from '../history/store.ts';
import { parseQuery } from '../library/query.ts';
import { nameOf, type LibrarySong } from '../library/songs.ts';
import { heardText } from '../tracks/heard-text.ts';
import { minutes } from '../tracks/length-text.ts';
import { mediaInJson } from '../tracks/media.ts';
import { sizeText } from '../tracks/size-text.ts';
import { songs as counted } from '../tracks/song-count.ts';
import { yearOf } from '../tracks/song-facts.ts';
import type { Output } from '../ui/output.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { noSongsText } from './no-songs.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';

export interface ListSongsParts extends ScanParts {
  readonly store: Pick<Store, 'files' | 'lists'>;
  readonly config: { readonly output_dir: string };
  readonly output: Output;
}

/** Shows the songs that a query means, and what they are together. Returns the exit code. @throws HarmoniError usage */
export async function listSongs(parts: ListSongsParts, words: readonly string[]): Promise<number> {
  const { config, output, store } = parts;
  // What is typed wrong is told before anything is read.
  parseQuery(words);
  await scanWithProgress(parts, config.output_dir);
  const found = await findSongs(store, config.output_dir, words);
  output.lines(found.flatMap((song) => linesOf(song)));
  const sizeBytes = found.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const durationMs = found.reduce((sum, { file }) => sum + (file.durationMs ?? 0), 0);
  output.say(
    found.length === 0
      ? noSongsText(words, config.output_dir)
      : `${counted(found.length)}, ${minutes(durationMs)}, ${sizeText(sizeBytes)}`,
  );
  output.document({
    songs: found.map((song) => inJson(song, config.output_dir)),
    summary: { songs: found.length, seconds: Math.round(durationMs / 1000), sizeBytes },
  });
  return 0;
}

function linesOf(song: LibrarySong): readonly ToneLine[] {
  const { facts, file } = song;
  const { heard } = facts;
  const year = yearOf(facts);
  const album = facts.album === undefined ? [] : [`${facts.album}${year === undefined ? '' : ` (${year})`}`];
  const length = file.durationMs === undefined ? [] : [minutes(file.durationMs)];
  const rate = file.bitrateKbps === undefined ? '' : ` ${file.bitrateKbps}k`;
  const line = [nameOf(song), ...album, ...length, `${file.format ?? ''}${rate}`].join(' · ');
  return [
    { text: line },
    ...(file.fault === undefined ? [] : [{ text: `  Broken: ${file.fault}.`, tone: 'fail' } as const]),
    ...(heard === undefined || heard.verdict === 'proven'
      ? []
      : [{ text: `  ${heardText(heard)}.`, tone: 'warn' } as const]),
  ];
}

/** A song for other programs. `path` is absolute, `place` below the library. */
function inJson({ file, facts, lists }: LibrarySong, library: string): object {
  const { path, media, ...rest } = file;
  return {
    path,
    place: relative(library, path),
    ...facts,
    ...(media === undefined ? {} : mediaInJson(media)),
    ...rest,
    ...(lists.length === 0 ? {} : { lists }),
  };
}
