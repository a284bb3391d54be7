// Shows itself as alive in a folder, tells its id, and stays until it is killed.
import { beginInstance } from '../../../src/system/lock.ts';

console.log(beginInstance(process.argv[2] ?? '').id);
process.stdin.resume();
