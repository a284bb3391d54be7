import type { JobEnd } from '../downloads/run-job.ts';
import { findSongs } from '../engine/library-songs.ts';
import { chooseRepairs, repairPlaylists, verifySongs, type VerifyParts } from '../engine/verify.ts';
import { exitCodeOf } from '../errors.ts';
import { requireLibrary, settleLost } from '../history/settle.ts';
import type { MeasureEnd } from '../library/measure-songs.ts';
import { parseQuery } from '../library/query.ts';
import { isFault, isFetchable, isOfRecording, type Finding } from '../library/verify/findings.ts';
import { playlists, songs as counted } from '../tracks/song-count.ts';
import type { Prompter } from '../ui/prompter.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';
import { exitCodeOfEnd } from './run-with-progress.ts';
import { noSongsText } from './no-songs.ts';
import { scanWithProgress } from './scan-library.ts';
import { hearSongs, type HearSongsOptions, type HearSongsParts } from './hear-songs.ts';
import { offerOtherMatches, type OtherMatchesParts } from './other-matches.ts';
import { listenToSongs } from './scan-songs.ts';
import { findingCounts, findingLines, recordingsText, repairQuestion } from './verify-text.ts';

export type VerifyViewParts = HearSongsParts &
  OtherMatchesParts &
  RunChosenParts &
  VerifyParts & { readonly prompter: Pick<Prompter, 'confirm'> };

export interface VerifyOptions {
  /** Every song is listened to. */
  readonly isDeep: boolean;
  /** Songs are compared with official previews, with `includeOwn` the user's own files, too. */
  readonly ear?: Pick<HearSongsOptions, 'includeOwn'> | undefined;
  /** Whether only recordings are told of, and nothing else that isn't right. */
  readonly isOfRecordings?: boolean;
  readonly isRepair: boolean;
  readonly isYes: boolean;
  /** Somebody can be asked whether to repair. */
  readonly isAsked: boolean;
}

/**
 * Looks for everything that isn't right with the songs that a query means, tells it by cause, and repairs on a yes what a
 * download and new playlist files can. Nothing is deleted: replaced files go to the trash. Returns the exit code, which is 0
 * only when all was checked and is whole.
 * @throws HarmoniError usage, ffmpeg-missing, library-missing: on a disk that isn't mounted, all would be downloaded again
 */
export async function verifyLibrary(
  parts: VerifyViewParts,
  words: readonly string[],
  options: VerifyOptions,
): Promise<number> {
  const { config, output, store } = parts;
  const library = config.output_dir;
  const query = parseQuery(words);
  await settleLost(store);
  await requireLibrary(library);
  const scan = await scanWithProgress(parts, library);
  const deep = options.isDeep ? await listenToSongs(parts, words) : undefined;
  const ear = options.ear && (await hearSongs(parts, words, { ...options, ...options.ear }));
  if (options.ear !== undefined && ear === undefined) return exitCodeOf('cancelled');
  const songs = await findSongs(store, library, words);
  const all = await verifySongs(parts, songs, query.isEmpty ? scan : undefined);
  const findings = options.isOfRecordings === true ? all.filter(isOfRecording) : all;
  output.lines(findingLines(findings, library));
  const isCut = deep?.isStopped === true || ear?.exitCode === exitCodeOf('cancelled');
  if (songs.length === 0) output.say(noSongsText(words, library));
  else if (!isCut && (options.ear !== undefined || options.isOfRecordings === true))
    output.say(recordingsText(songs, all.filter(isOfRecording)));
  if (songs.length > 0 && options.isOfRecordings !== true)
    output.say(summaryOf(songs.length, findings, deep));
  for (const { path, why } of deep?.notChecked ?? [])
    output.lines([{ text: `Not checked: ${path} (${why})`, tone: 'warn' }]);
  const repair = isCut ? undefined : await repairOf(parts, findings, options);
  const others = isCut ? undefined : await offerOtherMatches(parts, findings, options);
  const isChecked = deep === undefined || (deep.notChecked.length === 0 && !deep.isStopped);
  output.document({
    songs: songs.length,
    checked: deep === undefined ? 'structure' : isChecked ? 'sound' : 'partly',
    counts: findingCounts(findings),
    findings: findings.map(inJson),
    ...(deep === undefined ? {} : { notChecked: deep.notChecked }),
    ...(ear === undefined ? {} : { ear: ear.document }),
    ...(repair === undefined ? {} : { repair: { ...repair.end?.report, playlists: repair.playlists } }),
  });
  if (isCut) return exitCodeOf('cancelled');
  for (const end of [repair?.end, others]) if (end?.stoppedBy !== undefined) return exitCodeOfEnd(end);
  if (ear?.exitCode !== undefined) return ear.exitCode;
  const isMended = (one: Finding): boolean =>
    (isFetchable(one) && repair?.end !== undefined && exitCodeOfEnd(repair.end) === 0) ||
    (one.cause === 'playlist' && repair?.playlists.includes(one.path) === true);
  return isChecked && findings.filter(isFault).every(isMended) ? 0 : 1;
}

interface Repair {
  /** Of the download; undefined where there was nothing to fetch. */
  readonly end: JobEnd | undefined;
  readonly playlists: readonly string[];
}

async function repairOf(
  parts: VerifyViewParts,
  findings: readonly Finding[],
  { isRepair, isYes, isAsked }: VerifyOptions,
): Promise<Repair | undefined> {
  const { prompter, output } = parts;
  const message = repairQuestion(findings);
  if (message === undefined) {
    if (isRepair && findings.some(isFault))
      output.say("HARMONI can't repair any of this. Replace or delete these files yourself.");
    return undefined;
  }
  if (!isRepair && !isAsked) {
    output.say('Run harmoni library verify --repair to repair what can be repaired.');
    return undefined;
  }
  const question = {
    message,
    default: true,
    help: 'Each new file is checked before it takes the place of the old one, which goes to the trash.',
  };
  if (!isYes && (await prompter.confirm(question)) !== true) return undefined;
  const chosen = await chooseRepairs(parts, findings);
  // The one document is that of the check.
  const quiet = { ...parts, output: { ...output, document: () => undefined } };
  const end =
    chosen.length === 0 ? undefined : await runChosen(quiet, chosen, { accept: 'sure', kind: 'retry' });
  const written = await repairPlaylists(parts, findings);
  if (written.length > 0) output.say(`Updated ${playlists(written.length)}.`);
  return { end, playlists: written };
}

function summaryOf(many: number, findings: readonly Finding[], deep: MeasureEnd | undefined): string {
  const checked = `Checked ${counted(many)}`;
  const how = deep === undefined ? '. Add --deep to listen to each of them as well.' : '.';
  return findings.length === 0 ? `${checked}: everything is fine${how}` : `${checked}${how}`;
}

function inJson({ cause, path, detail, track }: Finding): object {
  return {
    cause,
    path,
    detail,
    ...(track === undefined ? {} : { artist: track.artist, track: track.track }),
  };
}
