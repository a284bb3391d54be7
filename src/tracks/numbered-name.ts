/** "Name", then "Name (2)", "Name (3)" ... for names that are taken; the extension comes with its dot. Pure. */
export function numberedName(name: string, number: number, extension = ''): string {
  return `${name}${number === 1 ? '' : ` (${number})`}${extension}`;
}
