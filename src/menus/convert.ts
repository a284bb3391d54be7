import { homedir } from 'node:os';
import type { AudioFormat } from '../config/audio-formats.ts';
import type { Config } from '../config/schema.ts';
import { queryProblem, splitQuery } from '../library/query.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { convertLibrary, type ConvertViewParts } from '../views/convert.ts';
import { copyLibrary } from '../views/export-copy.ts';
import { typedPath } from '../views/typed-path.ts';
import { askWhichFiles } from './which-files.ts';

export type ConvertMenuParts = ConvertViewParts & { readonly prompter: Prompter };

type Format = Exclude<AudioFormat, 'best'>;

const bitrates = [
  { kbps: 64, name: '64 kbit/s', description: 'Smallest. For speech and audiobooks.' },
  { kbps: 96, name: '96 kbit/s', description: 'Small. Fine on the go.' },
  { kbps: 128, name: '128 kbit/s', description: 'A good balance of size and quality.' },
  { kbps: 192, name: '192 kbit/s', description: 'High quality.' },
  { kbps: 256, name: '256 kbit/s', description: 'Very high quality.' },
  { kbps: 320, name: '320 kbit/s', description: 'The best that MP3 has.' },
];

const formats: readonly { readonly format: Format; readonly description: string }[] = [
  { format: 'mp3', description: 'Plays everywhere, also in old cars.' },
  { format: 'm4a', description: "AAC. Plays on all of Apple's devices, and most others." },
  { format: 'opus', description: 'Sounds best for its size. Not for old players.' },
  { format: 'ogg', description: 'Vorbis. For players without Opus.' },
  { format: 'flac', description: 'Lossless. For songs that are lossless already.' },
  { format: 'wav', description: 'Uncompressed. For editing.' },
];

/** Compress music: songs that take more than a bitrate become MP3s of it. */
export async function compressMusic(parts: ConvertMenuParts): Promise<void> {
  const kbps = await parts.prompter.select({
    message: 'How small?',
    choices: bitrates.map(({ kbps: value, name, description }) => ({ value, name, description })),
    default: 128,
  });
  if (kbps === back) return;
  const none = 'No songs to convert: all are about that small.';
  await convertAs(parts, { format: 'mp3', quality: kbps, isSmaller: true, none }, (where) =>
    // In place, what is about as small already would only lose. A copy without it would lack it.
    where === 'place' ? [`bitrate:${Math.ceil((kbps * 4) / 3)}..`] : [],
  );
}

/** Convert audio format. */
export async function convertFormat(parts: ConvertMenuParts): Promise<void> {
  const format = await parts.prompter.select({
    message: 'Which format?',
    choices: formats.map(({ format: value, description }) => ({ value, name: value, description })),
  });
  if (format === back) return;
  const typed = await parts.prompter.input({
    message: 'Which songs, such as artist:radiohead (Enter: all)?',
    validate: queryProblem,
  });
  if (typed === back) return;
  await convertAs(parts, { format, quality: 'high', isSmaller: false }, () => splitQuery(typed));
}

/** Where new files go: in place of the old ones, or into a folder elsewhere. */
type Where = 'place' | 'folder';

interface Wanted {
  readonly format: Format;
  readonly quality: Config['audio_quality'];
  readonly isSmaller: boolean;
  readonly none?: string;
}

async function convertAs(
  parts: ConvertMenuParts,
  wanted: Wanted,
  queryFor: (where: Where) => readonly string[],
): Promise<void> {
  const where = await parts.prompter.select<Where>({
    message: 'Where should the new files go?',
    choices: [
      {
        value: 'place',
        name: 'Replace the old ones',
        description: 'The old files go to the trash, and you can undo it.',
      },
      {
        value: 'folder',
        name: 'Into another folder',
        description: 'For a car, a phone or a player. Your library stays as it is.',
      },
    ],
  });
  if (where === back) return;
  const query = queryFor(where);
  const options = { isDryRun: false, isYes: false, isLossyAllowed: false };
  if (where === 'place') {
    const isOwnToo = await askWhichFiles(parts.prompter, 'Your old files go to the trash, too.');
    if (isOwnToo === back) return;
    const { none, ...wish } = { ...wanted, isOwnToo };
    await convertLibrary(parts, query, { wish, ...options, ...(none === undefined ? {} : { none }) });
    return;
  }
  const folder = await parts.prompter.input({
    message: 'Which folder?',
    validate: (text) => (text.trim() === '' ? 'Enter a folder, such as /media/usb.' : true),
  });
  if (folder === back) return;
  const target = typedPath(folder, homedir());
  await copyLibrary(parts, query, {
    wish: { ...wanted, isOwnToo: true, loudness: undefined },
    target,
    lists: [],
    template: '{artist} - {track}',
    ...options,
  });
}
