import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { configSchema } from '../../../src/config/schema.ts';
import { pathsIn } from '../../../src/downloads/m3u8.ts';
import { adopt, lookAtOwned, type AdoptEnd, type AdoptView } from '../../../src/engine/adopt.ts';
import { lookAtLibrary, scan } from '../../../src/engine/library.ts';
import { planUndo, undo } from '../../../src/engine/undo.ts';
import { settingsOf } from '../../../src/engine/wish.ts';
import type { Store } from '../../../src/history/store.ts';
import type { AdoptWay } from '../../../src/library/adopt/carry-out.ts';
import { isBelow } from '../../../src/system/files.ts';
import { trashOf } from '../../../src/system/trash.ts';
import type { Track, TrackList } from '../../../src/tracks/track.ts';
import { createTestClock } from '../../helpers/clock.ts';

const { signal } = new AbortController();

/** A whole WAV of so many seconds (8 kHz, 8 bits) that sounds like no other number. */
export function wav(seconds: number, number = 1): Buffer {
  const data = Buffer.from(Array.from({ length: seconds * 8000 }, (_, at) => 80 + ((at * number) % 97)));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

export function putWav(path: string, seconds: number, number?: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wav(seconds, number));
}

/** The files below a folder, but HARMONI's own, with what is in them. */
export function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.harmoni'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [relative(folder, path), readFileSync(path, 'latin1')]),
  );
}

/** A library, and a folder with the user's own music. */
export function createAdoptBench(
  { library, own }: { readonly library: string; readonly own: string },
  store: Store,
  template = '{list}/{artist} - {track}',
) {
  const clock = createTestClock();
  const config = { ...configSchema.parse({}), output_dir: library, file_name_template: template };
  const parts = { store, clock, config, log: { write: () => undefined } };
  const trash = trashOf(library);
  const isInside = own === library || isBelow(own, library);

  const bench = {
    scan: () => scan(store, library, { signal, trash }),
    async look(lists: readonly TrackList[]): Promise<AdoptView> {
      if (!isInside) await scan(store, own, { signal, trash, elsewhere: { except: [library] } });
      await bench.scan();
      return lookAtOwned(parts, lists, own, signal);
    },
    adopt: (view: AdoptView, way: AdoptWay, isTaken: () => boolean = () => false): Promise<AdoptEnd> =>
      adopt(parts, view, { way, isTaken }, { signal, onProgress: () => undefined }),
    /** As the plan of a download sees it, after a scan. */
    async present(tracks: readonly Track[]): Promise<readonly string[]> {
      await bench.scan();
      const { isPresent } = lookAtLibrary(store, settingsOf(config, { accept: 'sure' }), config, clock);
      return tracks.filter(isPresent).map(({ track }) => track);
    },
    async undo(run: number): Promise<number | undefined> {
      const end = await undo(parts, await planUndo(parts, run), { signal, onProgress: () => undefined });
      return end.id;
    },
    /** The files that a playlist file leads to, as paths below the folder with both. */
    playlist(file: string): readonly string[] {
      const path = join(library, file);
      return pathsIn(readFileSync(path, 'utf8')).map((entry) =>
        relative(dirname(library), resolve(dirname(path), entry)),
      );
    },
  };
  return bench;
}

const many = Array.from({ length: 30 }, (_, at) => at);
const titleOf = (at: number): string => `Song ${String.fromCharCode(65 + (at % 26))}${at}x`;

/** Two lists that share some songs, of which `fillMany` has the files. */
export function manyLists(): readonly TrackList[] {
  const songs = many.map((at) => ({ artists: ['Band'], artist: 'Band', track: titleOf(at) }));
  const listOf = (name: string, tracks: readonly Track[]): TrackList => {
    return { name, origin: `file:${name}`, tracks, skipped: [], folder: 'own' };
  };
  return [listOf('Mix', songs), listOf('Half', songs.toReversed().slice(0, 15))];
}

/** Every third is known by the name of its folder alone. */
export function fillMany(own: string): void {
  for (const at of many) {
    const name = at % 3 === 0 ? `Band/${titleOf(at)}.wav` : `Band - ${titleOf(at)}.wav`;
    putWav(join(own, name), 1, at + 2);
  }
}
