import { overriddenBy } from '../config/environment.ts';
import { layoutPresets } from '../config/layouts.ts';
import type { ConfigStore } from '../config/store.ts';
import { fetchTools, type FetchToolsParts } from '../doctor/fetch-tools.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { back, type Prompter } from '../ui/prompter.ts';

export interface FirstStartParts extends FetchToolsParts {
  readonly prompter: Pick<Prompter, 'say' | 'select' | 'input'>;
  readonly configStore: Pick<ConfigStore, 'set' | 'path'>;
  readonly paths: { readonly output: string };
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

/** Each answers with what to do next. */
const origins = [
  {
    value:
      'Export your playlists at exportify.net, put the CSV files in data/exportify, then choose Downloads, Exportify playlists.',
    name: 'Spotify, any account',
    description: "With files from exportify.net. You don't need an app or Premium.",
  },
  {
    value: 'Choose Downloads, Spotify. Setup help guides you through it step by step.',
    name: 'Spotify, signed in',
    description: 'Your playlists and liked songs, with your own app (its owner needs Premium).',
  },
  {
    value: 'Choose Downloads, then Paste a YouTube or SoundCloud link, or Search for a song.',
    name: 'Links and single songs',
    description: 'Videos, tracks, playlists, or a title.',
  },
] as const;

/**
 * The questions of the first start: format, folder, how songs are filed (what lies somewhere stays there, so it is asked
 * before the first song), and where the music comes from, each with an answer that Enter takes. Returns false when the
 * user went back out of one of the settings.
 */
export async function runFirstStart(parts: FirstStartParts): Promise<boolean> {
  const { prompter, configStore } = parts;
  prompter.say('Welcome to HARMONI. A few questions before we start.');
  const work = parts.beginWork();
  await fetchTools(parts, { update: false, onlyNews: true, signal: work.signal }).finally(() => work.done());
  prompter.say(
    'YouTube audio is about 130 to 160 kbit/s. A "320 kbit/s MP3" made from it is a bigger file, not a better one.',
  );
  const format = await prompter.select({
    message: 'Which format do you want?',
    choices: formats,
    default: 'mp3',
    help: 'New songs are saved in this format. You can change it later under Config.',
  });
  if (format === back) return false;
  // In a container the environment says where, and no answer would count.
  const folder = overriddenBy(parts.env).has('output_dir')
    ? undefined
    : await prompter.input({ message: 'Where should your music go?', default: parts.paths.output });
  if (folder === back) return false;
  const template = await prompter.select({
    message: 'How should songs be organized?',
    choices: layoutPresets.map(({ title, template: value, text }) => ({
      value,
      name: title,
      description: `${value}: ${text}`,
    })),
    default: layoutPresets[0].template,
    help: 'This affects new songs only. You can change it later under Config (file_name_template).',
  });
  if (template === back) return false;
  await configStore.set('audio_format', format);
  await configStore.set('file_name_template', template);
  if (folder !== undefined) await configStore.set('output_dir', folder);
  prompter.say(`Saved in ${configStore.path}. You can change everything under Config.`, 'ok');
  const next = await prompter.select({ message: 'Where does your music come from?', choices: origins });
  if (next !== back) prompter.say(next);
  return true;
}
