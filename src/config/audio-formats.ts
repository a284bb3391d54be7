/** What the command line checks without the schema, which takes longer to load than all that most commands do. */

/** The formats that can be asked for. `best` keeps what the provider has, mostly Opus, never encoded again. */
export const audioFormats = ['best', 'mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
export type AudioFormat = (typeof audioFormats)[number];

/** Names in HARMONI's first version that mean something else here. `aac` was written into an .m4a file there. */
const formatAliases: Readonly<Record<string, AudioFormat>> = { aac: 'm4a', vorbis: 'ogg' };

/** The format that this is another name of, or the text itself. Pure. */
export function formatNamed(text: string): string {
  return Object.hasOwn(formatAliases, text) ? (formatAliases[text] ?? text) : text;
}

export const qualityNames = ['best', 'high', 'medium', 'low'] as const;
/** The least and the most. */
export const qualityKbps = [64, 320] as const;
/** How many yt-dlp processes may run at the same time. */
export const processRange = [1, 8] as const;
