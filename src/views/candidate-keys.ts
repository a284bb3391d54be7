import { openInBrowser } from '../auth/open-browser.ts';
import { listenTo, type ListenParts } from '../engine/listen.ts';
import { toHarmoniError } from '../errors.ts';
import type { Candidate } from '../matching/candidate.ts';
import type { Prompter, SelectKey } from '../ui/prompter.ts';

export type CandidateKeyParts = ListenParts & { readonly prompter: Pick<Prompter, 'say'> };

/**
 * What can be done with a candidate before it's chosen: look at it, or hear it.
 * @param candidateOf the candidate of a choice; undefined for choices that are none
 */
export function candidateKeys<T>(
  parts: CandidateKeyParts,
  candidateOf: (value: T) => Candidate | undefined,
): readonly SelectKey<T>[] {
  const { prompter } = parts;
  const withCandidate =
    (run: (candidate: Candidate, signal: AbortSignal) => Promise<void>): SelectKey<T>['run'] =>
    async (value, signal) => {
      const candidate = candidateOf(value);
      if (candidate === undefined) prompter.say('Move to a match first.', 'dim');
      else await run(candidate, signal);
    };
  return [
    {
      key: 'o',
      name: 'open',
      help: 'open the match in your browser',
      run: withCandidate(async ({ url }) => {
        if (await openInBrowser(url)) prompter.say(`Opened ${url}`, 'dim');
        else prompter.say(`HARMONI can't open a browser here. The link is ${url}`, 'warn');
      }),
    },
    {
      key: 'p',
      name: 'play',
      help: 'play ten seconds of the match (any key stops it)',
      run: withCandidate(async (candidate, signal) => {
        prompter.say(`Playing ten seconds of "${candidate.title}". Any key stops it.`, 'dim');
        await listenTo(parts, candidate, signal).catch((thrown: unknown) => {
          if (signal.aborted) return;
          const { message, fix } = toHarmoniError(thrown);
          prompter.say(message, 'warn');
          prompter.say(`Fix: ${fix}`);
        });
      }),
    },
  ];
}
