// Takes a lock, says so, and holds it until it is killed or sent a word.
import { tryLock } from '../../../src/system/lock.ts';

const lock = tryLock(process.argv[2] ?? '');
console.log(lock === undefined ? 'taken by another' : 'held');
process.stdin.once('data', () => {
  lock?.release();
  console.log('released');
  process.stdin.destroy();
});
