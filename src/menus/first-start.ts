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
  { value: 'mp3', name: 'MP3', description: 'Plays everywhere. Converted from what YouTube has.' },
  {
    value: 'best',
    name: 'Best',
    description: 'What YouTube has, untouched (Opus): the best quality there is, and the quickest.',
  },
  { value: 'm4a', name: 'M4A', description: "YouTube's AAC, untouched: for Apple devices." },
  { value: 'flac', name: 'FLAC', description: 'Large, and no better: YouTube has no lossless sound.' },
] as const;

/** Each answers with what to do next. */
const origins = [
  {
    value:
      'Export your playlists at exportify.net, put the CSVs into data/exportify, then: Downloads, Exportify playlists.',
    name: 'Spotify, any account',
    description: 'By files from exportify.net: no app and no Premium needed.',
  },
  {
    value: 'Downloads, Spotify: the Setup help there goes through it step by step.',
    name: 'Spotify, signed in',
    description: 'Playlists and liked songs directly, with an app of your own (its owner needs Premium).',
  },
  {
    value: 'Downloads, YouTube or SoundCloud link, or A single song.',
    name: 'Links and single songs',
    description: 'Videos, tracks and playlists, or a title.',
  },
] as const;

/**
 * The questions of the first start: format, folder, how songs are filed (what lies somewhere stays there, so it is asked
 * before the first song), and where the music comes from, each with an answer that Enter takes. Returns false when the
 * user went back out of one of the settings.
 */
export async function runFirstStart(parts: FirstStartParts): Promise<boolean> {
  const { prompter, configStore } = parts;
  prompter.say('Welcome to HARMONI. A few questions, then your music.');
  const work = parts.beginWork();
  await fetchTools(parts, { update: false, onlyNews: true, signal: work.signal }).finally(() => work.done());
  prompter.say(
    'YouTube has sound of about 130 to 160 kbit/s. A "320 kbit/s MP3" made from it is a bigger file, not a better one.',
  );
  const format = await prompter.select({
    message: 'Which format do you want?',
    choices: formats,
    default: 'mp3',
    help: 'Every song is stored in this format. It can be changed later under Config; what is there stays as it is.',
  });
  if (format === back) return false;
  // In a container the environment says where, and no answer would count.
  const folder = overriddenBy(parts.env).has('output_dir')
    ? undefined
    : await prompter.input({ message: 'Where should the music go?', default: parts.paths.output });
  if (folder === back) return false;
  const template = await prompter.select({
    message: 'How should songs be filed?',
    choices: layoutPresets.map(({ title, template: value, text }) => ({
      value,
      name: title,
      description: `${value}: ${text}`,
    })),
    default: layoutPresets[0].template,
    help: 'Applies to new songs, and can be changed later under Config (file_name_template). Those you have stay where they are.',
  });
  if (template === back) return false;
  await configStore.set('audio_format', format);
  await configStore.set('file_name_template', template);
  if (folder !== undefined) await configStore.set('output_dir', folder);
  prompter.say(`Saved in ${configStore.path}. Everything can be changed under Config.`, 'ok');
  const next = await prompter.select({ message: 'Where does your music come from?', choices: origins });
  if (next !== back) prompter.say(next);
  return true;
}
