// A HARMONI that begins a job of two tracks, finishes the first, claims the second, says so, and stays until it is killed.
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';

const store = openStore(process.argv[2] ?? '', systemClock);
const tracks = ['One', 'Two'].map((title) => ({ artists: ['A'], artist: 'A', track: title }));
const job = store.jobs.create(
  [{ list: { name: 'List', tracks, skipped: [], folder: 'own' }, chosen: [true, true] }],
  {},
);
store.jobs.setOutcome(job.id, 0, { artist: 'A', track: 'One', status: 'done' });
store.claims.take(['name:a|two|']);
console.log(job.id);
process.stdin.resume();
