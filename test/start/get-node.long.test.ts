import { fetchers, testNodeComes } from './node-comes.ts';

// The first one is in get-node.test.ts.
for (const fetcher of fetchers.slice(1)) testNodeComes(fetcher);
