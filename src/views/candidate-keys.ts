import { openInBrowser } from '../auth/open-browser.ts';
import type { Reference } from '../ear/ear.ts';
import { listenTo, type ListenParts, type PlayedFirst } from '../engine/listen.ts';
import { mayAskDeezer, type OpenEarParts } from '../ear/open-ear.ts';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import type { ReviewCandidate } from '../matching/review-list.ts';
import { readIsrc } from '../tracks/isrc.ts';
import type { Track } from '../tracks/track.ts';
import type { Prompter, SelectKey } from '../ui/prompter.ts';

export type CandidateKeyParts = ListenParts & OpenEarParts & { readonly prompter: Pick<Prompter, 'say'> };

/** A candidate, and what it was heard to be. */
export type KeyCandidate = Pick<ReviewCandidate, 'candidate' | 'heard'>;

/**
 * What can be done with a candidate before it's chosen: look at it, or hear it, next to the official preview where that may
 * be asked for.
 * @param candidateOf the candidate of a choice; undefined for choices that are none
 */
export function candidateKeys<T>(
  parts: CandidateKeyParts,
  track: Track,
  candidateOf: (value: T) => KeyCandidate | undefined,
): readonly SelectKey<T>[] {
  const { prompter } = parts;
  const withCandidate =
    (run: (one: KeyCandidate, signal: AbortSignal) => Promise<void>): SelectKey<T>['run'] =>
    async (value, signal) => {
      const one = candidateOf(value);
      if (one === undefined) prompter.say('Move to a match first.', 'dim');
      else await run(one, signal);
    };
  const compares = mayAskDeezer(parts.config) && readIsrc(track.isrc ?? '') !== undefined;
  const findPreview = createPreview(parts, track);
  return [
    {
      key: 'o',
      name: 'open',
      help: 'open the match in your browser',
      run: withCandidate(async ({ candidate: { url } }) => {
        if (await openInBrowser(url)) prompter.say(`Opened ${url}`, 'dim');
        else prompter.say(`HARMONI can't open a browser here. The link is ${url}`, 'warn');
      }),
    },
    {
      key: 'p',
      name: compares ? 'compare' : 'play',
      help: compares
        ? "play ten seconds of Deezer's preview, then of the match (any key stops it)"
        : 'play ten seconds of the match (any key stops it)',
      run: withCandidate(async (one, signal) => {
        try {
          await playCandidate(parts, one, compares ? await findPreview(signal) : undefined, signal);
        } catch (thrown) {
          if (!signal.aborted) throw thrown;
        }
      }),
    },
  ];
}

/** Asks for the preview of a track, and says where there's none; one that was found is kept as long as its song is shown. */
function createPreview(
  { openEar, prompter }: CandidateKeyParts,
  track: Track,
): (signal: AbortSignal) => Promise<Reference | undefined> {
  let known: Reference | undefined;
  return async (signal) => {
    if (known !== undefined) return known;
    prompter.say('Asking Deezer for its preview. Any key stops it.', 'dim');
    const own = await openEar();
    try {
      const found = await own.preview(track, signal);
      if (typeof found === 'object') known = found.reference;
      else if (found === 'none') prompter.say('Deezer has no preview of this song.', 'dim');
      else prompter.say("Deezer doesn't answer right now.", 'warn');
      return known;
    } finally {
      own.end();
    }
  };
}

async function playCandidate(
  parts: CandidateKeyParts,
  { candidate, heard }: KeyCandidate,
  reference: Reference | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { prompter } = parts;
  const { title, url } = candidate;
  const first: PlayedFirst | undefined =
    reference === undefined
      ? undefined
      : { sound: reference.sound, atMs: heard?.by === reference.by ? heard.atMs : undefined };
  const which = first === undefined ? '' : 'the match, ';
  await listenTo(parts, candidate, signal, first, (what) => {
    const played = what === 'first' ? "Deezer's preview" : `${which}"${title}"`;
    prompter.say(`Playing ten seconds of ${played}. Any key stops it.`, 'dim');
  }).catch((thrown: unknown) => {
    if (signal.aborted) return;
    const { code, message, fix } = thrown instanceof HarmoniError ? thrown : toHarmoniError(thrown);
    prompter.say(message, 'warn');
    if (code !== 'player-missing' || reference?.url === undefined) {
      prompter.say(`Fix: ${fix}`);
      return;
    }
    prompter.say(`Compare them in your browser: Deezer has it at ${reference.url}`);
    prompter.say(`The match is ${url}`);
  });
}
