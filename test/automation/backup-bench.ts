import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBackup, type CreateOptions, type Created } from '../../src/automation/backup/create.ts';
import { usualInputs } from '../../src/automation/backup/inputs.ts';
import { openBackup } from '../../src/automation/backup/read.ts';
import { restore, type Restored } from '../../src/automation/backup/restore.ts';
import { planRestore, type RestorePlan } from '../../src/automation/backup/restore-plan.ts';
import { openStore, type Store } from '../../src/history/store.ts';
import { systemClock, type Clock } from '../../src/system/clock.ts';

type Settings = Readonly<Record<string, unknown>>;

/** A data folder with a config.json, that is backed up and restored. */
export function createBackupBench(folder: string, clock: Clock = systemClock) {
  const places = { data: join(folder, 'data'), config: join(folder, 'config.json') };
  mkdirSync(places.data, { recursive: true });
  const read = (): Settings | undefined => {
    try {
      return JSON.parse(readFileSync(places.config, 'utf8')) as Settings; // a test wrote it
    } catch {
      return undefined;
    }
  };
  const parts = () => ({
    places,
    stored: read(),
    inputs: usualInputs(places.data),
    clock,
    inputsOf: () => undefined,
  });
  const change = (work: (store: Store) => void): void => {
    const store = openStore(places.data, clock);
    try {
      work(store);
    } finally {
      store.close();
    }
  };
  const tracks = join(places.data, 'tracks.json');
  return {
    ...places,
    folder,
    tracks,
    change,
    parts,
    /** Everything says the same word: the store, the settings and an input. */
    say(word: string): void {
      change(({ followed }) => {
        for (const one of followed.all('/music')) followed.unfollow(one.id);
        followed.follow({ library: '/music', origin: word, name: word, input: 'liked', whenRemoved: 'keep' });
      });
      writeFileSync(places.config, JSON.stringify({ spotify_client_id: word }));
      writeFileSync(tracks, word);
    },
    /** What each of them says. */
    words(): readonly unknown[] {
      let names: readonly string[] = [];
      change(({ followed }) => (names = followed.all('/music').map(({ name }) => name)));
      return [...names, read()?.['spotify_client_id'], readFileSync(tracks, 'utf8')];
    },
    backUp: (options: Partial<CreateOptions> = {}): Promise<Created> =>
      createBackup(parts(), { reason: 'asked', withSecrets: false, mostBackups: 0, ...options }),
    plan: async (path: string): Promise<RestorePlan> => planRestore(parts(), await openBackup(path)),
    restore: async (path: string): Promise<Restored> =>
      restore(parts(), await planRestore(parts(), await openBackup(path))),
  };
}
