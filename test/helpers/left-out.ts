/** Where the closing line of a run looks for what was left out. */
export const leftOutMark = 'Left out:';

/** Says once per file of tests what is not tried on this machine, and why. The summary repeats it at the end. */
export function sayLeftOut(what: string, why: string): void {
  console.warn(`${leftOutMark} ${what}: ${why}.`);
}
