/** The option of the command line; it sets the variable, so that all of HARMONI hears of it. */
export const plainOption = '--plain';
export const plainVariable = 'HARMONI_PLAIN';

/** Whether the terminal is to be written to line by line: for a screen reader, or because it can do no more. Pure. */
export function isPlain(env: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0'].includes(env[plainVariable] ?? '') || env['TERM'] === 'dumb';
}
