// Starts children as HARMONI does, but is killed before it can tell its watchdog of them: one of them, and a browser of
// the user's, which is to live on. It tells the ids of both.
import { spawn } from 'node:child_process';
import { childSpawnOptions } from '../../../src/system/process.ts';

const script = 'trap "" TERM HUP INT; echo $$; while :; do sleep 60; done';
for (const mayLiveOn of [false, true]) {
  const child = spawn('/bin/sh', ['-c', script], {
    ...childSpawnOptions({ mayLiveOn }),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.pipe(process.stdout);
}
