// Starts a child, tells its id and its watchdog's, and starts and tells another at the first word it is sent.
import { once } from 'node:events';
import { startChild } from '../../../src/system/process.ts';
import { ownWatchdogs } from '../watchdog-of.ts';

console.log(startChild('sleep', ['60']).pid);
const [watchdog] = ownWatchdogs();
console.log(watchdog);
await once(process.stdin, 'data');
const second = startChild('sleep', ['60']);
// Whoever dies in the moment between two watchdogs has none.
while (!ownWatchdogs().some((pid) => pid !== watchdog))
  await new Promise((resolve) => setTimeout(resolve, 10));
console.log(second.pid);
