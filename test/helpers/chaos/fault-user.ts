import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { FaultKind } from './fault.ts';
import { untilMoment } from './moments.ts';
import type { Trial } from './trial.ts';

/** The user does something to songs in the library while HARMONI works. */
function userKind(kind: string, act: (trial: Trial, song: string) => void): FaultKind {
  return {
    kind,
    draw(random, songs) {
      const count = random.between(1, songs - 1);
      const chance = random.next();
      return {
        about: `${kind} when ${count} songs are there`,
        async during(trial, running) {
          const ours = trial.users.before.size;
          const moment = { at: 'publish', count, ms: random.between(0, 40) } as const;
          if (!(await untilMoment(trial, running, moment)) && ours === 0) return;
          const there = songsOf(trial);
          const song = there[Math.floor(chance * there.length)];
          if (song !== undefined) act(trial, song);
        },
      };
    },
  };
}

function songsOf(trial: Trial): string[] {
  try {
    const folder = join(trial.library, trial.listName);
    return readdirSync(folder)
      .filter((name) => /\.(opus|mp3|m4a|flac|ogg|wav)$/.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

export const userKinds: readonly FaultKind[] = [
  userKind('user-deletes', (_trial, song) => rmSync(song, { force: true })),
  userKind('user-moves', (trial, song) => {
    const to = join(trial.library, 'Best of');
    mkdirSync(to, { recursive: true });
    renameSync(song, join(to, basename(song)));
  }),
  // As a full disk or a broken copy leaves it; an mp3 still has its honest header.
  userKind('user-breaks', (_trial, song) => truncateSync(song, Math.floor(statSync(song).size / 2))),
  userKind('user-links', (trial, song) => {
    const to = join(trial.world.folder, 'outside', basename(song));
    renameSync(song, to);
    symlinkSync(to, song);
  }),
  userKind('user-replaces', (trial, song) => {
    // The way a program saves: whole, under another name, then renamed.
    const own = `${trial.world.folder}/outside/take`;
    copyFileSync(trial.users.victim, own);
    renameSync(own, song);
    const content = trial.users.before.get(trial.users.victim);
    if (content !== undefined) trial.users.added.set(song, content);
  }),
  userKind('user-removes-folder', (trial) => {
    const folder = join(trial.library, trial.listName);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    for (const path of trial.users.before.keys())
      if (path === folder || path.startsWith(`${folder}/`)) trial.users.removed.add(path);
  }),
];
