// Starts a child that would run for a minute, tells its id, and ends at the first word it is sent.
import { spawn } from 'node:child_process';
import { adopt, groupSpawnOptions } from '../../../src/system/process.ts';

const options = process.argv[2] === 'head-of-a-group' ? groupSpawnOptions : {};
const child = spawn('sleep', ['60'], { ...options, stdio: 'ignore' });
adopt(child);
console.log(child.pid);
process.stdin.once('data', () => process.exit(3));
