// Starts a child that would run for a minute, tells its id, and ends at the first word it is sent.
import { startChild } from '../../../src/system/process.ts';

console.log(startChild('sleep', ['60']).pid);
process.stdin.once('data', () => process.exit(3));
