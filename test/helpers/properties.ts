import fc from 'fast-check';
import { testSeed } from './random.ts';

// fast-check names the seed and the counterexample where a property fails; the run names the seed at its start and end.
fc.configureGlobal({ seed: testSeed });

/** fast-check with the seed of this run. */
export default fc;
