import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { layoutPresets } from '../../src/config/layouts.ts';
import { pathsIn, renderM3u8 } from '../../src/downloads/m3u8.ts';
import {
  lookAtOrder,
  organise,
  prepareOrder,
  type OrganiseEnd,
  type OrganiseView,
} from '../../src/engine/organise.ts';
import { planUndo, undo, type UndoEnd } from '../../src/engine/undo.ts';
import type { IndexedFile } from '../../src/history/file-index.ts';
import { sha256 } from '../../src/system/files.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import type { SongFacts } from '../../src/tracks/song-facts.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';

export const templates = Object.fromEntries(layoutPresets.map(({ name, template }) => [name, template]));

type Facts = Omit<Partial<SongFacts>, 'title'> & {
  readonly title: string | undefined;
  readonly artist: string;
};

/** A library of files that are what their text says, with an index that knows their tags. */
export function createOrganiseBench(
  place: { readonly library?: string; readonly data?: string } = {},
  same: 'link' | 'copy' | 'skip' = 'link',
) {
  const { library = tempFolder(), data = tempFolder() } = place;
  const store = openTestStore(data);
  const clock = createTestClock({ startMs: Date.UTC(2026, 10, 22) });
  const config = {
    output_dir: library,
    trash_days: 30,
    file_name_template: templates['folder-per-playlist'] ?? '',
    same_track_in_second_list: same,
  };
  const parts = { store, clock, config, log: { write: () => undefined } };
  const at = (path: string): string => join(library, path);
  const { signal } = new AbortController();

  function index(path: string, { title, artist, ...more }: Facts, file: Partial<IndexedFile>): void {
    const { size, mtimeMs, ino } = statSync(at(path));
    const facts = { artists: [artist], genres: [], isrcs: [], hasCover: false, artist, ...more };
    const known: SongFacts = title === undefined ? facts : { ...facts, title };
    const track: Track = { artists: facts.artists, artist, track: title ?? '' };
    const stamp = { sizeBytes: size, modifiedMs: Math.round(mtimeMs), inode: String(ino) };
    const format = extname(path).slice(1);
    store.files.put({ path: at(path), ...stamp, format, downloaded: true, ...file }, trackKeys(track), known);
  }
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };
  return {
    library,
    data,
    store,
    config,
    at,
    put,
    song(path: string, facts: Facts, file: Partial<IndexedFile> = {}): void {
      put(path, `${facts.artist} - ${facts.title}`);
      index(path, facts, file);
    },
    link(from: string, path: string, facts: Facts): void {
      mkdirSync(dirname(at(path)), { recursive: true });
      linkSync(at(from), at(path));
      index(path, facts, {});
    },
    /** A list with the playlist file that HARMONI wrote for it. */
    list(name: string, file: string, songs: readonly string[]): void {
      const entries = songs.map((song) => ({
        path: relative(dirname(at(file)), at(song)),
        durationMs: 1000,
        artist: 'A',
        track: song,
      }));
      const content = renderM3u8({ name, origin: `file:${name}` }, entries);
      put(file, content);
      store.lists.add({ library, origin: `file:${name}`, name, label: name });
      store.lists.setPlaylist(library, `file:${name}`, at(file), sha256(content));
    },
    /** As HARMONI wrote it. */
    rewriteList(name: string, file: string, content: string): void {
      put(file, content);
      store.lists.setPlaylist(library, `file:${name}`, at(file), sha256(content));
    },
    look: async (
      template: string,
      more: { words?: string[]; includeOwn?: boolean } = {},
    ): Promise<OrganiseView> => {
      await prepareOrder(parts);
      return lookAtOrder(parts, { words: [], includeOwn: false, template, ...more });
    },
    organise: (view: OrganiseView, stop: AbortSignal = signal): Promise<OrganiseEnd> =>
      organise(parts, view, { signal: stop, onProgress: () => undefined }),
    undo: async (run: number): Promise<UndoEnd> =>
      undo(parts, await planUndo(parts, run), { signal, onProgress: () => undefined }),
    /** Everything in the library, with what it says; a playlist says the songs that its paths lead to. */
    files: (): Record<string, string> => contentsOf(library),
    indexed: (): string[] =>
      store.files
        .filesBelow(library)
        .map(({ path }) => relative(library, path))
        .toSorted(),
  };
}

export type OrganiseBench = ReturnType<typeof createOrganiseBench>;

function contentsOf(library: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(library, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const way = relative(library, path);
    // What a kill left half-written is for library cleanup.
    if (!entry.isFile() || way.startsWith('.harmoni') || entry.name.endsWith('.tmp')) continue;
    found[way] = way.endsWith('.m3u8') ? songsIn(path) : readFileSync(path, 'utf8');
  }
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function songsIn(file: string): string {
  return pathsIn(readFileSync(file, 'utf8'))
    .map((entry) => {
      try {
        return readFileSync(resolve(dirname(file), entry), 'utf8');
      } catch {
        return `missing: ${entry}`;
      }
    })
    .join(', ');
}
