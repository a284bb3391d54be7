import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Kind } from './kinds.ts';
import { createPeaks, type Peaks } from './peaks.ts';

/** What happened since the sample before. All times in seconds. */
export interface Sample {
  /** From the start of the watch to the end of this sample. */
  readonly at: number;
  /** From the sample before. */
  readonly seconds: number;
  /** CPU of the tree. */
  readonly cpu: Readonly<Record<Kind, number>>;
  /** CPU of the stand-in of YouTube, and of the benchmark itself, which takes these samples. */
  readonly standIn: number;
  readonly bench: number;
  /** In which each core of the machine did nothing, by /proc/stat. */
  readonly idle: readonly number[];
  /** The yt-dlps that run at the end of this sample. */
  readonly ytDlps: number;
}

export interface Watched {
  readonly samples: readonly Sample[];
  readonly resident: Peaks;
  /** The same, with what several processes share counted once. */
  readonly proportional: Peaks;
}

const sampleMs = 100;
/** smaps_rollup costs some milliseconds for each process. */
const samplesPerPss = 2;
const ticksPerSecond = 100;
const pageBytes = 4096;

/** Watches all processes below `root`, ten times a second; `root` itself, which measures, does not count. */
export function watchTree(root: number, standIn: number | undefined): { stop(): Watched } {
  const began = performance.now();
  const resident = createPeaks();
  const proportional = createPeaks();
  const samples: Sample[] = [];
  const tree = createTree(root);
  const readCpu = createCpuReader();
  let before = readAround(standIn);
  let at = 0;
  readCpu(tree.read());

  const timer = setInterval(() => {
    const found = tree.read();
    const now = readAround(standIn);
    const elapsed = (performance.now() - began) / 1000;
    samples.push({
      at: elapsed,
      seconds: elapsed - at,
      cpu: readCpu(found),
      standIn: now.standIn - before.standIn,
      bench: now.bench - before.bench,
      idle: now.idle.map((seconds, core) => seconds - (before.idle[core] ?? 0)),
      ytDlps: found.filter(({ kind }) => kind === 'ytDlp').length,
    });
    before = now;
    at = elapsed;
    const below = found.filter(({ pid }) => pid !== root);
    resident.add(below.map(({ kind, residentBytes }) => ({ kind, bytes: residentBytes })));
    if (samples.length % samplesPerPss === 0)
      proportional.add(below.map(({ kind, pid }) => ({ kind, bytes: proportionalBytes(pid) })));
  }, sampleMs);

  return {
    stop() {
      clearInterval(timer);
      return { samples, resident: resident.read(), proportional: proportional.read() };
    },
  };
}

interface Process {
  readonly pid: number;
  readonly kind: Kind;
  /** CPU of its own, and of the children that it has waited for. */
  readonly own: number;
  readonly waited: number;
  readonly residentBytes: number;
}

/** A process's parent never changes while that lives, so who was once found to be a stranger is not read again. */
function createTree(root: number): { read(): Process[] } {
  const strangers = new Set<number>();
  const kindOf = new Map<number, Kind>();
  const kindBelow = (pid: number, parent: number): Kind | undefined => {
    const kind = kindOf.get(pid);
    // A process that has just been forked still has the name of its parent.
    if (kind !== undefined && kind !== 'other') return kind;
    if (parent === root) return 'main';
    const parentKind = kindOf.get(parent) ?? kind;
    return parentKind === undefined ? undefined : readKind(pid, parentKind);
  };
  return {
    read() {
      const found: Process[] = [];
      const pids = readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number);
      const here = new Set(pids);
      for (const pid of strangers) if (!here.has(pid)) strangers.delete(pid);
      for (const pid of kindOf.keys()) if (!here.has(pid)) kindOf.delete(pid);
      // Parents have smaller numbers than their children, but for once in four million processes.
      for (const pid of pids.filter((one) => !strangers.has(one)).sort((a, b) => a - b)) {
        const stat = readStat(pid);
        if (stat === undefined) continue;
        const { parent, ...rest } = stat;
        const kind = pid === root ? 'other' : kindBelow(pid, parent);
        if (kind === undefined) {
          strangers.add(pid);
          continue;
        }
        kindOf.set(pid, kind);
        found.push({ pid, kind, ...rest });
      }
      return found;
    },
  };
}

function readKind(pid: number, parent: Kind): Kind {
  const [program = '', ...args] = (readText(`/proc/${pid}/cmdline`) ?? '').split('\0');
  if (basename(program).startsWith('ffmpeg') || basename(program).startsWith('ffprobe')) return 'ffmpeg';
  // HARMONI's own copy is a start.py in data/tools/python.
  const isYtDlp = (word: string): boolean => /yt[-_]dlp[^/]*$|\/python\/start\.py$/.test(word);
  if ([program, ...args.slice(0, 2)].some(isYtDlp)) return 'ytDlp';
  return parent === 'ytDlp' ? 'ytDlp' : 'other';
}

/**
 * The CPU that each kind has used since the last call. What a process used between the last look at it and its end is in
 * what its parent has waited for; it is given to the kinds that went.
 */
function createCpuReader(): (found: readonly Process[]) => Record<Kind, number> {
  let before = new Map<number, Process>();
  let total = 0;
  return (found) => {
    const used: Record<Kind, number> = { main: 0, ytDlp: 0, ffmpeg: 0, other: 0 };
    let seen = 0;
    let totalNow = 0;
    for (const process of found) {
      const own = process.own - (before.get(process.pid)?.own ?? 0);
      used[process.kind] += own;
      seen += own;
      totalNow += process.own + process.waited;
      before.delete(process.pid);
    }
    const gone = [...before.values()].map(({ kind }) => kind);
    const heirs = gone.length === 0 ? (['other'] as const) : gone;
    for (const kind of heirs) used[kind] += Math.max(0, totalNow - total - seen) / heirs.length;
    before = new Map(found.map((process) => [process.pid, process]));
    total = totalNow;
    return used;
  };
}

function readStat(pid: number): (Omit<Process, 'pid' | 'kind'> & { parent: number }) | undefined {
  const text = readText(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // "pid (name) state ppid ...": the name may hold anything, also brackets. See proc_pid_stat(5) for the places.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (place: number): number => Number(fields[place - 3] ?? 0);
  return {
    parent: field(4),
    own: (field(14) + field(15)) / ticksPerSecond,
    waited: (field(16) + field(17)) / ticksPerSecond,
    residentBytes: field(24) * pageBytes,
  };
}

function readAround(standIn: number | undefined): { idle: number[]; standIn: number; bench: number } {
  const { user, system } = process.cpuUsage();
  // "cpuN user nice system idle iowait ...", in ticks.
  const cores = (readText('/proc/stat') ?? '').matchAll(/^cpu\d+ \d+ \d+ \d+ (\d+) (\d+)/gm);
  return {
    idle: [...cores].map(([, idle, waiting]) => (Number(idle) + Number(waiting)) / ticksPerSecond),
    standIn: standIn === undefined ? 0 : (readStat(standIn)?.own ?? 0),
    bench: (user + system) / 1e6,
  };
}

/** 0 for a process that has just ended. */
function proportionalBytes(pid: number): number {
  return 1024 * Number(/^Pss:\s+(\d+)/m.exec(readText(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0);
}

/** Undefined when the process has just ended. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
