/** HARMONI with little patience: a child that is silent for so many milliseconds (the first argument) hangs. */
import { main } from '../../../../src/main.ts';

const [childSilenceMs, ...args] = process.argv.slice(2);
process.exitCode = await main(args, { childSilenceMs: Number(childSilenceMs) });
