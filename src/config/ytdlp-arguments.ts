import { splitArguments } from './extra-args.ts';
import type { Config } from './schema.ts';

type Settings = Pick<Config, 'cookies_from_browser' | 'cookies_file' | 'proxy' | 'ytdlp_extra_args'>;

/**
 * What the settings give to every yt-dlp. `ytdlp_extra_args` wins: where it has cookies or a proxy, the settings of these
 * are left out; and a cookie file wins over a browser. Pure.
 */
export function ytDlpArguments(settings: Settings): readonly string[] {
  const { cookies_from_browser: browser, cookies_file: file, proxy, ytdlp_extra_args: extra } = settings;
  const own = splitArguments(extra) ?? [];
  const has = (option: RegExp): boolean => own.some((word) => option.test(word));
  const cookies =
    file !== '' ? ['--cookies', file] : browser !== '' ? ['--cookies-from-browser', browser] : [];
  return [
    ...(has(/^--(?:no-)?cookies(?:-from-browser)?(?:=|$)/) ? [] : cookies),
    ...(proxy === '' || has(/^--proxy(?:=|$)/) ? [] : ['--proxy', proxy]),
    ...own,
  ];
}
