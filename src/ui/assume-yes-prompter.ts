import type { Prompter } from './prompter.ts';

/** --yes: takes the ticked rows and agrees to everything; what nobody can guess is still asked. */
export function createAssumeYesPrompter(prompter: Prompter): Prompter {
  return {
    ...prompter,
    pick: async ({ rows }) =>
      rows.filter((row) => row.checked && row.disabled === undefined).map((row) => row.value),
    confirm: async () => true,
  };
}
