import { errorInJson, exitCodeOf } from '../errors.ts';
import {
  hasWork,
  lookAtOrder,
  organise,
  prepareOrder,
  type OrganiseEnd,
  type OrganiseParts,
  type OrganiseView,
  type OrganiseWish,
} from '../engine/organise.ts';
import { layoutPresets } from '../config/layouts.ts';
import { parseQuery } from '../library/query.ts';
import type { Output } from '../ui/output.ts';
import type { Prompter } from '../ui/prompter.ts';
import { noSongsText } from './no-songs.ts';
import { endLines, previewLines } from './organise-text.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';

export type OrganiseViewParts = OrganiseParts &
  ScanParts & {
    readonly output: Output;
    readonly prompter: Pick<Prompter, 'confirm'>;
    readonly configStore: { set(key: 'file_name_template', value: string): Promise<unknown> };
  };

interface Options {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/**
 * Scans, shows what would be moved, asks, and moves it. Returns the exit code: 1 when a file was left alone that should
 * have moved. @throws HarmoniError usage or library-missing
 */
export async function organiseFiles(
  parts: OrganiseViewParts,
  wish: OrganiseWish,
  { yes, dryRun }: Options,
): Promise<number> {
  const { output, config, prompter } = parts;
  // What is typed wrong is told before anything is read.
  parseQuery(wish.words);
  await prepareOrder(parts);
  await scanWithProgress(parts, config.output_dir);
  const view = await lookAtOrder(parts, wish);
  output.lines(previewLines(view));
  sayTagsFirst(parts, view);
  if (!hasWork(view)) output.say(nothingToDo(view));
  if (dryRun) {
    output.document(documentOf(view, undefined));
    return 0;
  }
  if (hasWork(view) && !yes && (await prompter.confirm(questionOf(view))) !== true) {
    return exitCodeOf('cancelled');
  }
  const end = await carryOut(parts, view);
  await offerTemplate(parts, view, yes);
  output.document(documentOf(view, end));
  if (end.stoppedBy !== undefined) return exitCodeOf(end.stoppedBy.code);
  return end.left.length > 0 ? 1 : 0;
}

function nothingToDo({ plan, own, wish }: OrganiseView): string {
  if (plan.inPlace > 0) return 'Everything is in place.';
  return plan.left.length + own > 0 ? 'No songs to organize.' : noSongsText(wish.words, plan.library);
}

function questionOf({ plan, ownMoves }: OrganiseView): { message: string; default: boolean; help: string } {
  const many = plan.songs.length + plan.merges.length + plan.links.length;
  const own = ownMoves === 0 ? '' : `, ${ownMoves} of them not downloaded by HARMONI`;
  return {
    message: `Organize ${many === 1 ? '1 file' : `${many} files`}${own}?`,
    default: ownMoves === 0,
    help: 'Playlists follow, nothing is overwritten, and harmoni undo brings everything back.',
  };
}

async function carryOut(parts: OrganiseViewParts, view: OrganiseView): Promise<OrganiseEnd> {
  const { output, progress, beginWork } = parts;
  const { plan } = view;
  const total = plan.moves.length + plan.links.length;
  const work = beginWork();
  try {
    const onProgress = (done: number): void =>
      progress.draw({ title: 'Organizing', done, total, failed: 0, lines: [] });
    const end = await organise(parts, view, { signal: work.signal, onProgress });
    progress.end();
    output.lines(endLines(end, plan.library));
    if (end.stoppedBy !== undefined) output.say('Run harmoni library organise again to finish.');
    if (end.id !== undefined) output.say(`To take this back, run harmoni undo ${end.id}.`);
    return end;
  } finally {
    progress.end();
    work.done();
  }
}

/** A whole library in another order than the one of new songs. */
async function offerTemplate(
  { config, configStore, prompter, output }: OrganiseViewParts,
  { wish }: OrganiseView,
  yes: boolean,
): Promise<void> {
  const { template, words } = wish;
  if (template === config.file_name_template || words.length > 0) return;
  const question = {
    message: 'Put new songs in the same order?',
    default: true,
    help: `Sets file_name_template to ${template}.`,
  };
  if (!yes && (await prompter.confirm(question)) === true) {
    await configStore.set('file_name_template', template);
    return;
  }
  output.say(
    `New songs still go to ${config.file_name_template}. To change that, run harmoni config set file_name_template ${presetOf(template) ?? `"${template}"`}.`,
  );
}

const presetOf = (template: string): string | undefined =>
  layoutPresets.find((preset) => preset.template === template)?.name;

const dayMs = 24 * 3_600_000;

/** Navidrome takes a song whose tags and place change between two of its scans for another one. */
function sayTagsFirst({ store, clock, output }: OrganiseViewParts, view: OrganiseView): void {
  const since = clock.now() - dayMs;
  const isRetag = store.journal
    .runs(20)
    .some(({ startedAt, counts }) => startedAt > since && Object.hasOwn(counts, 'retag'));
  if (!isRetag || view.plan.songs.length === 0) return;
  output.lines([
    {
      text: 'Tags changed in the last 24 hours, too. If you use Navidrome, let it scan your library before you move files, so that play counts and playlists survive.',
      tone: 'warn',
    },
  ]);
}

function documentOf({ wish, plan, own }: OrganiseView, end: OrganiseEnd | undefined): object {
  const { songs, merges, links, sidecars, left, inPlace } = plan;
  return {
    template: wish.template,
    dryRun: end === undefined,
    run: end?.id ?? null,
    moves: songs,
    merges,
    links,
    sidecars,
    left: [...left, ...(end?.left ?? [])],
    playlists: end?.playlists ?? [],
    ...(end?.stoppedBy === undefined ? {} : { stoppedBy: errorInJson(end.stoppedBy) }),
    summary: {
      moves: end === undefined ? songs.length : end.moved.length,
      merges: end === undefined ? merges.length : end.merged.length,
      links: end === undefined ? links.length : end.linked.length,
      inPlace,
      notDownloaded: own,
    },
  };
}
