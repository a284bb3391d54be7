import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { overriddenBy } from '../config/environment.ts';
import { layoutPresets } from '../config/layouts.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import { fetchTools, type FetchToolsParts } from '../doctor/fetch-tools.ts';
import { folderFault } from '../system/make-folder.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { back, type Back, type Choice, type Prompter } from '../ui/prompter.ts';
import { typedPath } from '../views/typed-path.ts';
import { downloadItems, type DownloadItem } from './download-items.ts';

export interface FirstStartParts extends FetchToolsParts {
  readonly prompter: Pick<Prompter, 'say' | 'select' | 'input'>;
  readonly configStore: Pick<ConfigStore, 'set' | 'path'>;
  readonly paths: { readonly output: string };
  readonly config: Pick<Config, 'exportify_watch_folder'>;
  readonly beginWork: () => WorkSignal;
}

const formats = [
  { value: 'mp3', name: 'MP3', description: "Plays everywhere. Converted from YouTube's audio." },
  {
    value: 'best',
    name: 'Best',
    description: "YouTube's own audio (Opus): the best quality, and the fastest.",
  },
  { value: 'm4a', name: 'M4A', description: "YouTube's AAC audio, unchanged. Good for Apple devices." },
  { value: 'flac', name: 'FLAC', description: 'Larger files, but no better: YouTube has no lossless audio.' },
] as const;

interface Origin {
  /** The item of the Downloads menu that it leads to. */
  readonly item: DownloadItem;
  /** What to do then. */
  readonly next: (exportifyFolder: string) => string;
}

const origins: readonly Choice<Origin>[] = [
  {
    value: {
      item: downloadItems.exportify,
      next: (folder: string) =>
        `Export your playlists at exportify.net and put the CSV files in ${folder}. Then press Enter.`,
    },
    name: 'Spotify, any account',
    description: "With files from exportify.net. You don't need an app or Premium.",
  },
  {
    value: {
      item: downloadItems.spotify,
      next: () => 'Press Enter, then Enter again to sign in. HARMONI guides you through each step.',
    },
    name: 'Spotify, signed in',
    description: 'Your playlists and liked songs, with your own app (its owner needs Premium).',
  },
  {
    value: {
      item: downloadItems.file,
      next: () => 'Press Enter, then type the path of your file, or drop the file into this window.',
    },
    name: 'Files',
    description:
      "Spotify's account export, Apple Music, YouTube Music, m3u, or a text with a song on each line.",
  },
  {
    value: {
      item: downloadItems.link,
      next: () => 'Press Enter and paste a link. For a song by its name, choose Search for a song.',
    },
    name: 'Links and single songs',
    description: 'From Spotify, YouTube or SoundCloud, or by artist and title.',
  },
];

/** A setting that is asked for. */
interface Question {
  readonly key: 'audio_format' | 'output_dir' | 'file_name_template';
  /** @param before the earlier answer, if the user came back */
  ask(before: string | undefined): Promise<string | Back>;
}

function questionsOf(parts: FirstStartParts): readonly Question[] {
  const { prompter, paths } = parts;
  const folder: Question = { key: 'output_dir', ask: (before) => askFolder(parts, before ?? paths.output) };
  return [
    {
      key: 'audio_format',
      ask: (before) =>
        prompter.select<string>({
          message: 'Which format do you want?',
          choices: formats,
          default: before ?? 'mp3',
          help: 'New songs are saved in this format. You can change it later under Config.',
        }),
    },
    // In a container the environment says where, and no answer would count.
    ...(overriddenBy(parts.env).has('output_dir') ? [] : [folder]),
    {
      key: 'file_name_template',
      ask: (before) =>
        prompter.select({
          message: 'How should songs be organized?',
          choices: layoutPresets.map(({ title, template: value, text }) => ({
            value,
            name: title,
            description: `${value}: ${text}`,
          })),
          default: before ?? layoutPresets[0].template,
          help: 'This affects new songs only. You can change it later under Config (file_name_template).',
        }),
    },
  ];
}

/** An absolute path that can be written: what is wrong with it is better said now than at the first download. */
async function askFolder({ prompter, configStore }: FirstStartParts, usual: string): Promise<string | Back> {
  // A relative path would be read as one below config.json.
  const placeOf = (text: string): string =>
    resolve(dirname(configStore.path), typedPath(text, homedir()) || usual);
  const answer = await prompter.input({
    message: 'Where should your music go?',
    default: usual,
    validate: (text) => folderFault(placeOf(text)) ?? true,
  });
  return answer === back ? back : placeOf(answer);
}

/** Going back leads to the question before. Undefined where it led out of the first. */
async function askAll(
  questions: readonly Question[],
): Promise<ReadonlyMap<Question['key'], string> | undefined> {
  const answers = new Map<Question['key'], string>();
  for (let at = 0; ;) {
    const question = questions[at];
    if (question === undefined) return at < 0 ? undefined : answers;
    const answer = await question.ask(answers.get(question.key));
    if (answer !== back) answers.set(question.key, answer);
    at += answer === back ? -1 : 1;
  }
}

/**
 * The questions of the first start: format, folder, how songs are filed (what lies somewhere stays there, so it is asked
 * before the first song), and where the music comes from, each with an answer that Enter takes. Returns the item of the
 * Downloads menu that the music comes from, and false when the user went back out of the first question.
 */
export async function runFirstStart(parts: FirstStartParts): Promise<{ item?: DownloadItem } | false> {
  const { prompter, configStore } = parts;
  prompter.say('Welcome to HARMONI. A few questions before we start.');
  const work = parts.beginWork();
  await fetchTools(parts, { update: false, onlyNews: true, signal: work.signal }).finally(() => work.done());
  prompter.say(
    'YouTube audio is about 130 to 160 kbit/s. A "320 kbit/s MP3" made from it is a bigger file, not a better one.',
  );
  const answers = await askAll(questionsOf(parts));
  if (answers === undefined) return false;
  for (const [key, answer] of answers) await configStore.set(key, answer);
  prompter.say(`Saved in ${configStore.path}. You can change everything under Config.`, 'ok');
  const next = await prompter.select({ message: 'Where does your music come from?', choices: origins });
  if (next === back) return {};
  prompter.say(next.next(parts.config.exportify_watch_folder));
  return { item: next.item };
}
