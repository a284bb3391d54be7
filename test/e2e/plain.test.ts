import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';
import { createWorld, exportifyCsv, makeTracks, projectDir, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000 });
let world: World;
let terminal: TmuxTerminal | undefined;

beforeAll(async () => {
  world = await createWorld({
    tracks,
    catalogue: { missing: (_track, index) => index === 1, decoys: ['acoustic'] },
  });
  writeFileSync(join(world.data, 'exportify', 'Evening.csv'), exportifyCsv(tracks));
});
afterEach(() => terminal?.end());
afterAll(() => world.close());

function open(args: readonly string[], more: Readonly<Record<string, string>> = {}): TmuxTerminal {
  const env = Object.fromEntries(
    Object.entries({ ...world.env, ...more }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  terminal = openTmux([join(projectDir, 'src', 'index.ts'), ...args], { columns: 80, rows: 24 }, env);
  return terminal;
}

/** What a program wrote that does more than write lines: moves the cursor, wipes, hides. Colours are no harm. */
const movesTheCursor = /\u001b(?!\[[\d;]*m)|\r(?!\n)|[\b\u0007]/;

describe.skipIf(!hasTmux)('--plain in a terminal', () => {
  test('a download and its review are lines, from the menu to the report', async () => {
    const at = open(['--plain']);
    const recorded = at.recorded(join(world.folder, 'sent'));
    // The terminal's own shell clears the screen before it starts HARMONI, sometimes only now.
    const sent = () => recorded().replace(/^(?:go\r\n)?\u001b\[2J\u001b\[H/, '');
    const answer = async (question: RegExp, typed: string) => {
      await at.shows(question);
      at.type(typed);
      at.keys('Enter');
    };
    await at.shows(/^1\. Downloads/);
    await answer(/^Number .*for help\): *$/, '1');
    await answer(/^4\. Exportify/, '4');
    await answer(/^Numbers \(Enter for the 2/, '1-2');
    await answer(/^Download 2 songs .*\(Y\/n\)|\(Y\/n\) *$/, 'y');
    await at.shows(/^Downloaded 1 song in /);
    const menu = await at.shows(/Review uncertain matches \(1\)/);
    const place = menu.findLast((line) => line.includes('Review uncertain'))?.split('.')[0] ?? '';
    await answer(/^Number \(Enter for 4/, place);
    // The match is unlikely, so Enter decides later; what speaks for it is shown at once.
    await at.shows(/^ +Doubts: says "acoustic"/);
    await answer(/^p and a number: play ten seconds/, 'o 1');
    await at.shows(/can't open a browser here\. The link is/);
    at.keys('Enter');
    await answer(/^Number \(Enter for 10/, 'b');
    await answer(/^1\. Downloads/, 'b');
    await at.shows(/\[exit 0\]/);
    expect(sent()).toContain('Downloaded 1 song');
    expect(sent()).not.toMatch(movesTheCursor);
  });

  test('the end of the input and Ctrl+C leave the menu', async () => {
    for (const [key, code] of [
      ['C-d', 0],
      ['C-c', 130],
    ] as const) {
      const at = open([], { HARMONI_PLAIN: '1' });
      await at.shows(/for help\):/);
      at.keys(key);
      expect((await at.shows(/\[exit \d+\]/)).at(-1)).toContain(`[exit ${code}]`);
      at.end();
    }
  });
});
