/**
 * The options of yt-dlp that `ytdlp_extra_args` is meant for, with how many values each takes. All others are refused: they
 * would move the files, stop the download, change what HARMONI reads of yt-dlp, or do what a setting of HARMONI does.
 * An allow list, because yt-dlp takes any beginning of an option's name and joins short ones ("--outp", "-xs").
 */
const allowed: Readonly<Record<string, 0 | 1>> = {
  // Cookies.
  ...{ '--cookies': 1, '--cookies-from-browser': 1, '--no-cookies': 0, '--no-cookies-from-browser': 0 },
  // Network.
  ...{ '--proxy': 1, '--geo-verification-proxy': 1, '--socket-timeout': 1, '--source-address': 1 },
  ...{ '-4': 0, '--force-ipv4': 0, '-6': 0, '--force-ipv6': 0, '--impersonate': 1 },
  ...{ '--user-agent': 1, '--referer': 1, '--add-header': 1, '--add-headers': 1 },
  ...{ '--xff': 1, '--geo-bypass': 0, '--no-geo-bypass': 0 },
  ...{ '--geo-bypass-country': 1, '--geo-bypass-ip-block': 1 },
  // TLS.
  ...{ '--no-check-certificates': 0, '--no-check-certificate': 0 },
  ...{ '--legacy-server-connect': 0, '--prefer-insecure': 0 },
  // Rate, retries and pauses.
  ...{ '-r': 1, '--limit-rate': 1, '--rate-limit': 1, '--throttled-rate': 1 },
  ...{ '-N': 1, '--concurrent-fragments': 1, '--buffer-size': 1, '--http-chunk-size': 1 },
  ...{ '-R': 1, '--retries': 1, '--fragment-retries': 1, '--file-access-retries': 1 },
  ...{ '--extractor-retries': 1, '--retry-sleep': 1 },
  ...{ '--sleep-requests': 1, '--sleep-interval': 1, '--min-sleep-interval': 1, '--max-sleep-interval': 1 },
  // YouTube's client, PO tokens and JavaScript.
  ...{ '--extractor-args': 1, '--plugin-dirs': 1, '--no-plugin-dirs': 0 },
  ...{ '--js-runtimes': 1, '--no-js-runtimes': 0, '--remote-components': 1, '--no-remote-components': 0 },
  ...{ '--cache-dir': 1, '--no-cache-dir': 0, '-v': 0, '--verbose': 0 },
};

/** Why an option is refused, and the way to do it properly. */
const advice: readonly (readonly [string, RegExp])[] = [
  [
    'HARMONI decides where files go. Set output_dir and file_name_template instead.',
    /^(?:-[oPwck]|--(?:out|path|id$|(?:no-)?(?:restrict|windows)-filenames|trim-f|(?:no-|force-|yes-)overwrites|(?:no-)?(?:part|continue)|keep-video))/,
  ],
  [
    'Set audio_format and audio_quality instead.',
    /^(?:-[fxS]|--(?:format|extract-audio|audio-|recode|remux|merge|postproc|ppa))/,
  ],
  ['Set ffmpeg_path instead.', /^--(?:ffmpeg|prefer-(?:ff|av)|avconv)/],
  [
    "HARMONI doesn't run other programs. Run yours after the download.",
    /^--(?:(?:no-)?exec|netrc-cmd|use-postp|downloader|external)/,
  ],
  [
    "YouTube doesn't take a password here. Set cookies_from_browser or cookies_file instead.",
    /^(?:-[upn2]|--(?:user(?:name)?$|password|netrc|twofactor|video-pass|ap-))/,
  ],
  ['Add the options from that file here instead.', /^--(?:(?:ignore-|no-)?config|alias|preset)/],
  [
    'It would stop the download. Run harmoni match to see what would be downloaded.',
    /^(?:-[sFgeO]|--(?:(?:no-)?simulate|skip-d|no-download|list-|get-))/,
  ],
  [
    "HARMONI reads yt-dlp's output itself.",
    /^(?:-[jJqO]|--(?:print|dump|quiet|no-quiet|newline|progress|no-progress|console|no-warn|encoding|color))/,
  ],
  [
    'Choose songs with harmoni download. It skips the ones you have.',
    /^(?:-[aI]|--(?:(?:no-)?batch|load-info|playlist|yes-playlist|no-playlist|match-|max-|min-|date|break-|download-archive|force-download-archive|no-download-archive|default-search))/,
  ],
  ['Run harmoni doctor --fix to update yt-dlp.', /^(?:-[Uh]|--(?:update|no-update|version|help))/],
  [
    'HARMONI writes the tags itself. Set metadata_template instead.',
    /^--(?:(?:no-)?(?:embed|add|write|parse|replace-in)-|xattrs)/,
  ],
];

const otherwise = "It takes options for cookies, proxy, network, speed, retries and YouTube's client.";

/** What is wrong with these words as extra arguments of yt-dlp, to be put after the setting's name. Pure. */
export function ytDlpArgumentsFault(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const option = word.startsWith('--') ? readLong(word) : readShort(word);
    if (option === undefined) {
      return `can't include a link, a file or -- (word ${at + 1}). Every word must be an option or its value.`;
    }
    const { name, values, hasValue } = option;
    if (values === undefined) return refusal(name);
    if (values === 0 && hasValue) return `can't give ${name} a value, because it doesn't take one.`;
    if (values === 1 && !hasValue) {
      at += 1;
      if (at === words.length) return `must give ${name} its value.`;
    }
  }
  return undefined;
}

interface ReadOption {
  readonly name: string;
  /** undefined: not allowed. */
  readonly values: 0 | 1 | undefined;
  readonly hasValue: boolean;
}

/** --name or --name=value. */
function readLong(word: string): ReadOption | undefined {
  if (word === '--') return undefined;
  const [name = ''] = word.split('=', 1);
  return { name, values: valuesOf(name), hasValue: name.length < word.length };
}

/** -4v, -r 1M or -r1M: the first that is not allowed or takes a value decides. */
function readShort(word: string): ReadOption | undefined {
  if (!word.startsWith('-') || word === '-') return undefined;
  for (let at = 1; at < word.length; at += 1) {
    const name = `-${word.charAt(at)}`;
    const values = valuesOf(name);
    if (values !== 0) return { name, values, hasValue: at + 1 < word.length };
  }
  return { name: word, values: 0, hasValue: false };
}

function valuesOf(name: string): 0 | 1 | undefined {
  return Object.hasOwn(allowed, name) ? allowed[name] : undefined;
}

function refusal(name: string): string {
  const whole = name.length > 3 ? Object.keys(allowed).find((known) => known.startsWith(name)) : undefined;
  if (whole !== undefined) return `can't include ${name}. Write ${whole} in full.`;
  const why = advice.find(([, names]) => names.test(name))?.[0] ?? otherwise;
  return `can't include ${name.slice(0, 40)}. ${why}`;
}
