/** Adopts a folder of music: DATA LIBRARY OWN link|copy|leave. Says "begins" before it does. */
import { openStore } from '../../../src/history/store.ts';
import { createTestClock } from '../../helpers/clock.ts';
import type { AdoptWay } from '../../../src/library/adopt/carry-out.ts';
import { createAdoptBench, manyLists } from '../adopt/adopt-bench.ts';

const [data = '', library = '', own = '', way = ''] = process.argv.slice(2);
const store = openStore(data, createTestClock());
const bench = createAdoptBench({ library, own }, store);
const view = await bench.look(manyLists());
console.log('begins');
await bench.adopt(view, way as AdoptWay, () => true); // as the test says
store.close();
