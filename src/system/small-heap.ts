import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the JavaScript heap near the size of what is in use. By default V8 lets new objects have 48 MB and the old ones
 * grow to a multiple of what is used, which is the right thing for a server: a download beside a NAS's other programs is
 * better off with half of the memory (1,000 songs: 164 instead of 216 MB, of which 40 MB are in use). To be called when the
 * program is loaded, which goes faster without, and before the work begins.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
