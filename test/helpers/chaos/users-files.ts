import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createToneStore } from '../../../src/demo/tones.ts';
import { soundsDir, type World } from '../world.ts';
import type { TrialChoice } from './trial.ts';

/** What the user had before HARMONI came. */
export interface UsersFiles {
  /** A song of the user's, which hostile programs point at. */
  readonly victim: string;
  /** Real paths of the user's audio files. */
  readonly audio: ReadonlySet<string>;
  /** Content by path: a checksum, or where a link leads. */
  readonly before: ReadonlyMap<string, string>;
  /** What the user put there during the run. */
  readonly added: Map<string, string>;
  /** What the user removed. */
  readonly removed: Set<string>;
}

/** Puts songs, a playlist, pictures, links and many folders of the user's into the library and beside it. */
export async function putUsersFiles(
  world: World,
  listName: string,
  choice: TrialChoice,
  ffmpegPath: string,
): Promise<UsersFiles> {
  const { music } = world;
  const outside = join(world.folder, 'outside');
  const own = join(music, 'Mine', 'own.m4a');
  const elsewhere = join(outside, 'Attic', 'old tape.m4a');
  mkdirSync(join(music, 'Mine'), { recursive: true });
  mkdirSync(join(outside, 'Attic'), { recursive: true });
  // As long as the songs, so that only who listens can tell it from them.
  const take = await createToneStore(
    ffmpegPath,
    soundsDir,
  )({ toneHz: 3_000, durationMs: 3_400, codec: 'aac' });
  copyFileSync(take, own);
  copyFileSync(take, elsewhere);
  writeFileSync(join(music, 'Mine', 'notes.txt'), 'Do not lose this.\n');
  writeFileSync(
    join(music, 'Mine', 'Caf\u00e9.m3u8'),
    Buffer.from('#EXTM3U\nown.m4a\nCaf\xe9.mp3\n', 'latin1'),
  );
  symlinkSync(join(outside, 'Attic'), join(music, 'Attic'));
  symlinkSync(join(outside, 'gone'), join(music, 'Dangling'));
  if (choice.library === 'wide')
    for (let number = 0; number < 1_500; number += 1) mkdirSync(join(music, `Old ${number}`));
  const listFolder = join(music, listName);
  if (choice.library === 'linked-list-folder') {
    mkdirSync(join(outside, 'Disk 2'));
    symlinkSync(join(outside, 'Disk 2'), listFolder);
  }
  if (choice.ownPlaylist) {
    mkdirSync(listFolder, { recursive: true });
    writeFileSync(join(listFolder, `${listName}.m3u8`), '#EXTM3U\n../Mine/own.m4a\n');
  }
  const roots = [music, outside];
  return {
    victim: own,
    audio: new Set([own, elsewhere]),
    before: contentsBelow(roots),
    added: new Map(),
    removed: new Set(),
  };
}

/** Every file and link below, by path. */
export function contentsBelow(roots: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const about = lstatSync(path);
      if (about.isSymbolicLink()) found.set(path, `link to ${readlinkSync(path)}`);
      else if (about.isDirectory()) visit(path);
      else if (about.isFile()) found.set(path, createHash('sha256').update(readFileSync(path)).digest('hex'));
      else found.set(path, 'neither file nor folder');
    }
  };
  for (const root of roots) if (existsSync(root)) visit(root);
  return found;
}

/** What of it is gone or changed; where it went to the trash it is not lost. */
export function lossesOf(users: UsersFiles, trash: string): string[] {
  const inTrash = new Set(contentsBelow([trash]).values());
  return [...users.before, ...users.added].flatMap(([path, content]) => {
    if (users.removed.has(path)) return [];
    let now = 'gone';
    try {
      const about = lstatSync(path);
      now = about.isSymbolicLink()
        ? `link to ${readlinkSync(path)}`
        : createHash('sha256').update(readFileSync(path)).digest('hex');
    } catch {
      // Gone.
    }
    if (now === content || inTrash.has(content)) return [];
    return [`a file of the user's is ${now === 'gone' ? 'gone' : 'changed'}: ${path}`];
  });
}
