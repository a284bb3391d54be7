import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportifyCsv } from '../world.ts';
import { canMount, growDisk, mountSmallDisk } from './disk.ts';
import type { Fault, FaultKind } from './fault.ts';
import { readReport } from './check.ts';
import { drawMoment, untilMoment } from './moments.ts';

const noMounts = (): string | undefined =>
  canMount() ? undefined : 'small disks can only be made by root, where mounting is allowed';

const small = { library: 'small' } as const;

const diskKinds: readonly FaultKind[] = [
  {
    kind: 'library-full',
    lacks: noMounts,
    draw(random) {
      const kilobytes = random.between(200, 1_200);
      let disk = '';
      return {
        about: `a library disk of ${kilobytes} kB`,
        choice: small,
        beforeLibrary(library) {
          disk = library;
          mountSmallDisk(library, kilobytes);
        },
        lift: () => growDisk(disk),
      };
    },
  },
  {
    kind: 'data-full',
    lacks: noMounts,
    draw(random) {
      const kilobytes = random.between(60, 700);
      return {
        about: `a data disk of ${kilobytes} kB`,
        choice: small,
        arm: ({ world }) => mountSmallDisk(world.data, kilobytes),
        lift: ({ world }) => growDisk(world.data),
      };
    },
  },
];

const places = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

function fakeTimeLibrary(): string | undefined {
  return places.map((place) => join(place, 'faketime', 'libfaketime.so.1')).find((path) => existsSync(path));
}

const noFakeTime = (): string | undefined =>
  fakeTimeLibrary() === undefined ? 'libfaketime is missing (apt-get install faketime)' : undefined;

/** The clock as a file says it, read anew each time. */
function setClock(file: string, offset: string): void {
  writeFileSync(file, `${offset}\n`);
}

function clockKind(kind: string, offsets: readonly string[], jumps: boolean): FaultKind {
  return {
    kind,
    lacks: noFakeTime,
    draw(random, songs) {
      const offset = random.pick(offsets);
      const moment = drawMoment(random, songs);
      // Enough for both lists, also where the first was stopped and went on by the right clock.
      const perHour = songs + 8;
      const during: Fault['during'] = async (trial, running) => {
        if (jumps && (await untilMoment(trial, running, moment)))
          setClock(clockFile(trial.world.folder), offset);
      };
      return {
        about: `the clock ${jumps ? `jumps by ${offset} at ${JSON.stringify(moment)}` : `is off by ${offset}`}`,
        config: { downloads_per_hour: perHour },
        arm({ world }) {
          setClock(clockFile(world.folder), jumps ? '+0' : offset);
          world.env['LD_PRELOAD'] = fakeTimeLibrary();
          world.env['FAKETIME_TIMESTAMP_FILE'] = clockFile(world.folder);
          world.env['FAKETIME_NO_CACHE'] = '1';
          world.env['FAKETIME_DONT_FAKE_MONOTONIC'] = '1';
        },
        during,
        lift({ world }) {
          for (const name of ['LD_PRELOAD', 'FAKETIME_TIMESTAMP_FILE'])
            Reflect.deleteProperty(world.env, name);
        },
        async after(trial, run) {
          // What was fetched by a wrong clock must not count against the hour that is now.
          if (jumps || !offset.startsWith('+')) return;
          const list = join(trial.world.folder, 'in', 'Later.csv');
          writeFileSync(list, exportifyCsv(trial.others));
          const told = readReport(
            await run('after the clock was set right', ['download', list, '--yes', '--json']),
          );
          const got = (told?.summary['done'] ?? 0) + (told?.summary['present'] ?? 0);
          if (got !== trial.others.length)
            trial.faults.push(`after the clock was set right ${got} of ${trial.others.length} songs came`);
          // The library is looked at as the first list left it.
          rmSync(join(trial.library, 'Later'), { recursive: true, force: true });
        },
      };
    },
  };
}

function clockFile(folder: string): string {
  return join(folder, 'clock');
}

export const machineKinds: readonly FaultKind[] = [
  ...diskKinds,
  clockKind('clock-ahead', ['+3y', '+2h', '+40d'], false),
  clockKind('clock-behind', ['-3y', '-2h'], false),
  clockKind('clock-jump', ['+1d', '-1d', '+3y', '-2h'], true),
  {
    kind: 'file-for-folder',
    draw: () => {
      let path = '';
      return {
        about: 'a file where the folder of the list should be',
        choice: { library: 'small', ownPlaylist: false },
        arm({ library, listName }) {
          path = join(library, listName);
          writeFileSync(path, 'a file of the user\n');
        },
        lift({ faults }) {
          if (!existsSync(path)) faults.push('the file where the folder should be is gone');
          else rmSync(path);
        },
      };
    },
  },
];
