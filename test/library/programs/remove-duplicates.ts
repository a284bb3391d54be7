/** Removes the duplicates of a library: DATA LIBRARY. Says "begins" before it does. */
import { openStore } from '../../../src/history/store.ts';
import { createTestClock } from '../../helpers/clock.ts';
import { createDuplicatesBench } from '../duplicates/duplicates-bench.ts';

const [data = '', library = ''] = process.argv.slice(2);
const store = openStore(data, createTestClock());
const bench = createDuplicatesBench(library, store);
console.log('begins');
await bench.removeAll();
store.close();
