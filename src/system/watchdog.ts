import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';

/**
 * In the environment of every child, and of what it starts: HARMONI may be killed between the start of a child and the
 * word to the watchdog. Of this process alone.
 */
export const guardMark: Readonly<Record<string, string>> = {
  GUARDED_BY_HARMONI: randomBytes(12).toString('hex'),
};

/**
 * Reads "+ ID" and "- ID". When its input ends, HARMONI is gone, in whatever way, and the process groups that are left
 * are killed; then, where there is a /proc, those who carry the mark. A child that is just being started holds the
 * input open until it carries it. POSIX sh, so that it costs a megabyte and runs everywhere; a parent-death signal is
 * Linux's alone and would reach the child but not what the child started.
 */
const script = `
trap '' HUP INT TERM
ids=' '
while read -r change id; do
  case $change in
    +) ids="$ids$id " ;;
    -) case $ids in *" $id "*) ids="\${ids%% $id *} \${ids#* $id }" ;; esac ;;
  esac
done
for id in $ids; do kill -s KILL -- "-$id"; done 2>/dev/null
for round in 1 2 3 4 5 6 7 8 9; do
  marked=$(grep -Fls "$1" /proc/[0-9]*/environ 2>/dev/null)
  [ "$marked" ] || exit
  for file in $marked; do file=\${file#/proc/}; kill -s KILL "\${file%/environ}"; done 2>/dev/null
done
`;

const guarded = new Set<number>();
let watchdog: ChildProcess | undefined;

/** One that somebody kills is followed by another; where there is no sh that lives, it is not tried for ever. */
const mostStarts = 5;
let starts = 0;

/**
 * Starts the watchdog if there is none: before the first child, which would be alone for as long as that takes. It ends
 * with HARMONI. Windows has no process groups to guard.
 */
export function readyWatchdog(): void {
  if (watchdog === undefined && process.platform !== 'win32') start();
}

/**
 * Makes sure that a process group does not outlive HARMONI, not even after a SIGKILL. One watchdog guards all groups.
 * @param id the group's id, which is its head's process id
 */
export function guardGroup(id: number): void {
  guarded.add(id);
  watchdog?.stdin?.write(`+ ${id}\n`);
}

/** The group has ended: its id may soon be another program's. */
export function releaseGroup(id: number): void {
  if (guarded.delete(id)) watchdog?.stdin?.write(`- ${id}\n`);
}

function start(): void {
  if (starts === mostStarts) return;
  starts += 1;
  const child: ChildProcess = spawn(
    '/bin/sh',
    ['-c', script, 'harmoni-watchdog', Object.values(guardMark).join('')],
    {
      // A session of its own: what ends HARMONI's group or terminal must not end it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
      env: {},
    },
  );
  watchdog = child;
  const lost = (): void => {
    if (watchdog !== child) return;
    watchdog = undefined;
    if (guarded.size > 0) start();
  };
  child.once('error', lost);
  child.once('exit', lost);
  child.stdin?.on('error', lost);
  child.stdin?.write([...guarded].map((id) => `+ ${id}\n`).join(''));
  child.unref();
}
