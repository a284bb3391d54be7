import type { SignInAnswer, SignInScreen } from '../auth/sign-in-method.ts';
import { describeSignInEvent } from '../auth/sign-in-texts.ts';
import { countdown } from '../tracks/length-text.ts';
import { back, type Prompter, type ToneLine } from '../ui/prompter.ts';

/**
 * A person at a terminal: one question stays open while the callback server waits. What happens meanwhile is printed
 * above it, for which it is taken off the screen and put back.
 */
export function createTerminalScreen(prompter: Prompter, nowMs: () => number): SignInScreen {
  const say = (lines: readonly ToneLine[]) => lines.forEach(({ text, tone }) => prompter.say(text, tone));
  let asking: AbortController | undefined;
  let unsaid: readonly ToneLine[] = [];
  let question = '';
  let endsAtMs = 0;
  return {
    show(event) {
      // The question itself counts down.
      if (event.type === 'time-left') return;
      if (event.type === 'authorise' || event.type === 'enter-code') endsAtMs = event.endsAtMs;
      const lines = describeSignInEvent(event);
      if (event.type === 'authorise')
        question = 'Enter opens your browser, Esc cancels. Or paste the address:';
      if (event.type === 'enter-code') question = 'Enter opens your browser, Esc cancels:';
      if (asking === undefined) {
        say(lines);
        return;
      }
      unsaid = [...unsaid, ...lines];
      asking.abort();
    },
    async answer(signal): Promise<SignInAnswer> {
      for (;;) {
        asking = new AbortController();
        const withdrawn = AbortSignal.any([signal, asking.signal]);
        const text = await prompter
          .input({
            message: question,
            hidden: true,
            note: () => `${countdown(endsAtMs - nowMs())} left`,
            signal: withdrawn,
          })
          .finally(() => {
            asking = undefined;
            say(unsaid);
            unsaid = [];
          });
        if (text === back) {
          if (withdrawn.aborted && !signal.aborted) continue;
          return { type: 'cancel' };
        }
        return text.trim() === '' ? { type: 'open-browser' } : { type: 'pasted', text };
      }
    },
  };
}

/** Nobody at a terminal: a paste comes as a line of stdin, if at all. */
export function createPipeScreen(
  prompter: Prompter,
  readLine: (signal: AbortSignal) => Promise<string | undefined>,
): SignInScreen {
  return {
    show: (event) => describeSignInEvent(event).forEach(({ text, tone }) => prompter.say(text, tone)),
    async answer(signal) {
      for (;;) {
        const line = await readLine(signal);
        if (line === undefined) return { type: 'none' };
        if (line.trim() !== '') return { type: 'pasted', text: line };
      }
    },
  };
}
