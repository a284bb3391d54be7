import { back, type Back, type Choice, type Prompter } from '../../src/ui/prompter.ts';

/** One question that the test expects, and what the person does. Choices and rows are given by their names. */
export type ScriptedAnswer =
  /** `startsOn` is where the cursor must be before. */
  | { readonly select: string | Back; readonly startsOn?: string }
  | { readonly pick: readonly string[] | 'ticked' | Back }
  | { readonly confirm: boolean | Back }
  | { readonly input: string | Back };

export interface ScriptedPrompter extends Prompter {
  /** Everything that was said. */
  readonly said: string[];
  /** Every question asked, in order. */
  readonly asked: string[];
  /** The choices of every select, in order. */
  readonly shown: (readonly Pick<Choice<unknown>, 'name' | 'description'>[])[];
  /** Fails when an answer was not used. */
  finish(): void;
}

/** A person who answers as planned: an unexpected question and an unused answer both fail the test. */
export function createScriptedPrompter(answers: readonly ScriptedAnswer[]): ScriptedPrompter {
  const left = [...answers];
  const said: string[] = [];
  const asked: string[] = [];
  const shown: ScriptedPrompter['shown'] = [];

  function next<K extends string>(kind: K, message: string): Extract<ScriptedAnswer, Record<K, unknown>> {
    asked.push(message);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`Nobody expected the question: ${message}`);
    if (!(kind in answer))
      throw new Error(`Expected ${JSON.stringify(answer)}, was asked (${kind}): ${message}`);
    // The line above proves that the answer is of this kind.
    return answer as Extract<ScriptedAnswer, Record<K, unknown>>;
  }
  function find<T extends { name: string; disabled?: string }>(items: readonly T[], name: string): T {
    const item = items.find((candidate) => candidate.name === name);
    const names = items.map((candidate) => candidate.name).join(' | ');
    if (item === undefined) throw new Error(`There is no "${name}" among: ${names}`);
    if (item.disabled !== undefined) throw new Error(`"${name}" cannot be chosen: ${item.disabled}`);
    return item;
  }

  return {
    said,
    asked,
    shown,
    async select({ message, choices, default: given }) {
      const { select: answer, startsOn } = next('select', message);
      shown.push(choices);
      const first = choices.find(({ value }) => value === given) ?? choices[0];
      if (startsOn !== undefined && first?.name !== startsOn) {
        throw new Error(`The cursor is on "${first?.name ?? ''}" and not on "${startsOn}".`);
      }
      return typeof answer === 'symbol' ? back : find(choices, answer).value;
    },
    async pick({ message, rows }) {
      const answer = next('pick', message).pick;
      if (typeof answer === 'symbol') return back;
      if (answer === 'ticked') return rows.filter((row) => row.checked).map((row) => row.value);
      return answer.map((name) => find(rows, name).value);
    },
    async confirm({ message }) {
      const answer = next('confirm', message).confirm;
      return typeof answer === 'symbol' ? back : answer;
    },
    async input({ message, validate, default: given }) {
      const answer = next('input', message).input;
      if (typeof answer === 'symbol') return back;
      const text = answer === '' && given !== undefined ? given : answer;
      const verdict = validate?.(text) ?? true;
      if (verdict !== true) throw new Error(`"${text}" was refused: ${verdict}`);
      return text;
    },
    say(text) {
      // An empty line says nothing.
      if (text !== '') said.push(text);
    },
    finish() {
      if (left.length > 0) throw new Error(`Not asked: ${JSON.stringify(left)}`);
    },
  };
}
