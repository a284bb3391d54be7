import { createAssumeYesPrompter } from './assume-yes-prompter.ts';
import { ownPrompter } from './own-terminal.ts';
import type { Prompter } from './prompter.ts';
import type { Theme } from './theme.ts';
import { createPrompterWithoutTerminal } from './without-terminal-prompter.ts';

/** Who asks: the one given, the terminal, or nobody. With --yes every question is agreed to. */
export function choosePrompter(
  options: {
    readonly env: NodeJS.ProcessEnv;
    readonly json?: boolean;
    readonly yes?: boolean;
    readonly prompter?: Prompter;
  },
  theme: Theme,
  workSignal: Parameters<typeof ownPrompter>[1],
): Prompter {
  const { env, json = false, yes = false, prompter } = options;
  const terminal = prompter ?? (json ? undefined : ownPrompter(env, workSignal));
  if (terminal === undefined) return createPrompterWithoutTerminal(process.stderr, theme);
  return yes ? createAssumeYesPrompter(terminal) : terminal;
}
