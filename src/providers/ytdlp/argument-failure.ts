import { HarmoniError } from '../../errors.ts';

const otherCookies =
  "Set cookies_from_browser to a browser on this machine that you're signed in to YouTube with, or export your cookies to a file and set cookies_file to it.";
const closeBrowser =
  'Close the browser and try again, or export your cookies to a file and set cookies_file to it.';
const exportAgain =
  'Export your cookies again as cookies.txt (Netscape format), and set cookies_file to that file.';
const correctProxy =
  'Fix the setting proxy, --proxy in ytdlp_extra_args, or https_proxy. It must start with http://, https://, socks4:// or socks5://.';
const withoutImpersonate = 'Remove --impersonate from ytdlp_extra_args.';

/**
 * yt-dlp's words for arguments of the user's that can't work, and the way out. Seen of 2023.03.04, which ends with a
 * traceback, and of 2026.10.26.
 */
const known: readonly (readonly [RegExp, (said: string) => string, string])[] = [
  [
    /could not find (\w+ cookies database|local state file|firefox container)/i,
    (what) => `It found no ${what.replace(' cookies database', ' cookies')} on this machine.`,
    otherCookies,
  ],
  [
    /unsupported browser specified for cookies: "([^"]*)"/i,
    (name) => `It doesn't know the browser "${name}".`,
    otherCookies,
  ],
  [
    /unsupported keyring specified for cookies: "([^"]*)"/i,
    (name) => `It doesn't know the keyring "${name}".`,
    otherCookies,
  ],
  [
    /(does not look like a netscape|must be netscape formatted)/i,
    () => "The cookie file isn't in the Netscape format.",
    exportAgain,
  ],
  [/(could not copy \w+ cookie database)/i, () => 'The browser is locking its cookies.', closeBrowser],
  [
    /^(?:ERROR: |sqlite3\.\w+: )((?:unable to open database|file is not a database|database is|database disk).*)/im,
    (said) => `The browser's cookies: ${said}.`,
    closeBrowser,
  ],
  [
    /\[Errno \d+\] (.*'.*(?:cookies\.sqlite|Cookies|Cookies\.binarycookies)')/,
    (said) => `The browser's cookies: ${said}.`,
    closeBrowser,
  ],
  [
    /(failed to decrypt with DPAPI)/i,
    () => "The browser's cookies are encrypted, and their key isn't available.",
    otherCookies,
  ],
  [/(failed to load cookies)/i, () => 'Loading them failed.', otherCookies],
];

/** Words after which yt-dlp goes on, but without the cookies that it was to use. */
const withoutCookies =
  /failed to read from keyring|secretstorage not available|kwallet-query (?:command not found|failed)|cannot decrypt v1\d cookies: no key found|failed to decrypt cookie/i;

/**
 * Whether the user's own arguments keep yt-dlp from working: then they do so every time. Pure.
 * @param refused YouTube refused a video for want of a sign-in
 */
export function argumentFailure(stderr: string, refused: boolean): HarmoniError | undefined {
  for (const [pattern, sentence, fix] of known) {
    const found = pattern.exec(stderr);
    if (found !== null) return options(`yt-dlp can't read your cookies. ${sentence(found[1] ?? '')}`, fix);
  }
  const proxy = /unsupported proxy type: "([^"]*)"/i.exec(stderr)?.[1];
  if (proxy !== undefined) return options(`yt-dlp can't use a proxy of the type "${proxy}".`, correctProxy);
  const browser = /impersonate target "([^"]*)" is not available/i.exec(stderr)?.[1];
  if (browser !== undefined)
    return options(`yt-dlp can't impersonate "${browser}" here.`, withoutImpersonate);
  if (refused && withoutCookies.test(stderr)) {
    const why = "The browser's cookies are encrypted, and their key isn't available.";
    return options(`yt-dlp can't read your cookies. ${why}`, otherCookies);
  }
  return undefined;
}

function options(message: string, fix: string): HarmoniError {
  return new HarmoniError('ytdlp-options', message, { fix });
}
