/** An ffmpeg that goes wrong: odd-ffmpeg.ts HOW VICTIM REAL ARGS... runs the real one and spoils what it makes. */
import { spawnSync } from 'node:child_process';
import { rmSync, statSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

const [how = '', victim = '', real = '', ...args] = process.argv.slice(2);
const made = args.at(-1) ?? '';

if (how === 'hang') {
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
  setInterval(() => undefined, 1 << 30);
} else {
  if (how === 'die') process.kill(process.pid, 'SIGKILL');
  if (how === 'fail') {
    writeSync(2, 'Conversion failed!\n');
    process.exit(1);
  }
  if (how === 'flood') {
    const block = Buffer.alloc(1 << 20, 'x');
    for (let written = 0; written < 48; written += 1) {
      for (let at = 0; at < block.length;) {
        try {
          at += writeSync(2, block, at);
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
        }
      }
    }
  }
  const { status } = spawnSync(real, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (how === 'truncate') truncateSync(made, Math.floor(statSync(made).size / 2));
  if (how === 'empty') writeFileSync(made, '');
  if (how === 'link') {
    rmSync(made);
    symlinkSync(victim, made);
  }
  process.exit(status ?? 1);
}
