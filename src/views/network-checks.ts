import type { Config } from '../config/schema.ts';
import { ytDlpArguments } from '../config/ytdlp-arguments.ts';
import type { Check } from '../doctor/check.ts';
import type { ToolBox } from '../doctor/tool-box.ts';
import { locateYtDlp } from '../doctor/tools.ts';
import { isKeyKnown, type AcoustIdKeyParts } from '../ear/witnesses/acoustid-key.ts';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import { searchArgs } from '../providers/ytdlp/arguments.ts';
import { startFailure } from '../providers/ytdlp/failures.ts';
import { runYtDlp } from '../providers/ytdlp/process.ts';
import type { Http } from '../system/http.ts';

export interface NetworkCheckParts {
  readonly config: Config;
  readonly http: Pick<Http, 'request'>;
  readonly tools: Pick<ToolBox, 'places'>;
  readonly clock: AcoustIdKeyParts['clock'];
}

const mostMs = 20_000;
/** HTTP's "proxy authentication required". */
const proxyWantsPassword = 407;

/** What is set for the way to YouTube, and a key, each tried with one request; nothing where nothing is set. */
export async function networkChecks(
  parts: NetworkCheckParts,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { proxy, acoustid_client_key: clientKey } = parts.config;
  const extraArgs = ytDlpArguments(parts.config);
  const hasCookies = extraArgs.some((word) => word.startsWith('--cookies'));
  const ytDlp = hasCookies ? await findYtDlp(parts) : undefined;
  return [
    ...(proxy === '' ? [] : [await proxyCheck(parts, signal)]),
    ...(ytDlp === undefined ? [] : [await cookieCheck(ytDlp.path, extraArgs, signal)]),
    ...(clientKey === '' ? [] : [await acoustIdCheck(parts, signal)]),
  ];
}

/** Where it's missing or broken, another check says so. */
async function findYtDlp({ tools }: NetworkCheckParts): Promise<{ readonly path: string } | undefined> {
  return locateYtDlp(tools.places().ytDlp).catch(() => undefined);
}

async function proxyCheck({ config, http }: NetworkCheckParts, signal: AbortSignal): Promise<Check> {
  const name = 'proxy';
  const { host } = new URL(config.youtube_music_url);
  const fix = 'Check the proxy, and that its address in proxy is right.';
  try {
    const request = { url: config.youtube_music_url, signal, timeoutMs: mostMs };
    const { status } = await http.request(request);
    if (status !== proxyWantsPassword) return { name, ok: true, message: `It can reach ${host}.` };
    return { name, ok: false, message: 'The proxy rejected its name and password.', fix };
  } catch (thrown) {
    signal.throwIfAborted();
    return { name, ok: false, message: `Through your proxy, ${toHarmoniError(thrown).message}`, fix };
  }
}

async function cookieCheck(path: string, extraArgs: readonly string[], signal: AbortSignal): Promise<Check> {
  const name = 'cookies';
  try {
    const args = searchArgs('ytsearch', 'music', 1, { extraArgs });
    const quiet = { onLine: () => undefined, onErrorLine: () => undefined };
    const end = await runYtDlp(path, args, { signal, silenceMs: mostMs, ...quiet });
    // Any words of yt-dlp's about cookies that it can't use count.
    const failure = startFailure(end, { ofVideos: false, ofItself: false, refused: true });
    if (failure !== undefined) throw failure;
    if (/cookies are no longer valid/i.test(end.stderr)) {
      const fix =
        'Sign in to YouTube again in your browser. If you use cookies_file, export the cookies again.';
      return { name, ok: false, message: 'YouTube no longer accepts your cookies.', fix };
    }
    if (end.exitCode === 0) return { name, ok: true, message: 'yt-dlp can use your YouTube cookies.' };
    throw new HarmoniError('network-unreachable', "yt-dlp can read them, but can't reach YouTube.");
  } catch (thrown) {
    signal.throwIfAborted();
    const { message, fix } = toHarmoniError(thrown);
    return { name, ok: false, message, fix };
  }
}

/** A song can do without AcoustID, so what is wrong with it is a note. */
async function acoustIdCheck(
  { config, http, clock }: NetworkCheckParts,
  signal: AbortSignal,
): Promise<Check> {
  const [name, ok] = ['acoustid', true];
  const { acoustid_url: acoustIdUrl, acoustid_client_key: clientKey } = config;
  try {
    if (await isKeyKnown({ http, clock, acoustIdUrl, clientKey }, signal))
      return { name, ok, message: 'AcoustID knows your key.' };
    const message = "AcoustID doesn't know your acoustid_client_key, so it says nothing about songs.";
    const fix =
      'Copy the key of your application from acoustid.org/my-applications to the setting acoustid_client_key.';
    return { name, ok, message, fix };
  } catch (thrown) {
    signal.throwIfAborted();
    const { message, fix } = toHarmoniError(thrown);
    return { name, ok, message, fix };
  }
}
