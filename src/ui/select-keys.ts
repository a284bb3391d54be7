import type { Key } from './ask.ts';

/** The keys of a list that Inquirer's select lacks, as so many times its arrows. */
const jumps: Readonly<Record<string, (page: number, all: number) => number>> = {
  pageup: (page) => -page,
  pagedown: (page) => page,
  home: (_page, all) => -all,
  end: (_page, all) => all,
};
const own = new Set(['up', 'down', 'return', 'enter', 'backspace', 'escape']);

/**
 * What a key does in a menu, before Inquirer's select sees it: so many steps down (up where negative), its own
 * business, or nothing. Select takes every other key without a letter for a search for nothing, which finds the
 * first item.
 */
export function selectStepsOf(key: Key, text: string | undefined, page: number, all: number): number | 'own' {
  const jump = jumps[key.name ?? ''];
  if (jump !== undefined) return jump(page, all);
  const writes = key.ctrl !== true && text !== undefined && /^\P{Cc}+$/u.test(text);
  return writes || own.has(key.name ?? '') ? 'own' : 0;
}

/** Makes a key one that changes nothing in a list, and takes a letter back in a line. */
export function silence(key: Key): void {
  key.name = 'backspace';
  key.ctrl = false;
}
