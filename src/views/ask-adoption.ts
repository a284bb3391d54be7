import type { AdoptParts, AdoptView } from '../engine/adopt.ts';
import { HarmoniError } from '../errors.ts';
import type { AdoptWay } from '../library/adopt/carry-out.ts';
import { countRows } from '../library/adopt/plan-adoption.ts';
import { songs } from '../tracks/song-count.ts';
import type { Output } from '../ui/output.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { keyOf, pickRowOf, uncertainRows } from './adopt-text.ts';

export interface AskAdoptionParts extends Pick<AdoptParts, 'store' | 'config'> {
  readonly output: Output;
  readonly prompter: Prompter;
  readonly interactive: boolean;
}

export interface AdoptOptions {
  /** Undefined: where the folder is in the library, its files stay; else it's asked, or they are copied. */
  readonly way: AdoptWay | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly askedIn?: 'menu' | 'terminal' | undefined;
}

/** What the user wants of it. */
export interface AdoptChoice {
  readonly way: AdoptWay;
  /** Keys of the uncertain rows that are right. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Shows what is uncertain, and asks how. Undefined where there's nothing to do.
 * @throws HarmoniError usage, where nobody can be asked
 */
export async function askAdoption(
  parts: AskAdoptionParts,
  view: AdoptView,
  options: AdoptOptions,
): Promise<AdoptChoice | Back | undefined> {
  const { store, config, output, prompter, interactive } = parts;
  const { adopt: certain } = countRows(view.lists.flatMap(({ rows }) => rows));
  const uncertain = uncertainRows(view);
  const isAsked = interactive && !options.yes;
  if (options.yes && uncertain.length > 0)
    output.say('To select uncertain files, run it in a terminal without --yes.');
  const isNothing = certain === 0 && (uncertain.length === 0 || !isAsked);
  if (isNothing) {
    output.say('Nothing to adopt.');
    // What a killed run adopted may not be in its playlists yet.
    return store.files.adopted.isEmpty(config.output_dir) ? undefined : { way: 'leave', taken: new Set() };
  }
  if (!isAsked && !options.yes) {
    throw new HarmoniError('usage', "There's no terminal to ask in: Adopt these files?", {
      fix: 'Add --yes to adopt what is certain, or --dry-run to only look.',
    });
  }
  const picked = uncertain.length === 0 || !isAsked ? [] : await pickUncertain(parts, view);
  if (picked === back) return back;
  if (certain + picked.length === 0) return undefined;
  const taken = new Set(picked.map(keyOf));
  const standard = view.isInLibrary ? 'leave' : isAsked ? undefined : 'copy';
  const way = options.way ?? standard ?? (await askWay(prompter));
  if (way === back) return back;
  const many = songs(certain + picked.length);
  const question = {
    message: `${verbs[way]} ${many}?`,
    default: true,
    help: 'Your files stay as they are, and harmoni undo takes it back.',
  };
  const isAgreed = !isAsked || (await prompter.confirm(question)) === true;
  return isAgreed ? { way, taken } : back;
}

const verbs: Readonly<Record<AdoptWay, string>> = {
  link: 'Link',
  copy: 'Copy',
  leave: 'Adopt in place',
};

async function pickUncertain({ prompter }: AskAdoptionParts, view: AdoptView) {
  return prompter.pick({
    message: 'Which of these uncertain files are the song?',
    rows: uncertainRows(view).map((row) => pickRowOf(row, view.folder)),
    help: 'Select the right ones. The other songs can be downloaded.',
  });
}

function askWay(prompter: Pick<Prompter, 'select'>): Promise<AdoptWay | Back> {
  return prompter.select<AdoptWay>({
    message: 'How should they get into your library?',
    choices: [
      {
        value: 'link',
        name: 'Link',
        description: 'Takes no space. Both names lead to one file, which HARMONI never changes.',
      },
      {
        value: 'copy',
        name: 'Copy',
        description: 'Takes space, and your library no longer needs that folder.',
      },
      {
        value: 'leave',
        name: 'Leave them there',
        description: 'Playlists lead to the files where they are.',
      },
    ],
  });
}
