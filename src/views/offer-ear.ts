import type { ConfigStore } from '../config/store.ts';
import type { JobEnd } from '../downloads/run-job.ts';
import type { ToolBox } from '../doctor/tool-box.ts';
import { hearableFailures, hearableOf, withRetried } from '../engine/hearable.ts';
import { chooseFailed } from '../engine/retry.ts';
import { toHarmoniError } from '../errors.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { Job } from '../history/jobs.ts';
import type { Store } from '../history/store.ts';
import { hasChromaprint, noChromaprint } from '../sound/chromaprint.ts';
import { createTrackMap, dropDoubles } from '../tracks/identity.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';

export type OfferEarParts = RunChosenParts & {
  readonly prompter: Pick<Prompter, 'confirm' | 'say'>;
  readonly store: Pick<Store, 'failures'>;
  readonly configStore: Pick<ConfigStore, 'set'>;
  readonly tools: Pick<ToolBox, 'ffmpegPath'>;
};

/**
 * After a download: asks once whether its uncertain songs may be compared with previews, and on a yes tries them again at
 * once. Returns the end of both.
 */
export async function offerEar(parts: OfferEarParts, job: Job, end: JobEnd): Promise<JobEnd> {
  if (end.stoppedBy !== undefined) return end;
  const tried = hearableFailures(parts.store.failures.all(), hearableOf(job, end));
  const again = await compareWithPreviews(parts, tried);
  return again === undefined ? end : withRetried(job, end, again);
}

/**
 * Asks once whether uncertain songs may be compared with previews from Deezer, and keeps the answer; Esc is none. On a yes
 * they are tried again, and the end of that comes back.
 * @param uncertain songs that a preview may be found for
 */
export async function compareWithPreviews(
  parts: OfferEarParts,
  uncertain: readonly FailedTrack[],
): Promise<JobEnd | undefined> {
  const { prompter, config } = parts;
  const many = dropDoubles(uncertain.map(({ track }) => track)).length;
  if (many === 0 || config.verify_by_ear !== 'ask') return undefined;
  prompter.say(
    'HARMONI can download an uncertain song and keep it if it sounds like the official preview.',
    'dim',
  );
  const answer = await prompter.confirm({
    message:
      many === 1
        ? '1 song is uncertain. Compare it with its official 30-second preview from Deezer?'
        : `${many} songs are uncertain. Compare them with official 30-second previews from Deezer?`,
    default: true,
    help: "Deezer gets the ISRC of each song, and its artist and title if that finds nothing. Previews aren't kept. HARMONI remembers your answer as verify_by_ear, which you can change at any time.",
    escHelp: 'decide later: HARMONI asks again',
  });
  if (answer === back) return undefined;
  await remember(parts, answer);
  if (!answer || !(await canCompare(parts))) return undefined;
  tellOfOthers(parts, uncertain);
  const lists = chooseFailed(parts.store.jobs, uncertain);
  return runChosen(parts, lists, { accept: 'sure', kind: 'retry', verifyByEar: 'uncertain' });
}

/** Whether this ffmpeg makes fingerprints; where not, it's said. That there's none is told by the download. */
async function canCompare({ tools, prompter }: OfferEarParts): Promise<boolean> {
  try {
    if (await hasChromaprint(await tools.ffmpegPath())) return true;
  } catch {
    return true;
  }
  prompter.say(noChromaprint.message, 'warn');
  prompter.say(`Fix: ${noChromaprint.fix}`);
  return false;
}

/** Songs of earlier downloads aren't compared before they are tried again. */
function tellOfOthers({ store, prompter }: OfferEarParts, asked: readonly FailedTrack[]): void {
  const tracks = createTrackMap<true>();
  for (const { track } of asked) tracks.set(track, true);
  const others = hearableFailures(store.failures.all()).filter(({ track }) => tracks.get(track) !== true);
  const many = dropDoubles(others.map(({ track }) => track)).length;
  if (many === 0) return;
  const which =
    many === 1 ? '1 song from an earlier download is' : `${many} songs from earlier downloads are`;
  prompter.say(
    `${which} uncertain, too. To compare ${many === 1 ? 'it' : 'them'}, run harmoni retry.`,
    'dim',
  );
}

/** A config.json that can't be written costs another question, and not the answer. */
async function remember({ configStore, prompter }: OfferEarParts, isWanted: boolean): Promise<void> {
  try {
    await configStore.set('verify_by_ear', isWanted ? 'uncertain' : 'never');
  } catch (thrown) {
    prompter.say(toHarmoniError(thrown).message, 'warn');
    return;
  }
  prompter.say(
    isWanted
      ? 'From now on, downloads compare uncertain songs. To stop that, run harmoni config set verify_by_ear never.'
      : "HARMONI won't ask again. To compare songs later, run harmoni config set verify_by_ear uncertain.",
    'dim',
  );
}
