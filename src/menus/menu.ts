import { toHarmoniError } from '../errors.ts';
import { beginWork } from '../system/work-signal.ts';
import { inMenuWords } from '../ui/menu-words.ts';
import { remedyOf } from '../ui/remedy.ts';
import { back, type Choice, type Prompter } from '../ui/prompter.ts';

/** One line of a menu. */
export interface MenuItem {
  readonly name: string;
  readonly description?: string;
  /** What it does; `leave` also closes the menu afterwards. */
  run(): Promise<unknown>;
  readonly leave?: boolean;
  /** It leads to a menu of its own, which says nothing when it closes. */
  readonly opensMenu?: boolean;
}

/**
 * Shows a menu until the user goes back. The items are asked for anew each time, so a line can come, go and count.
 * A failure is told in its sentence and its remedy, and the menu stays.
 * @param cursor the name of the item that it begins on; the first one
 */
export async function openMenuLoop(
  prompter: Prompter,
  title: string | (() => Promise<string>),
  items: () => readonly MenuItem[],
  lastLine: Pick<MenuItem, 'name' | 'description'> = backLine,
  cursor?: string,
): Promise<void> {
  let last = cursor;
  for (;;) {
    const shown = items();
    const choices = [...shown.map((item) => asChoice(item, item)), asChoice(lastLine, undefined)];
    const preset = shown.find((item) => item.name === last);
    const chosen = await prompter.select<MenuItem | undefined>({
      message: typeof title === 'string' ? title : await title(),
      choices,
      ...(preset === undefined ? {} : { default: preset }),
    });
    if (chosen === back || chosen === undefined) return;
    last = chosen.name;
    try {
      await runItem(chosen);
    } catch (thrown) {
      const error = toHarmoniError(thrown);
      if (error.code === 'cancelled') continue;
      const { logFault } = await import('../system/log-fault.ts');
      logFault(error, process.env);
      prompter.say(error.message, 'fail');
      prompter.say(`Fix: ${inMenuWords(remedyOf(error))}`);
    }
    if (chosen.leave === true) return;
    // What was said stands apart from the menu that comes again.
    if (chosen.opensMenu !== true) prompter.say('');
  }
}

/** All of an item is one piece of work: Ctrl+C ends the whole of it, and leads back to its menu. */
async function runItem(item: MenuItem): Promise<void> {
  if (item.opensMenu === true) {
    await item.run();
    return;
  }
  const work = beginWork();
  try {
    await item.run();
  } finally {
    work.done();
  }
}

const backLine = { name: 'Back', description: 'Go up one level. Esc does the same.' };

function asChoice(
  { name, description }: Pick<MenuItem, 'name' | 'description'>,
  value: MenuItem | undefined,
): Choice<MenuItem | undefined> {
  return { value, name, ...(description === undefined ? {} : { description }) };
}
