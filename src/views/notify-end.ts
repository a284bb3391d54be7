import { hasDesktop } from '../auth/open-browser.ts';
import type { Config } from '../config/schema.ts';
import { findProgram } from '../system/find-program.ts';
import { runProcess } from '../system/process.ts';
import type { Progress } from '../ui/progress.ts';

export interface NotifyParts {
  readonly config: Pick<Config, 'notify'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Pick<Progress, 'alert'>;
}

/** Shorter runs are watched. */
const longRunSeconds = 300;
const timeoutMs = 5_000;

/**
 * Tells somebody who went away that a long run has ended: by the desktop's own program, else by the terminal, which also
 * reaches the desktop over SSH and from a container. What fails is no reason to say so.
 */
export async function notifyEnd(parts: NotifyParts, text: string, seconds: number): Promise<void> {
  if (parts.config.notify === 'none' || seconds < longRunSeconds) return;
  if (!(await showOnDesktop(parts.env, text))) parts.progress.alert(text);
}

async function showOnDesktop(env: NotifyParts['env'], text: string): Promise<boolean> {
  if (!hasDesktop(process.platform, env)) return false;
  const [name, ...args] = process.platform === 'darwin' ? appleScript : ['notify-send', 'HARMONI'];
  const program = await findProgram(name ?? '', env['PATH']);
  if (program === undefined) return false;
  return runProcess(program, [...args, text], { timeoutMs }).then(
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
