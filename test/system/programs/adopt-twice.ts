// Starts a child, tells its id and its watchdog's, and starts and tells another at the first word it is sent.
import { once } from 'node:events';
import { startChild } from '../../../src/system/process.ts';
import { ownWatchdogs } from '../watchdog-of.ts';

console.log(startChild('sleep', ['60']).pid);
console.log(ownWatchdogs().join(' '));
await once(process.stdin, 'data');
console.log(startChild('sleep', ['60']).pid);
