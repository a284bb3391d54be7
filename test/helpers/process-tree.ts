import { readdirSync, readFileSync } from 'node:fs';

/** Every process below `root`, `root` first; by /proc, because children in groups of their own count too. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of allProcesses()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const tree: number[] = [];
  const visit = (pid: number): void => {
    tree.push(pid);
    for (const child of children.get(pid) ?? []) visit(child);
  };
  visit(root);
  return tree;
}

/**
 * SIGKILL to a process and all below it, as a crash of the machine would. They are stopped first: who was just being
 * started would otherwise be missed, and live on.
 */
export function killTree(root: number): void {
  const stopped = new Set<number>();
  for (;;) {
    const running = processTree(root).filter((pid) => !stopped.has(pid));
    if (running.length === 0) break;
    for (const pid of running) {
      signal(pid, 'SIGSTOP');
      stopped.add(pid);
    }
  }
  for (const pid of stopped) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/**
 * Living processes (no zombies) that were started with this variable in their environment. HARMONI hands on only some
 * names to its children; those with XDG_ are among them.
 */
export function processesWith(variable: string): number[] {
  return allProcesses()
    .filter(({ state }) => state !== 'Z')
    .map(({ pid }) => pid)
    .filter((pid) => {
      try {
        return (
          pid !== process.pid && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable)
        );
      } catch {
        return false;
      }
    });
}

function allProcesses(): { pid: number; parent: number; state: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // "pid (name) state ppid ...": the name may hold anything, also brackets.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state = '', parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(name), parent: Number(parent), state }];
      } catch {
        return [];
      }
    });
}
