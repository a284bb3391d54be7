// Starts a child that ignores every signal it can, with a child of its own, and waits to be killed. It tells the ids of
// both, and of its watchdogs.
import { once } from 'node:events';
import { startChild } from '../../../src/system/process.ts';
import { ownWatchdogs } from '../watchdog-of.ts';

const script = 'trap "" TERM HUP INT; sleep 60 & echo $$; echo $!; while :; do wait; done';
const family = startChild('/bin/sh', ['-c', script]);
// One that has ended is nobody's to kill.
await once(startChild('/bin/true', []), 'close');
family.stdout.on('data', (text: Buffer) => process.stdout.write(text));
await once(family.stdout, 'data');
console.log(ownWatchdogs().join(' '));
