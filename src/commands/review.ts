import type { App } from '../app.ts';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import type { FailedTrack } from '../history/failures.ts';
import { candidateLine, candidateSummary } from '../matching/candidate-text.ts';
import { askForVideo, candidatesFor, nameOf } from '../menus/review.ts';
import { back } from '../ui/prompter.ts';
import { videoUrl } from '../youtube/ytdlp-args.ts';
import { chosenOf } from './retry.ts';
import { exportChoices, importChoices, listChoices, removeChoice } from './review-choices.ts';
import { downloadDecided, redo } from './review-redo.ts';
import type { ReviewVerb } from './review-verbs.ts';
import { waitingTracks } from './review-waiting.ts';

const usages: Readonly<Record<ReviewVerb, readonly [least: number, most: number, usage: string]>> = {
  list: [0, 0, ''],
  remove: [1, 1, ' "ARTIST - TITLE"'],
  export: [1, 1, ' FILE.csv'],
  import: [1, 1, ' FILE.csv'],
  redo: [1, 2, ' "ARTIST - TITLE" [LINK]'],
};

/** harmoni review [VERB ARGS]. Without a verb: decide what waits, or list it where nobody can be asked. */
export async function runReviewCommand(
  app: App,
  verb: ReviewVerb | undefined,
  args: readonly string[],
): Promise<number> {
  if (verb === undefined) return app.interactive ? reviewWaiting(app) : listWaiting(app);
  const [least, most, usage] = usages[verb];
  const [first = '', second] = args;
  if (args.length < least || args.length > most) {
    throw new HarmoniError('usage', `It is: harmoni review ${verb}${usage}`, {
      fix: 'Put names with spaces in quotes.',
    });
  }
  switch (verb) {
    case 'list':
      return listChoices(app);
    case 'remove':
      return removeChoice(app, first);
    case 'export':
      return exportChoices(app, first);
    case 'import':
      return importChoices(app, first);
    case 'redo':
      return redo(app, first, second);
  }
}

/** Asks track by track; what was decided can be downloaded at once. Esc ends the asking. Returns the exit code. */
export async function reviewWaiting(app: App): Promise<number> {
  const { prompter, store } = app;
  const waiting = waitingTracks(store);
  if (waiting.length === 0) {
    prompter.say('Nothing waits for a decision.', 'ok');
    return 0;
  }
  const decided: FailedTrack[] = [];
  for (const [index, { track, listName, failure }] of waiting.entries()) {
    const about = `${index + 1} of ${waiting.length}, from "${listName}". ${failure.message}`;
    const answer = await askForVideo(app, track, about);
    if (answer === back) break;
    if (answer === 'skip') continue;
    store.overrides.set(track, answer.videoId);
    if (answer.videoId === null) store.failures.remove(track);
    else decided.push(...store.failures.of(track));
  }
  if (decided.length === 0) return 0;
  const songs = decided.length === 1 ? 'the song' : `the ${decided.length} songs`;
  const now = await prompter.confirm({ message: `Download ${songs} that you chose now?`, default: true });
  if (now !== true) {
    prompter.say('They are downloaded with the next harmoni retry.');
    return 0;
  }
  return downloadDecided(app, chosenOf(app, decided));
}

/** What waits, with its candidates. */
async function listWaiting(app: App): Promise<number> {
  const waiting = [];
  for (const { track, listName, status, failure } of waitingTracks(app.store)) {
    const candidates = await candidatesFor(app, track).catch((thrown: unknown) => {
      if (toHarmoniError(thrown).code === 'cancelled') throw thrown;
      return [];
    });
    waiting.push({
      artist: track.artist,
      track: track.track,
      spotifyUri: track.spotifyUri ?? null,
      list: listName,
      status,
      message: failure.message,
      candidates: candidates.map(({ candidate, confidence, reasons }) => ({
        ...candidateSummary(track.durationMs, candidate),
        confidence,
        reasons,
      })),
    });
    app.output.lines([
      { text: `${nameOf(track)}: ${failure.message}` },
      ...candidates.slice(0, 3).map(({ candidate, confidence }) => ({
        text: `  ${candidateLine(track.durationMs, candidate, confidence)} · ${videoUrl(candidate.videoId)}`,
        tone: 'dim' as const,
      })),
    ]);
  }
  if (waiting.length === 0) app.output.say('Nothing waits for a decision.');
  else
    app.output.say('Decide with harmoni review in a terminal, or harmoni review redo "ARTIST - TITLE" LINK.');
  app.output.document({ waiting });
  return 0;
}
