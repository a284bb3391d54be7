/**
 * A yt-dlp that goes wrong: odd-ytdlp.ts HOW VICTIM REAL ARGS... runs the real one and spoils what it says or makes.
 * VICTIM is a file of the user's.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, statSync, symlinkSync, truncateSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const [how = '', victim = '', real = '', ...args] = process.argv.slice(2);
const folder = args[args.indexOf('-P') + 1] ?? '.';

/** Node writes to a pipe later; who ends at once has to write now. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

if (how === 'hang') {
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
  setInterval(() => undefined, 1 << 30);
} else {
  if (how === 'flood') {
    const block = Buffer.alloc(1 << 20, 'x');
    for (let written = 0; written < 24; written += 1) for (const to of [1, 2]) writeFully(to, block);
    writeSync(2, '\n');
    say('');
  }
  const child = spawn(real, args, { stdio: ['inherit', 'pipe', 'inherit'] });
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => child.kill(name));
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  let spoiled = false;
  for await (const line of createInterface(child.stdout)) {
    if (spoiled || !line.startsWith('{"t":"done"')) say(line);
    else {
      spoiled = true;
      say(spoil(line));
    }
  }
  process.exit((await closed) ?? 1);
}

/** What becomes of the first video that is done. */
function spoil(line: string): string {
  const said = JSON.parse(line.replaceAll(/:NA([,}])/g, ':null$1')) as { id: string; path: string };
  const path = join(folder, `odd-${said.id}`);
  switch (how) {
    case 'claim-users-file':
      return JSON.stringify({ ...said, path: victim });
    case 'claim-missing':
      return JSON.stringify({ ...said, path });
    case 'claim-folder':
      mkdirSync(path);
      return JSON.stringify({ ...said, path });
    case 'claim-users-folder':
      return JSON.stringify({ ...said, path: dirname(victim) });
    case 'claim-fifo':
      spawnSync('mkfifo', [path]);
      return JSON.stringify({ ...said, path });
    case 'claim-link':
      symlinkSync(victim, path);
      return JSON.stringify({ ...said, path });
    case 'claim-dots':
      return JSON.stringify({ ...said, path: `${folder}/../../../Mine/own.m4a` });
    case 'other-id':
      return JSON.stringify({ ...said, id: 'zzzzzzzzzzz' });
    case 'truncate':
      truncateSync(said.path, Math.floor(statSync(said.path).size / 2));
      return line;
    case 'empty':
      truncateSync(said.path, 0);
      return line;
    case 'die':
      process.kill(process.pid, 'SIGKILL');
      return line;
    default:
      return line;
  }
}

function writeFully(to: number, block: Buffer): void {
  for (let at = 0; at < block.length;) {
    try {
      at += writeSync(to, block, at);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}
