/** Prints a text for another program to stdout, as it is. */
export function printRaw(text: string): void {
  process.stdout.write(`${text}\n`);
}
