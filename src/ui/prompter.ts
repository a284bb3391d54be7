/** The answer of somebody who pressed Esc or Ctrl+C: one level up, nothing chosen. */
export const back = Symbol('back');
export type Back = typeof back;

/** What a line means; the terminal chooses the colour. */
export type Tone = 'ok' | 'warn' | 'fail' | 'dim' | 'accent';

/** A line for people, without colours of its own. */
export interface ToneLine {
  readonly text: string;
  readonly tone?: Tone;
}

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  /** Shown below the list while the choice is under the cursor. */
  readonly description?: string;
  /** The reason why it cannot be chosen. */
  readonly disabled?: string;
}

export interface PickRow<T> extends Choice<T> {
  /** Ticked at the start. */
  readonly checked: boolean;
  /** A short mark at the end of the row, such as "already there". */
  readonly mark?: string;
}

/** A letter that does something with the choice under the cursor; the question is then asked again. */
export interface SelectKey<T> {
  readonly key: string;
  /** A word for the line of keys, and a sentence for the help. */
  readonly name: string;
  readonly help: string;
  /** @param signal aborted by any key that is pressed meanwhile */
  run(value: T, signal: AbortSignal): Promise<void>;
}

export interface SelectQuestion<T> {
  readonly message: string;
  readonly choices: readonly Choice<T>[];
  readonly default?: T;
  readonly keys?: readonly SelectKey<T>[];
  readonly help?: string;
}

export interface PickQuestion<T> {
  readonly message: string;
  readonly rows: readonly PickRow<T>[];
  readonly help?: string;
}

export interface ConfirmQuestion {
  readonly message: string;
  readonly default: boolean;
  readonly help?: string;
  /** What Esc does, for the help, where that isn't the same as no. */
  readonly escHelp?: string;
}

export interface InputQuestion {
  readonly message: string;
  /** What an empty answer stands for. */
  readonly default?: string;
  /** Stands there to be edited; an empty answer is then an answer. */
  readonly prefill?: string;
  /** What is typed or pasted is not shown. */
  readonly hidden?: boolean;
  /** True, or what is wrong with the text. */
  readonly validate?: (text: string) => true | string;
  /** A line below the question that moves on every second: a countdown. */
  readonly note?: () => string;
  /** Takes the question off the screen: the answer is then `back`. */
  readonly signal?: AbortSignal;
}

/**
 * The questions that HARMONI asks. The terminal fills them in; without a terminal each is a HarmoniError that
 * names the flag to use instead. All texts are made safe (no ANSI escapes, no control characters) by the adapter.
 *
 * The key ? explains a question: its choices with their descriptions, and its keys. `help` is for what those cannot
 * tell: what the question is about, what happens on yes.
 */
export interface Prompter {
  select<T>(question: SelectQuestion<T>): Promise<T | Back>;
  /** A list to tick, with a filter; thousands of rows are fine. An empty selection is an answer: []. */
  pick<T>(question: PickQuestion<T>): Promise<readonly T[] | Back>;
  confirm(question: ConfirmQuestion): Promise<boolean | Back>;
  input(question: InputQuestion): Promise<string | Back>;
  /** Prints a line or a paragraph. */
  say(text: string, tone?: Tone): void;
}
