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

/**
 * The questions that HARMONI asks. The terminal fills them in; without a terminal each is a HarmoniError that
 * names the flag to use instead. All texts are made safe (no ANSI escapes, no control characters) by the adapter.
 *
 * The key ? explains a question: its choices with their descriptions, and its keys. `help` is for what those cannot
 * tell: what the question is about, what happens on yes.
 */
export interface Prompter {
  select<T>(question: {
    message: string;
    choices: readonly Choice<T>[];
    default?: T;
    help?: string;
  }): Promise<T | Back>;
  /** A list to tick, with a filter; thousands of rows are fine. An empty selection is an answer: []. */
  pick<T>(question: {
    message: string;
    rows: readonly PickRow<T>[];
    help?: string;
  }): Promise<readonly T[] | Back>;
  confirm(question: { message: string; default: boolean; help?: string }): Promise<boolean | Back>;
  input(question: {
    message: string;
    /** What an empty answer stands for. */
    default?: string;
    /** Stands there to be edited; an empty answer is then an answer. */
    prefill?: string;
    /** What is typed or pasted is not shown. */
    hidden?: boolean;
    /** True, or what is wrong with the text. */
    validate?: (text: string) => true | string;
    /** A line below the question that moves on every second: a countdown. */
    note?: () => string;
    /** Takes the question off the screen: the answer is then `back`. */
    signal?: AbortSignal;
  }): Promise<string | Back>;
  /** Prints a line or a paragraph. */
  say(text: string, tone?: Tone): void;
}
