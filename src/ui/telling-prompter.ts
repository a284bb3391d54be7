import type { Prompter, ToneLine } from './prompter.ts';

/** The same prompter, which tells the news before it shows a list to choose from. */
export function createTellingPrompter(
  prompter: Prompter,
  news: () => Promise<readonly ToneLine[]>,
): Prompter {
  return {
    ...prompter,
    async select(question) {
      for (const { text, tone } of await news()) prompter.say(text, tone);
      return prompter.select(question);
    },
  };
}
