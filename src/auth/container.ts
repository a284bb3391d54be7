import { existsSync, readFileSync } from 'node:fs';

/** What a machine shows of itself. */
export interface MachineSigns {
  readonly exists: (path: string) => boolean;
  /** The text of a file, or an empty one. */
  readonly read: (path: string) => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Whether this is the inside of a container (Docker, Podman, Kubernetes, systemd-nspawn). */
export function isInContainer(signs: MachineSigns = thisMachine): boolean {
  if (signs.exists('/.dockerenv') || signs.exists('/run/.containerenv')) return true;
  // Set by Podman and systemd-nspawn.
  if ((signs.environment['container'] ?? '') !== '') return true;
  // Says it under cgroup v1; under v2 the path is mostly just "/".
  return /docker|containerd|kubepods|libpod|lxc/.test(signs.read('/proc/1/cgroup'));
}

const thisMachine: MachineSigns = {
  exists: existsSync,
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  },
  environment: process.env,
};
