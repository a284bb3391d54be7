import { hasDesktop } from '../auth/open-browser.ts';
import { splitArguments } from '../config/extra-args.ts';
import type { Config } from '../config/schema.ts';
import { errnoOf } from '../errors.ts';
import { findProgram } from '../system/find-program.ts';
import type { Http } from '../system/http.ts';
import type { Log } from '../system/log.ts';
import { runProcess } from '../system/process.ts';
import type { Progress } from '../ui/progress.ts';

export interface NotifyParts {
  readonly config: Pick<Config, 'notify' | 'notify_command' | 'notify_webhook'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Pick<Progress, 'alert' | 'print'>;
  readonly http: Pick<Http, 'request'>;
  readonly log: Log;
}

/** What has happened: a sentence for people, and as JSON with all its figures for programs. */
export interface News {
  readonly event: 'download' | 'sync';
  readonly text: string;
  readonly summary: object;
}

/** Shorter runs are watched. */
const longRunSeconds = 300;
const desktopTimeoutMs = 5_000;
/** A program or a server that takes longer is left alone. */
const timeoutMs = 30_000;

/** Tells somebody who went away that a long run has ended. */
export async function notifyEnd(parts: NotifyParts, news: News, seconds: number): Promise<void> {
  if (seconds >= longRunSeconds) await notify(parts, news);
}

/** Tells it in the way that the settings name. What fails is one line, and no failure of the run. */
export async function notify(parts: NotifyParts, news: News): Promise<void> {
  const { notify: way, notify_command: command, notify_webhook: webhook } = parts.config;
  let fault: string | undefined;
  if (way === 'desktop') await showOnDesktop(parts, news.text);
  if (way === 'command') fault = await runCommand(command, news);
  if (way === 'webhook') fault = await post(parts.http, webhook, news);
  if (fault === undefined) return;
  const line = `The notification failed: ${fault}`;
  parts.log.write('warn', line);
  parts.progress.print(line, 'warn');
}

/** By the desktop's own program, else by the terminal, which also reaches the desktop over SSH and from a container. */
async function showOnDesktop({ env, progress }: NotifyParts, text: string): Promise<void> {
  if (!(await isShownOnDesktop(env, text))) progress.alert(text);
}

async function isShownOnDesktop(env: NotifyParts['env'], text: string): Promise<boolean> {
  if (!hasDesktop(process.platform, env)) return false;
  const [name, ...args] = process.platform === 'darwin' ? appleScript : ['notify-send', 'HARMONI'];
  const program = await findProgram(name ?? '', env['PATH']);
  if (program === undefined) return false;
  return runProcess(program, [...args, text], { timeoutMs: desktopTimeoutMs }).then(
    ({ exitCode }) => exitCode === 0,
    () => false,
  );
}

/** The text comes as an argument, so it can't be a part of the script. */
const appleScript = [
  ...['osascript', '-e', 'on run argv'],
  ...['-e', 'display notification (item 1 of argv) with title "HARMONI"'],
  ...['-e', 'end run'],
];

/** Without a shell, unless the command is one. Returns what went wrong. */
async function runCommand(given: Config['notify_command'], news: News): Promise<string | undefined> {
  const [program, ...args] = splitArguments(given) ?? [];
  if (program === undefined) return 'notify_command is empty.';
  const input = `${JSON.stringify(news)}\n`;
  const end = await runProcess(program, args, { input, timeoutMs, maxOutputBytes: 4096 }).catch(errnoOf);
  if (typeof end === 'string') return `${program} can't be started (${end}).`;
  const { exitCode, signal, stderr } = end;
  if (exitCode === 0) return undefined;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const how = exitCode === null ? `was ended (${String(signal)})` : `ended with exit code ${exitCode}`;
  return `${program} ${how}.${said === '' ? '' : ` It said: ${said}`}`;
}

/** The address may be a secret, so that only its host is named. Returns what went wrong. */
async function post(http: NotifyParts['http'], url: string, news: News): Promise<string | undefined> {
  if (url === '') return 'notify_webhook is empty.';
  const { host } = new URL(url);
  const authorization = loginOf(new URL(url));
  const request = {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(news),
    signal: AbortSignal.timeout(timeoutMs),
    maxBytes: 2 ** 16,
  } as const;
  return http.request(request).then(
    ({ status }) => (status < 300 ? undefined : `${host} answered with HTTP ${status}.`),
    () => `${host} can't be reached, or doesn't answer.`,
  );
}

/** What an address with a user and a password says to its server; undefined where it has none. */
function loginOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const login = [username, password].map(decoded).join(':');
  return `Basic ${Buffer.from(login).toString('base64')}`;
}

/** A bare % is itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
