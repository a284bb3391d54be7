/**
 * The output options of ffmpeg that `ffmpeg_extra_args` is meant for: how the sound is filtered and encoded. All of them
 * take one value. Anything else would add inputs or outputs, cut the song or change the kind of the file.
 */
const allowed: ReadonlySet<string> = new Set([
  // Filters.
  ...['af', 'filter', 'threads', 'filter_threads'],
  // The shape of the sound.
  ...['ar', 'ac', 'sample_fmt', 'channel_layout', 'ch_layout'],
  // How it is encoded.
  ...[
    'ab',
    'b',
    'aq',
    'q',
    'qscale',
    'compression_level',
    'cutoff',
    'profile',
    'strict',
    'maxrate',
    'minrate',
  ],
  ...['vbr', 'abr', 'application', 'frame_duration', 'packet_loss', 'fec', 'joint_stereo', 'reservoir'],
  ...[
    'aac_coder',
    'aac_ms',
    'aac_is',
    'aac_pns',
    'aac_tns',
    'lpc_type',
    'lpc_passes',
    'prediction_order_method',
  ],
  ...['ch_mode', 'exact_rice_parameters', 'multi_dim_quant', 'metadata'],
]);

/** Filters that read or write files of their own. */
const fileFilters = /(?:^|[,;\]])\s*(?:a?metadata|a?movie|a?sendcmd|a?print)\b/;

const advice: readonly (readonly [string, RegExp])[] = [
  ['Set audio_format instead.', /^(?:f|c|codec|acodec|map.*|movflags|vn|an|sn|dn|vcodec|c:v)$/],
  ['It would cut the song.', /^(?:t|ss|to|sseof|fs|frames|aframes|shortest|itsoffset)$/],
  [
    "HARMONI reads ffmpeg's output itself.",
    /^(?:v|loglevel|stats|nostats|progress|hide_banner|report|y|n|stdin|nostdin)$/,
  ],
  ['HARMONI chooses the input itself.', /^(?:i|re|stream_loop|lavfi|filter_complex|filter_script)$/],
];

const otherwise = 'It takes audio filters and encoder options, such as -af, -ar, -ac and -compression_level.';

/** What is wrong with these words as extra output arguments of ffmpeg, to be put after the setting's name. Pure. */
export function ffmpegArgumentsFault(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at += 2) {
    const word = words[at] ?? '';
    // "-b:a", "-q:a:0", "-metadata:s:a:0": the option and the stream that it is for.
    const match = /^-([a-z_]+)((?::(?:a|s:a|g))?(?::\d+)?)$/.exec(word);
    const name = match?.[1] ?? '';
    if (!word.startsWith('-')) {
      return `can't include a file name (word ${at + 1}). Every word must be an option or its value.`;
    }
    if (!allowed.has(name)) {
      const bare = word.slice(1).replace(/:.*/, '');
      const why = advice.find(([, names]) => names.test(bare))?.[0] ?? otherwise;
      return `can't include ${word.slice(0, 40)}. ${why}`;
    }
    const value = words[at + 1];
    if (value === undefined) return `must give ${word} its value.`;
    if ((name === 'af' || name === 'filter') && fileFilters.test(value)) {
      return `can't include a filter that reads or writes files (${word}).`;
    }
  }
  return undefined;
}
